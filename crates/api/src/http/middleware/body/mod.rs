//! The time that a client takes to send a body.

mod clock;
mod paced;
mod pace;
#[cfg(test)]
mod tests;
mod timed;

pub use paced::pace_body;
pub use pace::BodyPace;

pub(super) use clock::BodyClock;
