//! The server and its commands.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Threads allocate without waiting for each other, also where one frees what another allocated, as with rows of the
/// database. It is built to use no huge pages, which would double the memory of the process.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    vestibule::commands::run().await
}
