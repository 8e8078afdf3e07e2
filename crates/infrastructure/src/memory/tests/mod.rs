//! What the contracts do not reach.

mod store;
mod table;
