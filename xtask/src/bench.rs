//! `cargo xtask bench`: what requests cost, as shares of the cheapest answer in the same run.
//!
//! Machines differ and change from minute to minute, so a figure alone means nothing. Every series is therefore
//! framed by two runs of the baseline (`GET /healthz`), and the share is what can be compared.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cargo;
use crate::server::Server;
use crate::workspace::{Fault, Workspace};

const CLIENT: &str = "bench";
const SECRET: &str = "a-secret-of-the-benchmark-only";
const GROUPS: &str = "/platform/adminuser/groups";

/// How hard and how long.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Load {
    /// Seconds of each series
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// Connections, each with one request under way
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u64).range(1..=256))]
    connections: u64,
}

/// One kind of request. `number` differs for every request of a run.
struct Series {
    name: &'static str,
    request: fn(number: u64) -> (&'static str, String, String),
}

const SERIES: [Series; 5] = [
    Series {
        name: "GET one group of 2 users",
        request: |_| ("GET", format!("{GROUPS}/bench"), String::new()),
    },
    Series {
        name: "GET one group, code and name only",
        request: |_| {
            (
                "GET",
                format!("{GROUPS}/bench?responseFields=groupCode,name"),
                String::new(),
            )
        },
    },
    Series {
        name: "GET a list of 50 groups",
        request: |_| {
            (
                "GET",
                format!("{GROUPS}?pageSize=50&responseFields=items(-users)"),
                String::new(),
            )
        },
    },
    Series {
        name: "POST a group (durable)",
        request: |number| {
            (
                "POST",
                GROUPS.to_owned(),
                json!({"groupCode": format!("b{number}"), "name": "Bench"}).to_string(),
            )
        },
    },
    Series {
        name: "POST an account (durable)",
        request: |number| {
            let body =
                json!({"emailAddress": format!("b{number}@example.com"), "firstName": "B", "lastName": "C"});
            (
                "POST",
                "/platform/adminuser/accounts".to_owned(),
                body.to_string(),
            )
        },
    },
];

/// What a series came to.
struct Outcome {
    per_second: f64,
    median: Duration,
    high: Duration,
}

/// Builds the release program, loads it, and prints a table.
pub fn run(workspace: &Workspace, load: Load, out: &mut dyn Write) -> Result<(), Fault> {
    let program = cargo::build_release(workspace)?;
    let server = Server::start_with(
        &program,
        &["--bootstrap-credential", &format!("{CLIENT}:{SECRET}")],
    )?;
    let token = prepare(&server.address)?;
    let head = format!(
        "{} connections, {} s a series; share of `GET /healthz` in the same run",
        load.connections, load.seconds
    );
    let print = |out: &mut dyn Write, line: String| {
        writeln!(out, "{line}").map_err(|e| Fault(format!("cannot print: {e}")))
    };
    print(out, head)?;
    let counter = AtomicU64::new(0);
    let baseline = Series {
        name: "GET /healthz",
        request: |_| ("GET", "/healthz".to_owned(), String::new()),
    };
    let mut before = measure(&server.address, &token, &baseline, load, &counter)?;
    print(out, row(baseline.name, &before, None))?;
    for series in &SERIES {
        let outcome = measure(&server.address, &token, series, load, &counter)?;
        let after = measure(&server.address, &token, &baseline, load, &counter)?;
        let level = f64::midpoint(before.per_second, after.per_second);
        print(out, row(series.name, &outcome, Some(outcome.per_second / level)))?;
        before = after;
    }
    Ok(())
}

fn row(name: &str, outcome: &Outcome, share: Option<f64>) -> String {
    let share = share.map_or("1".to_owned(), |share| format!("{share:.3}"));
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    format!(
        "{name:34} {:>9.0}/s  share {share:>5}  p50 {:>6.2} ms  p99 {:>6.2} ms",
        outcome.per_second,
        ms(outcome.median),
        ms(outcome.high)
    )
}

/// A token, and something to read: a group with two users and sixty more groups.
fn prepare(address: &str) -> Result<String, Fault> {
    let mut connection = Connection::open(address, "")?;
    let ticket = json!({"client_id": CLIENT, "client_secret": SECRET, "grant_type": "client_credentials"});
    let body = connection.exchange(
        "POST",
        "/platform/applications/authtickets/oauth",
        &ticket.to_string(),
    )?;
    let ticket: Value = serde_json::from_str(&body).map_err(|e| Fault(format!("no ticket: {e}")))?;
    let token = ticket["access_token"].as_str().unwrap_or_default().to_owned();
    let mut connection = Connection::open(address, &token)?;
    let users = json!([{"emailAddress": "one@example.com"}, {"emailAddress": "two@example.com"}]);
    let group = json!({"groupCode": "bench", "name": "Bench", "users": users});
    connection.exchange("POST", GROUPS, &group.to_string())?;
    for number in 0..60 {
        connection.exchange(
            "POST",
            GROUPS,
            &json!({"groupCode": format!("seed{number}")}).to_string(),
        )?;
    }
    Ok(token)
}

fn measure(
    address: &str,
    token: &str,
    series: &Series,
    load: Load,
    counter: &AtomicU64,
) -> Result<Outcome, Fault> {
    let end = Instant::now() + Duration::from_secs(load.seconds);
    let times = std::thread::scope(|scope| {
        let work = || -> Result<Vec<Duration>, Fault> {
            let mut connection = Connection::open(address, token)?;
            let mut times = Vec::new();
            while Instant::now() < end {
                let (verb, target, body) = (series.request)(counter.fetch_add(1, Ordering::Relaxed));
                let start = Instant::now();
                connection.exchange(verb, &target, &body)?;
                times.push(start.elapsed());
            }
            Ok(times)
        };
        let workers: Vec<_> = (0..load.connections).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(
                worker
                    .join()
                    .map_err(|_| Fault("a connection's thread panicked".to_owned()))??,
            );
        }
        Ok::<_, Fault>(all)
    })?;
    let mut times = times;
    times.sort_unstable();
    let at = |share: usize| {
        times
            .get((times.len() * share / 100).min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of a few seconds are far below 2^52"
    )]
    let per_second = times.len() as f64 / Duration::from_secs(load.seconds).as_secs_f64();
    Ok(Outcome {
        per_second,
        median: at(50),
        high: at(99),
    })
}

/// One kept-alive connection. Anything but a 200 ends the run.
struct Connection {
    stream: BufReader<TcpStream>,
    head: String,
    answer: Vec<u8>,
}

impl Connection {
    fn open(address: &str, token: &str) -> Result<Self, Fault> {
        let stream =
            TcpStream::connect(address).map_err(|e| Fault(format!("cannot reach {address}: {e}")))?;
        let ready = stream
            .set_nodelay(true)
            .and_then(|()| stream.set_read_timeout(Some(Duration::from_secs(30))));
        ready.map_err(|e| Fault(format!("cannot set up a connection: {e}")))?;
        let authorization = if token.is_empty() {
            String::new()
        } else {
            format!("Authorization: Bearer {token}\r\n")
        };
        let head = format!("Host: {address}\r\nContent-Type: application/json\r\n{authorization}");
        Ok(Self {
            stream: BufReader::new(stream),
            head,
            answer: Vec::new(),
        })
    }

    fn exchange(&mut self, verb: &str, target: &str, body: &str) -> Result<String, Fault> {
        let status = self
            .send(verb, target, body)
            .map_err(|e| Fault(format!("{verb} {target}: {e}")))?;
        let text = String::from_utf8_lossy(&self.answer).into_owned();
        if status == 200 {
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
