//! `/console`: how the installation does.

mod chart;
mod counts;
mod page;

pub(super) use page::show;
