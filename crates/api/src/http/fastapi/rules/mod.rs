//! The rules that are lax where pydantic is (theater contract 1.3): text that reads as a number is a number, `true` is
//! 1, a midnight datetime is a date.

mod boolean;
mod date;
mod float;
mod integer;
mod moment;

pub use boolean::boolean;
pub use date::date;
pub use float::{FloatRule, float};
pub use integer::{IntegerRule, integer};

pub(super) use integer::lax_integer;
