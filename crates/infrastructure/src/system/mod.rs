//! The machine: its clock, its randomness, and the ids made of both.
//!
//! Nothing else in the workspace asks the machine for these: clippy's `disallowed-methods` sees to it.

mod clock;
mod ids;
mod random;

pub use clock::SystemClock;
pub use ids::SystemIds;
pub use random::SystemRandom;
