//! Statistics: how often what happened, by day and surface.

mod count;
mod repository;

pub use count::{CountKind, DailyCount};
pub use repository::DailyCountRepository;
