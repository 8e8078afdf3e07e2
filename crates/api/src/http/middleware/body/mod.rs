//! The time that a client takes to send a body.

mod clock;
mod pace;
mod paced;
#[cfg(test)]
mod tests;
mod timed;

pub use pace::BodyPace;
pub use paced::pace_body;

pub(super) use clock::BodyClock;
