#!/usr/bin/env bash
# Which clients that stop sending actix-http waits for without end.
#
# Packages: actix-web 4.18.1 (without default features, with macros), actix-http 3.20.0.
# One would guess: client_request_timeout bounds the head of every request, and keep_alive whatever is between two
#   requests.
# Seen on 2026-11-28, with both set to a second and client_disconnect_timeout at its default, also a second: the
#   first head of a connection is bounded. A later head that has begun is not: its first byte ends the timer of
#   keep_alive, and the other one is for the first head only. Nor is a body in chunks that the handler did not read:
#   after the answer, what still comes of it is read for as long as the client likes. After a body with a length the
#   connection is closed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
actix-web = { version = "=4.18.1", default-features = false, features = ["macros"] }
actix-http = { version = "=3.20.0", default-features = false }

[workspace]
TOML
cat >"$folder/src/main.rs" <<'RUST'
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use actix_web::{App, HttpServer, web};

const SECOND: Duration = Duration::from_secs(1);

/// Whether the server has closed the connection five seconds after it was sent this.
fn is_closed(server: SocketAddr, sent: &[&str]) -> &'static str {
    let mut client = TcpStream::connect(server).unwrap();
    for part in sent {
        client.write_all(part.as_bytes()).unwrap();
        std::thread::sleep(SECOND / 2);
    }
    client.set_read_timeout(Some(5 * SECOND)).unwrap();
    match client.read_to_end(&mut Vec::new()) {
        Ok(_) => "closed",
        Err(_) => "still open",
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let server = HttpServer::new(|| App::new().default_service(web::to(|| async { "read nothing" })))
        .workers(1)
        .keep_alive(SECOND)
        .client_request_timeout(SECOND)
        .bind("127.0.0.1:0")?;
    let address = server.addrs()[0];
    std::thread::spawn(move || {
        let whole = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        let post = |framing| format!("POST / HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n\r\n");
        println!("a first head that stops: {}", is_closed(address, &["GET / HT"]));
        println!("nothing after an answer: {}", is_closed(address, &[whole]));
        println!("a later head that stops: {}", is_closed(address, &[whole, "GET / HT"]));
        let length = post("Content-Length: 100");
        println!("an unread body with a length: {}", is_closed(address, &[&length, "x"]));
        let chunks = post("Transfer-Encoding: chunked");
        println!("an unread body in chunks: {}", is_closed(address, &[&chunks, "1\r\nx\r\n"]));
        std::process::exit(0);
    });
    server.run().await
}
RUST
seen="$(cargo run --quiet --manifest-path "$folder/Cargo.toml" 2>/dev/null)"
expected="a first head that stops: closed
nothing after an answer: closed
a later head that stops: still open
an unread body with a length: closed
an unread body in chunks: still open"
if [ "$seen" != "$expected" ]; then
    printf 'this changed; seen now:\n%s\n' "$seen" >&2
    exit 1
fi
