//! How the installation does.

mod show;

pub use show::{Overview, ShowOverview, ShowOverviewError};
