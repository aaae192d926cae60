//! A server inside another program: what the tests talk to.

use crate::serve;
use actix_web::dev::ServerHandle;
use directory::Directory;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

/// A running server on a free port of the loopback. It stops when it is dropped.
pub struct Embedded {
    url: String,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Embedded {
    /// Starts serving `directory`, which stays open when the server stops.
    pub fn start(directory: Directory) -> std::io::Result<Self> {
        Self::start_with(directory, serve::Manner::tried())
    }

    /// The same, with another time that bodies of requests may take.
    pub fn start_hasty(directory: Directory, body_time: Duration) -> std::io::Result<Self> {
        let manner = serve::Manner {
            body_time: Some(body_time),
            ..serve::Manner::tried()
        };
        Self::start_with(directory, manner)
    }

    fn start_with(directory: Directory, manner: serve::Manner) -> std::io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let url = format!("http://{}", socket.local_addr()?);
        let (started, starts) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = serve::http(directory, socket, manner);
                let running = server.as_ref().ok().map(actix_web::dev::Server::handle);
                // The receiver waits below, so it is there.
                drop(started.send(running));
                if let Ok(server) = server {
                    drop(server.await);
                }
            });
        });
        match starts.recv() {
            Ok(Some(handle)) => Ok(Self {
                url,
                handle,
                thread: Some(thread),
            }),
            _ => Err(std::io::Error::other("the server did not start")),
        }
    }

    /// Where it answers, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        // The order to stop is sent when it is asked for; nobody has to wait for the future.
        drop(self.handle.stop(true));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
