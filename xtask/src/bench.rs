//! `cargo xtask bench`: what requests cost, as shares of the cheapest answer in the same run.
//!
//! Machines differ and change from minute to minute, so a figure alone means nothing. Every series is therefore
//! framed by two runs of the baseline (`GET /healthz`), and the share is what can be compared.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use crate::cargo;
use crate::server::Server;
use crate::workspace::{Fault, Workspace};

mod connection;
mod series;

use connection::Connection;
use series::{ALL, CLIENT, Credential, KIBO_GROUPS, MYPREFERENCES, SECRET, Series};

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
    let authorization = |credential| match credential {
        Credential::Nobody => String::new(),
        Credential::Bearer => format!("Bearer {token}"),
        Credential::Basic => format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:{SECRET}"))),
    };
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
        credential: Credential::Nobody,
        request: |_| ("GET", "/healthz".to_owned(), String::new()),
    };
    let measure = |series: &Series| {
        let authorization = authorization(series.credential);
        measure(&server.address, &authorization, series, load, &counter)
    };
    let mut before = measure(&baseline)?;
    print(out, row(baseline.name, &before, None))?;
    for series in &ALL {
        let outcome = measure(series)?;
        let after = measure(&baseline)?;
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
        "{name:52} {:>9.0}/s  share {share:>5}  p50 {:>6.2} ms  p99 {:>6.2} ms",
        outcome.per_second,
        ms(outcome.median),
        ms(outcome.high)
    )
}

/// A token, and something to read: a group with two users and sixty more groups, and a group type.
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
    let mut connection = Connection::open(address, &format!("Bearer {token}"))?;
    let users = json!([{"emailAddress": "one@example.com"}, {"emailAddress": "two@example.com"}]);
    let group = json!({"groupCode": "bench", "name": "Bench", "users": users});
    connection.exchange("POST", KIBO_GROUPS, &group.to_string())?;
    for number in 0..60 {
        connection.exchange(
            "POST",
            KIBO_GROUPS,
            &json!({"groupCode": format!("seed{number}"), "name": "Seed"}).to_string(),
        )?;
    }
    let names = json!([{"Locale": "en", "Name": "Bench"}]);
    let types = json!({"GroupTypes": [{"TypeName": "Bench", "LocalizedFields": names}]});
    connection.exchange("POST", &format!("{MYPREFERENCES}/GroupTypes"), &types.to_string())?;
    Ok(token)
}

fn measure(
    address: &str,
    authorization: &str,
    series: &Series,
    load: Load,
    counter: &AtomicU64,
) -> Result<Outcome, Fault> {
    let end = Instant::now() + Duration::from_secs(load.seconds);
    let times = std::thread::scope(|scope| {
        let work = || -> Result<Vec<Duration>, Fault> {
            let mut connection = Connection::open(address, authorization)?;
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
