//! Over a real connection: a client that writes its whole body before it reads still gets its answer.

use std::io::{Read, Write};
use std::net::TcpStream;

use actix_web::{App, HttpServer, web};

use super::api::Everything;
use crate::fixtures::everything::configure;

/// Writes a request with a body of `length` bytes, then reads the answer.
fn exchange(address: std::net::SocketAddr, head: &str, length: usize) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "{head}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    )
    .unwrap();
    let chunk = vec![b' '; 64 * 1024];
    let mut left = length;
    while left > 0 {
        let part = left.min(chunk.len());
        stream.write_all(&chunk[..part]).unwrap();
        left -= part;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[actix_web::test]
async fn large_bodies_are_read_away() {
    let server = HttpServer::new(|| {
        App::new()
            .app_data(web::Data::new(Everything::default()))
            .configure(configure::<Everything>)
    })
    .workers(1)
    .disable_signals()
    .bind(("127.0.0.1", 0))
    .unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let large = 10 * 1024 * 1024;
    for (head, status) in [
        ("POST /things HTTP/1.1", 401),
        ("POST /things HTTP/1.1\r\nAuthorization: Bearer good", 413),
        ("DELETE /things HTTP/1.1", 405),
        ("DELETE /things/1 HTTP/1.1", 204),
    ] {
        let answer = web::block(move || exchange(address, head, large)).await.unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{head}: {answer}"
        );
    }
    handle.stop(true).await;
}
