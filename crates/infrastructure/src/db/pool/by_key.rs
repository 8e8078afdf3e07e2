//! Reads of a few rows by a key.

use std::fmt::Write as _;
use std::marker::PhantomData;
use std::ptr;
use std::sync::OnceLock;

use sea_orm::{DbErr, Statement, Value};

use super::super::arrays;
use super::gathering::Kind;

/// What a key is called in the statement for many.
const ASKED: &str = "asked";

/// What its values are called there.
const NAMES: [&str; 3] = ["asked.a", "asked.b", "asked.c"];

/// A read of rows `T` by a key of `N` values, which many ask for at the same time, each with another key.
///
/// On PostgreSQL one statement answers many that wait for it on a thread (`gathering.rs`). The rows of a key keep the order
/// that they have in its statement, because a limit lets PostgreSQL read nothing else than one key after the other.
pub(in super::super) struct ByKey<T, const N: usize> {
    /// What PostgreSQL calls the types of the values.
    types: [&'static str; N],
    /// Makes the statement for one key, from the names of its values. It has a limit: without one PostgreSQL might join the
    /// keys with the whole table.
    one: fn([&'static str; N]) -> String,
    many: OnceLock<String>,
    rows: PhantomData<fn() -> T>,
}

impl<T, const N: usize> ByKey<T, N> {
    pub(in super::super) const fn new(
        types: [&'static str; N],
        one: fn([&'static str; N]) -> String,
    ) -> Self {
        const { assert!(N <= NAMES.len(), "there are names for so many values") };
        Self { types, one, many: OnceLock::new(), rows: PhantomData }
    }

    /// What tells it apart from others.
    pub(super) fn kind(&'static self) -> Kind {
        ptr::from_ref(self).addr()
    }

    /// The statement for many keys. The first column of a row is the place of its key, from 1 on.
    pub(super) fn many(&self, keys: &[Vec<Value>]) -> Result<Statement, DbErr> {
        let columns = (0..N).map(|column| arrays::values(keys.iter().filter_map(|key| key.get(column))));
        let columns: Result<Vec<Value>, _> = columns.collect();
        let columns = columns.map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(arrays::statement(self.sql(), columns))
    }

    /// The text of the statement for many.
    pub(super) fn sql(&self) -> &str {
        self.many.get_or_init(|| self.text())
    }

    fn text(&self) -> String {
        let (mut parameters, mut columns) = (String::new(), String::new());
        for (place, (kind, name)) in (1..).zip(self.types.iter().zip(NAMES)) {
            let column = name.trim_start_matches("asked.");
            // Writing to a string cannot fail.
            let _ = write!(parameters, "{}${place}::text::{kind}[]", if place == 1 { "" } else { ", " });
            let _ = write!(columns, "{column}, ");
        }
        let one = (self.one)(std::array::from_fn(|column| NAMES.get(column).copied().unwrap_or_default()));
        format!(
            "SELECT {ASKED}.place, found.* FROM unnest({parameters}) WITH ORDINALITY AS {ASKED} ({columns}place) \
             CROSS JOIN LATERAL ({one}) AS found"
        )
    }
}
