//! Maps: where the parts of a record are in another system's data.

mod check;
mod condition;
mod language;
mod path;
mod shipped;

pub(crate) use condition::{Condition, Test};
pub(crate) use language::{
    Contacts, Field, FieldSpec, Fields, Hash, Map, Names, OptionSpec, Paths, TimeForm,
};
pub(crate) use path::{Path, Step};
pub(crate) use shipped::{NAMES, load};
