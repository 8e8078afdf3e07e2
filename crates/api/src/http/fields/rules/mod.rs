//! The rules that every contract has alike, one kind of value each.

mod choice;
mod email;
mod list;
mod secret;
mod string;

pub use choice::choice;
pub use email::email;
pub use list::{ListRule, list};
pub use secret::secret;
pub use string::{StringRule, string};
