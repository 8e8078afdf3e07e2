//! What pages with a session in a cookie have in common. It knows none of them.

pub(crate) mod accept;
pub(crate) mod answer;
pub(crate) mod asset;
pub(crate) mod brand;
pub(crate) mod cookie;
pub(crate) mod form_mark;
pub(crate) mod frame;
pub(crate) mod identifier;
pub(crate) mod origin;
pub(crate) mod session_table;
pub(crate) mod style;
pub(crate) mod times;
pub(crate) mod values;
pub(crate) mod weakness;
