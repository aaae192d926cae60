//! Where clients reach this server: what links and `Location` begin with.

use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use actix_web::http::header;
use actix_web::rt::net::TcpStream;
use std::any::Any;
use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

/// The server's own address as links show it.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Set by the operator; nothing else counts then.
    public: Option<String>,
    listen: SocketAddr,
}

/// The address that a connection came in at; kept where the server listens on all addresses.
struct Local(SocketAddr);

impl Origin {
    /// `public` is an absolute address without a slash at its end.
    pub fn new(public: Option<String>, listen: SocketAddr) -> Self {
        Self { public, listen }
    }

    /// Scheme, host and port, without a slash at the end. The `Host` header counts only where it names the loopback
    /// and was sent over it, so that nobody can make the server hand out links to another host.
    pub fn of(&self, request: &HttpRequest) -> Cow<'_, str> {
        if let Some(public) = &self.public {
            return Cow::Borrowed(public);
        }
        let local = request
            .conn_data::<Local>()
            .map_or(self.listen, |Local(address)| *address);
        let host = request
            .headers()
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .filter(|host| is_near(request.peer_addr()) && is_loopback(host));
        Cow::Owned(match host {
            Some(host) => format!("http://{host}"),
            None => format!("http://{local}"),
        })
    }

    /// Notes the address of a connection, where the one that the server listens on says nothing.
    pub fn note(&self, connection: &dyn Any, data: &mut Extensions) {
        if self.public.is_none()
            && self.listen.ip().is_unspecified()
            && let Some(stream) = connection.downcast_ref::<TcpStream>()
            && let Ok(address) = stream.local_addr()
        {
            data.insert(Local(SocketAddr::new(
                address.ip().to_canonical(),
                address.port(),
            )));
        }
    }
}

fn is_near(peer: Option<SocketAddr>) -> bool {
    peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
}

/// `localhost` or a loopback address, with or without a port.
fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && !host.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let name = match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(inner) if inner.contains(':') => inner,
        Some(_) => return false,
        None if name.contains(':') => return false,
        None => name,
    };
    port.is_none_or(|port| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok())
        && (name.eq_ignore_ascii_case("localhost")
            || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn seen(public: Option<&str>, peer: &str, host: &str) -> String {
        let origin = Origin::new(public.map(str::to_owned), "192.0.2.1:8080".parse().unwrap());
        let request = TestRequest::default()
            .peer_addr(peer.parse().unwrap())
            .insert_header((header::HOST, host))
            .to_http_request();
        origin.of(&request).into_owned()
    }

    #[test]
    fn the_public_address_goes_before_everything() {
        let public = Some("https://groups.example.com");
        assert_eq!(
            seen(public, "127.0.0.1:5", "localhost:8080"),
            "https://groups.example.com"
        );
    }

    #[test]
    fn the_host_counts_on_the_loopback() {
        for host in [
            "localhost:8080",
            "LOCALHOST",
            "127.0.0.1:80",
            "127.9.9.9",
            "[::1]:8080",
            "[::1]",
        ] {
            for peer in ["127.0.0.1:5", "[::1]:5", "[::ffff:127.0.0.1]:5"] {
                assert_eq!(seen(None, peer, host), format!("http://{host}"), "{peer}");
            }
            assert_eq!(seen(None, "192.0.2.7:5", host), "http://192.0.2.1:8080", "{host}");
        }
    }

    #[test]
    fn other_hosts_do_not_count() {
        for host in [
            "evil.example",
            "localhost.evil.example",
            "localhost:",
            "localhost:x",
            "localhost:99999",
            "::1",
            "[127.0.0.1]",
            "[::1",
            "localhost/x",
            "192.0.2.9:8080",
            "",
            ":80",
            "localhost:+8",
        ] {
            assert_eq!(seen(None, "127.0.0.1:5", host), "http://192.0.2.1:8080", "{host}");
        }
    }
}
