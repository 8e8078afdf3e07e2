//! The machine: its clock, its randomness, the ids made of both, and which of its processes are alive.
//!
//! Nothing else in the workspace asks the machine for times, randomness and ids: clippy's `disallowed-methods` sees to it.

mod clock;
mod ids;
mod random;
mod server_lock;

pub use clock::SystemClock;
pub use ids::SystemIds;
pub use random::SystemRandom;
pub use server_lock::ServerLock;
