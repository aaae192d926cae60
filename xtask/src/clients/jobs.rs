//! Programs that are run beside each other, each for a bounded time and with a log of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use super::stage::Stage;
use crate::cargo::last_lines;

/// How many lines of a log are shown.
const SHOWN: usize = 30;

/// One thing that was tried, and what was said if it failed.
#[derive(Debug)]
pub struct Case {
    /// Words between `::`, as tests have them.
    pub name: String,
    result: Result<(), String>,
}

impl Case {
    pub fn new(name: String, result: Result<(), String>) -> Self {
        Self { name, result }
    }

    pub fn is_good(&self) -> bool {
        self.result.is_ok()
    }

    pub fn failure(&self) -> Option<(&str, &String)> {
        let said = self.result.as_ref().err()?;
        Some((&self.name, said))
    }
}

/// A command in the stage.
pub fn command(stage: &Stage, program: &Path) -> Command {
    let mut command = Command::new(program);
    // openapi-python-client looks for its formatter there.
    let own = stage.python("");
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(own).chain(std::env::split_paths(&paths));
    if let Ok(paths) = std::env::join_paths(paths) {
        command.env("PATH", paths);
    }
    command
        .current_dir(&stage.root)
        .env("NO_COLOR", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// Runs a command to its end and answers with what it printed; `name` is that of its log.
pub fn run(stage: &Stage, name: &str, command: &mut Command, limit: Duration) -> Result<String, String> {
    let log = stage.root.join("logs").join(format!("{name}.log"));
    let status = in_time(&log, command, limit)?;
    let said = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
    let last = || last_lines(said.as_bytes(), SHOWN);
    match status {
        Some(status) if status.success() => Ok(said),
        Some(status) => Err(format!("{name} ended with {status}\n{}", last())),
        None => Err(format!("{name} took more than {} s\n{}", limit.as_secs(), last())),
    }
}

/// How the command ended; `None` if it had to be ended.
fn in_time(log: &PathBuf, command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>, String> {
    let unlogged = |e: std::io::Error| format!("cannot write {}: {e}", log.display());
    fs::create_dir_all(log.parent().unwrap_or(log)).map_err(unlogged)?;
    let output = File::create(log).map_err(unlogged)?;
    let errors = output.try_clone().map_err(unlogged)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .map_err(|e| format!("cannot run {}: {e}", command.get_program().display()))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            // A child that has just ended needs neither.
            let _ = child.kill();
            let _ = child.wait();
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Does the work for each item, several at once, and answers in the order of the items.
pub fn each<T: Sync>(items: &[T], work: impl Fn(&T) -> Case + Sync) -> Vec<Case> {
    let workers = thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8));
    let next = Mutex::new(items.iter().enumerate());
    let done = Mutex::new(Vec::new());
    let take = || next.lock().ok().and_then(|mut next| next.next());
    thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            scope.spawn(|| {
                while let Some((index, item)) = take() {
                    let case = work(item);
                    if let Ok(mut done) = done.lock() {
                        done.push((index, case));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, case)| case).collect()
}
