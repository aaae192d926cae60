//! A connection that the benchmark keeps.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::workspace::Fault;

/// One kept-alive connection. Anything but a success ends the run.
pub struct Connection {
    stream: BufReader<TcpStream>,
    head: String,
    answer: Vec<u8>,
}

impl Connection {
    /// `authorization` is the value of that header; none, if it is empty.
    pub fn open(address: &str, authorization: &str) -> Result<Self, Fault> {
        let stream =
            TcpStream::connect(address).map_err(|e| Fault(format!("cannot reach {address}: {e}")))?;
        let ready = stream
            .set_nodelay(true)
            .and_then(|()| stream.set_read_timeout(Some(Duration::from_secs(30))));
        ready.map_err(|e| Fault(format!("cannot set up a connection: {e}")))?;
        let authorization = if authorization.is_empty() {
            String::new()
        } else {
            format!("Authorization: {authorization}\r\n")
        };
        let head = format!("Host: {address}\r\nContent-Type: application/json\r\n{authorization}");
        Ok(Self {
            stream: BufReader::new(stream),
            head,
            answer: Vec::new(),
        })
    }

    /// One request and the body of its answer.
    pub fn exchange(&mut self, verb: &str, target: &str, body: &str) -> Result<String, Fault> {
        let status = self
            .send(verb, target, body)
            .map_err(|e| Fault(format!("{verb} {target}: {e}")))?;
        let text = String::from_utf8_lossy(&self.answer).into_owned();
        if (200..300).contains(&status) {
            Ok(text)
        } else {
            Err(Fault(format!(
                "{verb} {target} was answered with {status}: {text}"
            )))
        }
    }

    fn send(&mut self, verb: &str, target: &str, body: &str) -> io::Result<u16> {
        let request = format!(
            "{verb} {target} HTTP/1.1\r\n{}Content-Length: {}\r\n\r\n{body}",
            self.head,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|s| s.parse().ok())
            .ok_or(io::ErrorKind::InvalidData)?;
        let mut length = 0;
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        self.answer.resize(length, 0);
        self.stream.read_exact(&mut self.answer)?;
        Ok(status)
    }
}
