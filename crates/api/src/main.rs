//! The server and its commands.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Threads allocate without waiting for each other. With the allocator of the system, requests of two threads spend up
/// to a quarter of their time in it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    vestibule::commands::run().await
}
