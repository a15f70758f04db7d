//! The least that an actix server can do: what the machine and the load itself allow.

use crate::Outcome;
use actix_web::{App, HttpResponse, HttpServer, web};
use std::io::{Read as _, Write as _};

/// Answers until standard input ends, so that it never outlives whoever started it.
pub(crate) fn serve() -> Outcome<()> {
    Ok(actix_web::rt::System::new().block_on(answer())?)
}

async fn answer() -> std::io::Result<()> {
    let greeting = || async { HttpResponse::Ok().content_type("text/plain").body("hello") };
    let server = HttpServer::new(move || App::new().route("/hello", web::get().to(greeting)))
        .tcp_nodelay(true)
        .bind(("127.0.0.1", 0))?;
    for address in server.addrs() {
        writeln!(std::io::stdout(), "http://{address}")?;
    }
    let server = server.run();
    let handle = server.handle();
    let serving = actix_web::rt::spawn(server);
    actix_web::rt::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    handle.stop(true).await;
    serving.await?
}
