//! A small HTTP/1.1 client that sends exactly what it is told: no path is tidied, no header added but `Host`,
//! `Content-Length` and `Connection`.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// How long an answer may be under way before a test gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Names in lower case, in the order of the answer.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// The value of a header; several lines count as one list. The name is in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(have, _)| have == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Opens a connection to a server. `url` is `http://host:port` with anything behind it.
pub fn connect(url: &str) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(authority(url))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn authority(url: &str) -> &str {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    rest.split('/').next().unwrap_or(rest)
}

/// The bytes of a request that asks for the connection to be closed behind its answer.
pub fn request(
    url: &str,
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: Option<&[u8]>,
) -> Vec<u8> {
    let mut head = format!(
        "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
        authority(url)
    );
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    if let Some(body) = body {
        write!(head, "Content-Length: {}\r\n", body.len()).unwrap();
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body.unwrap_or_default());
    bytes
}

/// Sends a request and reads its answer.
pub fn send(
    url: &str,
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: Option<&[u8]>,
) -> io::Result<Reply> {
    exchange(
        url,
        &request(url, method, target, headers, body),
        method == "HEAD",
    )
}

/// Sends bytes as they are, whatever they are, and reads one answer.
///
/// # Panics
/// When no answer comes.
pub fn raw(url: &str, bytes: &[u8]) -> Reply {
    exchange(url, bytes, bytes.starts_with(b"HEAD "))
        .unwrap_or_else(|error| panic!("no answer to {:?}: {error}", String::from_utf8_lossy(bytes)))
}

pub fn exchange(url: &str, bytes: &[u8], is_head: bool) -> io::Result<Reply> {
    let mut stream = connect(url)?;
    // A server may answer before it has read everything; what it said is still to be read then.
    let written = stream.write_all(bytes);
    match read(&mut stream, is_head) {
        Ok(reply) => Ok(reply),
        Err(error) => Err(written.err().unwrap_or(error)),
    }
}

/// Reads one answer from a connection that may be used further.
pub fn read(stream: &mut TcpStream, is_head: bool) -> io::Result<Reply> {
    let mut buffer = Vec::new();
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut buffer)?;
    };
    let body = buffer.split_off(end + 4);
    let (status, headers) = head(&buffer[..end]).ok_or_else(|| bad("the head of the answer is malformed"))?;
    let mut reply = Reply {
        status,
        headers,
        body,
    };
    if is_head || status == 304 || status == 204 || status / 100 == 1 {
        return Ok(reply);
    }
    if reply.header("transfer-encoding").is_some() {
        reply.body = chunked(stream, std::mem::take(&mut reply.body))?;
    } else if let Some(length) = reply.header("content-length") {
        let length = length
            .parse()
            .map_err(|_| bad("the length of the answer is no number"))?;
        while reply.body.len() < length {
            more(stream, &mut reply.body)?;
        }
        reply.body.truncate(length);
    } else {
        stream.read_to_end(&mut reply.body)?;
    }
    Ok(reply)
}

fn head(bytes: &[u8]) -> Option<(u16, Vec<(String, String)>)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let headers = lines
        .map(|line| {
            line.split_once(':')
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect::<Option<_>>()?;
    Some((status, headers))
}

fn chunked(stream: &mut TcpStream, mut rest: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = loop {
            if let Some(at) = rest.windows(2).position(|bytes| bytes == b"\r\n") {
                break at;
            }
            more(stream, &mut rest)?;
        };
        let size = std::str::from_utf8(&rest[..line])
            .ok()
            .and_then(|hex| usize::from_str_radix(hex.trim(), 16).ok());
        let size = size.ok_or_else(|| bad("a chunk of the answer has no size"))?;
        let end = line + 2 + size + 2;
        while rest.len() < end {
            more(stream, &mut rest)?;
        }
        body.extend_from_slice(&rest[line + 2..end - 2]);
        rest.drain(..end);
        if size == 0 {
            return Ok(body);
        }
    }
}

fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = [0; 16 * 1024];
    let read = loop {
        match stream.read(&mut piece) {
            // The process was stopped and goes on.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    match read {
        0 => Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "the connection ended inside of the answer",
        )),
        length => {
            buffer.extend_from_slice(&piece[..length]);
            Ok(())
        }
    }
}

fn bad(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

/// Sends a request and drops the connection without waiting for the answer.
pub fn abandon(url: &str, bytes: &[u8]) -> io::Result<()> {
    let mut stream = connect(url)?;
    stream.write_all(bytes)?;
    stream.shutdown(Shutdown::Both)
}

/// Percent-encodes everything but unreserved characters, as a client does with a value in a path or a query.
pub fn encode(value: &str) -> String {
    let mut encoded = String::new();
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => write!(encoded, "%{other:02X}").unwrap(),
        }
    }
    encoded
}
