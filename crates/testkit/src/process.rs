//! The real program as a process.

use crate::program::roster;
use serde_json::Value;
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a start or an end may take before a test gives up.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often something outside of this process is looked at.
const GLANCE: Duration = Duration::from_millis(2);

/// A running `roster serve` on a free port. It is killed when it is dropped.
pub struct Process {
    child: Child,
    url: String,
    stdout: Stream,
    stderr: Stream,
    /// Holds the ready file.
    folder: TempDir,
}

/// What a process has written so far.
struct Stream {
    text: Arc<Mutex<Vec<u8>>>,
    reader: Option<JoinHandle<()>>,
}

impl Process {
    /// Starts the server on a database and waits until it answers.
    pub fn start(database: &Path, arguments: &[&str]) -> Self {
        let database = url(database);
        let mut all = vec!["--database", database.as_str()];
        all.extend(arguments);
        Self::serve(&all)
    }

    /// Starts the server with these arguments, on a free port, and waits until it answers.
    pub fn serve(arguments: &[&str]) -> Self {
        Self::spawn(&mut command(arguments))
    }

    /// Starts a command of the caller's making that serves, and waits until it answers.
    pub fn spawn(command: &mut Command) -> Self {
        let folder = TempDir::new().unwrap();
        let ready = folder.path().join("ready.json");
        let mut child = command
            .args(["--listen", "127.0.0.1:0", "--ready-file"])
            .arg(&ready)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = Stream::new(child.stdout.take().unwrap());
        let stderr = Stream::new(child.stderr.take().unwrap());
        let mut process = Self {
            child,
            url: String::new(),
            stdout,
            stderr,
            folder,
        };
        process.wait_until_ready();
        process
    }

    fn wait_until_ready(&mut self) {
        let file = self.folder.path().join("ready.json");
        let text = within("the server to answer", || {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("the server ended with {status}:\n{}", self.stderr.all());
            }
            std::fs::read_to_string(&file).ok()
        });
        let ready: Value =
            serde_json::from_str(&text).expect("the ready file is whole as soon as it is there");
        assert_eq!(ready["pid"], self.child.id(), "the ready file names the process");
        ready["url"].as_str().unwrap().clone_into(&mut self.url);
    }

    /// Where it answers, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether the ready file is there.
    pub fn is_ready(&self) -> bool {
        self.folder.path().join("ready.json").exists()
    }

    /// What it has written to its standard output so far.
    pub fn stdout(&self) -> String {
        self.stdout.so_far()
    }

    /// What it has written to its standard error output so far.
    pub fn stderr(&self) -> String {
        self.stderr.so_far()
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", r#"kill -s "$1" "$2""#, "sh", name, &pid])
            .status()
            .unwrap();
        assert!(sent.success(), "signal {name}");
    }

    /// Ends it at once, as a power failure would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        let child = &mut self.child;
        within("the server to end", || child.try_wait().unwrap())
    }

    /// Waits for its end and returns everything that it wrote: standard output, standard error output.
    pub fn written(mut self) -> (String, String) {
        self.wait();
        (self.stdout.all(), self.stderr.all())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Stream {
    fn new(mut source: impl Read + Send + 'static) -> Self {
        let text = Arc::new(Mutex::new(Vec::new()));
        let sink = text.clone();
        let reader = std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(length @ 1..) = source.read(&mut piece) {
                sink.lock().unwrap().extend_from_slice(&piece[..length]);
            }
        });
        Self {
            text,
            reader: Some(reader),
        }
    }

    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.text.lock().unwrap()).into_owned()
    }

    /// Everything, once the process has ended.
    fn all(&mut self) -> String {
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.so_far()
    }
}

/// Looks again and again until there is something to see.
///
/// # Panics
/// When nothing is there after a minute.
pub fn within<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(GLANCE);
    }
}

/// The URL of a database file.
pub fn url(database: &Path) -> String {
    format!("sqlite://{}", database.display())
}

/// The program with these arguments and none of the surrounding `ROSTER_` variables.
pub fn command<A: AsRef<OsStr>>(arguments: &[A]) -> Command {
    let mut command = Command::new(roster());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ROSTER_")) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

/// Runs the program with these arguments to its end.
pub fn run<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    finish(&mut command(arguments))
}

/// Runs a command to its end, which has to come by itself.
///
/// # Panics
/// When it has not ended after a minute.
pub fn finish(command: &mut Command) -> Output {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = Stream::new(child.stdout.take().unwrap());
    let mut stderr = Stream::new(child.stderr.take().unwrap());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > PATIENCE {
            drop(child.kill());
            panic!(
                "{command:?} goes on and on:\n{}\n{}",
                stdout.so_far(),
                stderr.so_far()
            );
        }
        std::thread::sleep(GLANCE);
    };
    Output {
        status,
        stdout: stdout.all().into_bytes(),
        stderr: stderr.all().into_bytes(),
    }
}

/// Runs the program with these arguments to its good end and returns what it printed.
///
/// # Panics
/// When it fails.
#[track_caller]
pub fn succeed<A: AsRef<OsStr>>(arguments: &[A]) -> String {
    let output = run(arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {stderr}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Runs the program with these arguments to its bad end and returns what it said about it.
///
/// # Panics
/// When it succeeds.
#[track_caller]
pub fn fail<A: AsRef<OsStr>>(arguments: &[A]) -> String {
    let output = run(arguments);
    assert!(
        !output.status.success(),
        "it succeeded: {}",
        String::from_utf8_lossy(&output.stdout)
    );
    String::from_utf8(output.stderr).unwrap()
}
