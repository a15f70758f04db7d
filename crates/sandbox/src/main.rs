//! The sandbox's command line: `serve`, `demo`, `openapi`.

use clap::{Parser, Subcommand};
use sandbox::{Options, RunningSandbox};
use std::error::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// A SOID for trying out: fictitious people, test signatures, nothing of it in production
#[derive(Parser)]
#[command(name = "soid-sandbox", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the sandbox; its keys and its database are made at the first start
    Serve {
        /// Address and port; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Where keys and the SQLite file are kept
        #[arg(long, default_value = ".sandbox")]
        directory: PathBuf,
        /// Another database than the SQLite file: postgres://… or sqlite://…
        #[arg(long)]
        database_url: Option<String>,
    },
    /// Play cases of every kind of document through the HTTP API, and check every step
    Demo {
        /// A sandbox that is running already; otherwise one is started for the demo
        #[arg(long)]
        url: Option<String>,
    },
    /// Print the contract: production and the sandbox's own operations
    Openapi,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            let _nobody_to_tell = writeln!(io::stderr(), "soid-sandbox: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Openapi => Ok(write!(io::stdout(), "{}", sandbox::openapi_json())?),
        Command::Serve { listen, directory, database_url } => {
            server::telemetry::start(&sandbox::telemetry("info"))?;
            runtime()?.block_on(serve(Options { listen, database_url, ..Options::new(directory) }))
        }
        Command::Demo { url } => {
            server::telemetry::start(&sandbox::telemetry("warn"))?;
            runtime()?.block_on(sandbox::demo::run(url, &mut io::stdout())).map_err(Into::into)
        }
    }
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

async fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    let ended = server::service::ended()?;
    let mut running = sandbox::start(options).await?;
    greet(&running)?;
    let fault = tokio::select! {
        () = ended => None,
        fault = running.failed() => Some(fault),
    };
    running.stop().await;
    fault.map_or(Ok(()), |fault| Err(fault.into()))
}

fn greet(running: &RunningSandbox) -> io::Result<()> {
    let url = running.base_url();
    let mut out = io::stdout().lock();
    write!(
        out,
        "SOID sandbox: {url}/swagger-ui/

What to try first
  1. GET  /api/v1/sandbox/personas    see who there is to play, and what each can do
  2. POST /api/v1/sandbox/tokens      {{\"persona\": \"clinic-physician\"}}, then Authorize with accessToken
  3. POST /api/v1/medicine-demands    take the example, or a content from data/scenarios
  4. POST …/submission/document       gives the bytes to sign; POST /api/v1/sandbox/signatures signs them
  5. POST …/submission                with consultantId, field and the signature; then go on as the consultant
  POST /api/v1/sandbox/spaces makes a space of your own. `make demo` plays fourteen cases.

Co wypróbować najpierw
  1. GET  /api/v1/sandbox/personas    kogo można zagrać i co każda osoba może zrobić
  2. POST /api/v1/sandbox/tokens      {{\"persona\": \"clinic-physician\"}}, potem Authorize z accessToken
  3. POST /api/v1/medicine-demands    weź przykład albo treść z data/scenarios
  4. POST …/submission/document       daje bajty do podpisu; podpisuje je POST /api/v1/sandbox/signatures
  5. POST …/submission                z consultantId, field i podpisem; dalej działa konsultant
  POST /api/v1/sandbox/spaces tworzy własną przestrzeń. `make demo` odgrywa trzynaście spraw.

Ctrl+C ends it. / Ctrl+C kończy pracę.
"
    )?;
    out.flush()
}
