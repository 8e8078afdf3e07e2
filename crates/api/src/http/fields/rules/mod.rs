//! The rules, one kind of value each. Lax where pydantic is (theater contract 1.3): text that reads as a
//! number is a number, `true` is 1, a midnight datetime is a date.

mod boolean;
mod choice;
mod date;
mod email;
mod float;
mod integer;
mod list;
mod moment;
mod secret;
mod string;

pub use boolean::boolean;
pub use choice::choice;
pub use date::date;
pub use email::{EmailRule, email};
pub use float::{FloatRule, float};
pub use integer::{IntegerRule, integer, lax_integer};
pub use list::{ListRule, list};
pub use secret::{secret, token};
pub use string::{StringRule, string};
