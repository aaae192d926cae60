use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use super::{Server, ask_program, request};

#[test]
fn an_answer_is_read_with_its_headers() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut got = Vec::new();
        let mut byte = [0_u8; 1];
        while !got.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            got.push(byte[0]);
        }
        stream
            .write_all(b"HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nallow: PUT\r\n\r\nbody")
            .unwrap();
        String::from_utf8(got).unwrap()
    });
    let answer = request(&address, "TRACE", "/api/x/").unwrap();
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("allow").as_deref(), Some("GET,PUT"));
    assert_eq!(answer.header("etag"), None);
    assert!(server.join().unwrap().starts_with("TRACE /api/x/ HTTP/1.1\r\n"));
}

#[test]
fn a_program_that_ends_instead_of_serving_is_named() {
    let Err(fault) = Server::start(Path::new("/bin/false")) else {
        panic!("it cannot have started")
    };
    assert!(fault.0.contains("it ended with"), "{fault}");
    let fault = ask_program(Path::new("/bin/false"), &["openapi"]).unwrap_err();
    assert!(fault.0.starts_with("`roster openapi` ended with"), "{fault}");
}
