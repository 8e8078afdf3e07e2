//! The catalogue endpoints.

mod admission;
mod change;
mod create;
mod list;
mod remove;
mod rules;
mod show;
mod view;

use super::Endpoint;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list::endpoint(), create::endpoint(), show::endpoint(), remove::endpoint(), change::endpoint()]
}
