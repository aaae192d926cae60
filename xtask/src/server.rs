//! Starts the server for the checks that ask it, and talks to it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::cargo::last_lines;
use crate::workspace::Fault;

/// How long a server may take to answer for the first time, and to answer one request.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server with a database of its own; it ends when this is dropped.
pub struct Server {
    child: Child,
    /// `host:port` it listens on.
    pub address: String,
    _folder: TempDir,
}

/// An answer without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers in the order they came, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Answer {
    /// The values of a header, joined by comma; `None` if it is absent.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(","))
    }
}

impl Server {
    /// Starts `roster serve` on a free loopback port and waits until it answers.
    pub fn start(program: &Path) -> Result<Self, Fault> {
        Self::start_with(program, &[])
    }

    /// The same with more options.
    pub fn start_with(program: &Path, options: &[&str]) -> Result<Self, Fault> {
        let folder = tempfile::tempdir().map_err(|e| Fault(format!("cannot make a folder: {e}")))?;
        let (ready, log) = (folder.path().join("ready.json"), folder.path().join("log"));
        let output = File::create(&log).map_err(|e| Fault(format!("cannot make a log: {e}")))?;
        let errors = output
            .try_clone()
            .map_err(|e| Fault(format!("cannot make a log: {e}")))?;
        let mut child = quiet(program)
            .args(["serve", "--ephemeral", "--listen", "127.0.0.1:0", "--ready-file"])
            .arg(&ready)
            .args(options)
            .current_dir(folder.path())
            // It is killed in the end, and what it leaves behind goes with the folder.
            .env("TMPDIR", folder.path())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(|e| Fault(format!("cannot start {}: {e}", program.display())))?;
        match wait_for_address(&mut child, &ready) {
            Ok(address) => Ok(Self {
                child,
                address,
                _folder: folder,
            }),
            Err(why) => {
                end(&mut child);
                let said = last_lines(&fs::read(&log).unwrap_or_default(), 15);
                Err(Fault(format!("the server did not get ready: {why}\n{said}")))
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Ends a child; a child that is gone already needs nothing.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// The program without the options that the environment of the caller may hold.
fn quiet(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ROSTER_") {
            command.env_remove(name);
        }
    }
    command
}

fn wait_for_address(child: &mut Child, ready: &Path) -> Result<String, String> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            return Err(format!("it ended with {status}"));
        }
        // A file that is just being written does not parse yet; the next look will.
        let text = fs::read_to_string(ready).unwrap_or_default();
        if let Some(url) = serde_json::from_str::<Value>(&text)
            .ok()
            .as_ref()
            .and_then(|v| v["url"].as_str())
        {
            let address = url.trim_start_matches("http://").trim_end_matches('/');
            return Ok(address.to_owned());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(format!("no ready file after {} s", PATIENCE.as_secs()))
}

/// Runs a subcommand of the server to its end and gives what it printed.
pub fn ask_program(program: &Path, args: &[&str]) -> Result<String, Fault> {
    ask_program_about(program, args, String::new())
}

/// The same with something on its standard input.
pub fn ask_program_about(program: &Path, args: &[&str], input: String) -> Result<String, Fault> {
    let folder = tempfile::tempdir().map_err(|e| Fault(format!("cannot make a folder: {e}")))?;
    let fault = |e: std::io::Error| Fault(format!("cannot run {}: {e}", program.display()));
    let mut child = quiet(program)
        .args(args)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(fault)?;
    let pipe = child.stdin.take();
    // A program that ends before it has read everything says itself why.
    let writer = std::thread::spawn(move || pipe.map(|mut pipe| pipe.write_all(input.as_bytes())));
    let output = child.wait_with_output().map_err(fault)?;
    let _ = writer.join();
    if !output.status.success() {
        let said = last_lines(&output.stderr, 15);
        return Err(Fault(format!(
            "`roster {}` ended with {}:\n{said}",
            args.join(" "),
            output.status
        )));
    }
    String::from_utf8(output.stdout).map_err(|e| Fault(format!("`roster {}`: {e}", args.join(" "))))
}

/// Sends one request with an empty body on a connection of its own, and reads status and headers.
///
/// Written by hand because an HTTP client library refuses or completes some of the verbs we probe with.
pub fn request(address: &str, verb: &str, target: &str) -> Result<Answer, Fault> {
    exchange(address, verb, target).map_err(|e| Fault(format!("{verb} {target} at {address}: {e}")))
}

fn exchange(address: &str, verb: &str, target: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "{verb} {target} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|s| s.parse().ok())
        .ok_or(std::io::ErrorKind::InvalidData)?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    // The server may still be writing: reading the rest keeps our closing from becoming an error in its log,
    // and how the connection ends does not matter to us.
    let _ = reader.read_to_end(&mut Vec::new());
    Ok(Answer { status, headers })
}

#[cfg(test)]
mod tests;
