//! Answers every request with the same text. No server on this web framework does less for a request, so the
//! product's figures are read as a part of these.

use actix_web::{App, HttpResponse, HttpServer, web};

/// The answer, as long as that of the product's live check.
const BODY: &str = r#"{"status":"ok"}"#;

/// Reads the body, if there is one: a connection whose body was not read is closed.
async fn constant(_body: web::Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(BODY)
}

/// Listens on the port of loopback that the first argument names, with a thread per core as the product does.
#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse::<u16>().ok());
    let port = port.ok_or_else(|| std::io::Error::other("usage: bench-floor PORT"))?;
    HttpServer::new(|| App::new().default_service(web::to(constant)))
        .bind(("127.0.0.1", port))?
        .shutdown_timeout(1)
        .run()
        .await
}
