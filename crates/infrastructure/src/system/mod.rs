//! The machine: its clock, its randomness, the ids made of both, and which of its processes are alive.
//!
//! Nothing else in the workspace takes times, randomness and ids from the machine; clippy's `disallowed-methods`
//! checks that.

mod clock;
mod ids;
mod random;
mod server_lock;

pub use clock::SystemClock;
pub use ids::SystemIds;
pub use random::SystemRandom;
pub use server_lock::ServerLock;
