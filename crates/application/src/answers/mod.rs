//! Finished answers, kept until what they were made from changes.

mod generations;
mod kept;
mod question;
mod watched_repositories;
mod watched_store;

pub use generations::ANSWERS_OVER;
pub use kept::Answers;
pub use question::Question;

pub(crate) use generations::Generations;
pub(crate) use watched_store::WatchedStore;
