//! `roster serve`: from the options to a server that has stopped in good order.

use crate::cli::{Failure, Logs, Storage};
use crate::commands::archive;
use crate::commands::credential::read_secret;
use crate::files::Ready;
use crate::origin::Origin;
use crate::repeatable::Repeatable;
use crate::state::State;
use crate::{app, intake, logs, storage, terminal, welcome};
use actix_web::dev::Server;
use actix_web::{HttpServer, web};
use clap::Args;
use directory::{Directory, Mark, bootstrap};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long requests under way may take after a signal to stop, in seconds.
const SHUTDOWN_SECONDS: u64 = 30;
/// How long a client may take to send a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "ROSTER_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub storage: Storage,
    /// Use a temporary database and key of its own, gone at exit
    #[arg(long, env = "ROSTER_EPHEMERAL", conflicts_with_all = ["database", "key_file"])]
    pub ephemeral: bool,
    /// Where clients reach the server [default: the listen address]
    #[arg(long, env = "ROSTER_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Make sure that this admin credential of tenant `default` exists
    #[arg(
        long,
        env = "ROSTER_BOOTSTRAP_CREDENTIAL",
        value_name = "ID:SECRET|ID:@FILE",
        hide_env_values = true
    )]
    pub bootstrap_credential: Option<String>,
    /// Write {"url":…,"pid":…} to this file once the server answers
    #[arg(long, env = "ROSTER_READY_FILE", value_name = "PATH")]
    pub ready_file: Option<PathBuf>,
    /// With --ephemeral: make what this file says before the server answers, a seed or an export
    #[arg(long, env = "ROSTER_SEED", value_name = "FILE")]
    pub seed: Option<PathBuf>,
    #[command(flatten)]
    pub repeatable: Repeatable,
    #[command(flatten)]
    pub logs: Logs,
}

/// Runs until a signal asks it to stop.
pub fn run(options: &Options) -> Result<(), Failure> {
    logs::start(&options.logs)?;
    actix_web::rt::System::new().block_on(serve(options))
}

async fn serve(options: &Options) -> Result<(), Failure> {
    let ready = options.ready_file.as_deref().map(Ready::claim).transpose()?;
    let given = options
        .bootstrap_credential
        .as_deref()
        .map(credential)
        .transpose()?;
    let repeatable = &options.repeatable;
    repeatable.check(options.ephemeral, options.listen)?;
    if options.seed.is_some() && !options.ephemeral {
        let text = "`--seed` needs `--ephemeral`; `roster import` fills a lasting database";
        return Err(Failure(text.to_owned()));
    }
    let (directory, folder) = if options.ephemeral {
        let (directory, folder) = storage::ephemeral(repeatable.clock(), repeatable.ids())?;
        repeatable.announce();
        (directory, Some(folder))
    } else {
        (storage::open(&options.storage)?, None)
    };
    let done = listen(options, &directory, given, ready).await;
    // Every answered write is durable already; this finishes what was still under way.
    let closed = directory.close().await;
    drop(folder);
    done?;
    closed?;
    tracing::info!("stopped");
    Ok(())
}

async fn listen(
    options: &Options,
    directory: &Directory,
    given: Option<(String, String)>,
    ready: Option<Ready>,
) -> Result<(), Failure> {
    // First the address: a start that cannot have it must not draw a secret that nobody will see.
    let socket = TcpListener::bind(options.listen)
        .map_err(|error| Failure(format!("cannot listen on {}: {error}", options.listen)))?;
    let address = format!("http://{}", socket.local_addr()?);
    if let Some(seed) = &options.seed {
        archive::load(directory, seed).await?;
    }
    let drawn = given.is_none();
    let made = bootstrap::bootstrap(directory, given).await?;
    let mark = if options.ephemeral {
        Some(directory.mark().await?)
    } else {
        None
    };
    let manner = Manner {
        public_url: options.public_url.clone(),
        workers: None,
        mark,
        body_time: None,
    };
    let server = http(directory.clone(), socket, manner)?;
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    let url = options.public_url.as_deref().unwrap_or(&address);
    terminal::line(&format!(
        "Roster answers at {address} (Swagger UI: {url}/docs/)\n"
    ));
    if let Some((client_id, secret)) = made.credential.filter(|_| drawn) {
        terminal::line(&welcome::first_steps(url, &client_id, secret.reveal()));
    }
    if let Some(ready) = &ready {
        ready.write(&address)?;
    }
    tokio::select! {
        stopped = running => stopped.map_err(|error| Failure(error.to_string())).and_then(|done| Ok(done?)),
        signal = signal() => {
            tracing::info!(signal = signal?, "stopping");
            handle.stop(true).await;
            Ok(())
        }
    }
}

/// In which manner a server answers.
#[derive(Debug, Default)]
pub struct Manner {
    /// What links begin with.
    pub public_url: Option<String>,
    /// How many threads; else as many as the machine has cores.
    pub workers: Option<usize>,
    /// Where it can be taken back to.
    pub mark: Option<Mark>,
    /// How long the body of a request may take; else [`intake::TIME`].
    pub body_time: Option<Duration>,
}

impl Manner {
    /// A server inside of another program. Each worker builds all routes anew, and a test starts a server for every case.
    pub fn tried() -> Self {
        Self {
            workers: Some(1),
            ..Self::default()
        }
    }
}

/// The HTTP server over a directory. Signals are the caller's business.
pub fn http(directory: Directory, socket: TcpListener, manner: Manner) -> std::io::Result<Server> {
    let origin = Origin::new(manner.public_url, socket.local_addr()?);
    let state = web::Data::new(State::new(
        directory,
        origin.clone(),
        manner.mark,
        manner.body_time.unwrap_or(intake::TIME),
    ));
    let mut server = HttpServer::new(move || app::app(&state))
        .on_connect(move |connection, data| origin.note(connection, data));
    if let Some(workers) = manner.workers {
        server = server.workers(workers);
    }
    Ok(server
        .listen(socket)?
        .client_request_timeout(HEAD_TIMEOUT)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals()
        .run())
}

/// Waits for SIGTERM or SIGINT.
async fn signal() -> Result<&'static str, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    })
}

/// `ID:SECRET` or `ID:@FILE`. The secret itself may contain colons.
fn credential(text: &str) -> Result<(String, String), Failure> {
    let (id, secret) = text
        .split_once(':')
        .filter(|(id, _)| !id.is_empty())
        .ok_or_else(|| Failure("`--bootstrap-credential` must be ID:SECRET or ID:@FILE".to_owned()))?;
    let secret = match secret.strip_prefix('@') {
        Some(path) => read_secret(Path::new(path))?,
        None => secret.to_owned(),
    };
    Ok((id.to_owned(), secret))
}

/// An absolute http or https address, without a slash at its end.
fn public_url(text: &str) -> Result<String, String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .ok_or("must begin with http:// or https://")?;
    if rest.is_empty() || rest.starts_with('/') || text.contains(['?', '#', ' ']) {
        return Err("must be an address without query and fragment".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials() {
        assert_eq!(credential("id:a:b").unwrap(), ("id".to_owned(), "a:b".to_owned()));
        for bad in ["id", ":secret", ""] {
            assert!(credential(bad).is_err(), "{bad}");
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "from a file\n").unwrap();
        assert_eq!(
            credential(&format!("id:@{}", file.path().display())).unwrap().1,
            "from a file"
        );
    }

    #[test]
    fn public_urls() {
        assert_eq!(
            public_url("https://groups.example.com/").unwrap(),
            "https://groups.example.com"
        );
        for bad in [
            "groups.example.com",
            "https://",
            "ftp://x",
            "http://x?y",
            "http:///x",
        ] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }
}
