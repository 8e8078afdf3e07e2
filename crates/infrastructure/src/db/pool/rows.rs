//! Rows that are read by position into types that the caller names, however they come.

use sea_orm::{DbErr, QueryResult, TryGetable};

use super::direct::OfSqlite;

/// A type of a column.
pub(in super::super) trait Column: TryGetable + OfSqlite {}

impl<T: TryGetable + OfSqlite> Column for T {}

/// The columns of a row, one after the other.
pub(in super::super) trait Places {
    /// The value in the next column.
    fn next<T: Column>(&mut self) -> Result<T, DbErr>;
}

/// A row.
pub(in super::super) trait Columns: Sized + Send + 'static {
    /// Reads the columns in the order of the statement.
    fn read(places: &mut impl Places) -> Result<Self, DbErr>;
}

macro_rules! columns {
    ($(($($name:ident),+))+) => {
        $(impl<$($name: Column + Send + 'static),+> Columns for ($($name,)+) {
            fn read(places: &mut impl Places) -> Result<Self, DbErr> {
                Ok(($(places.next::<$name>()?,)+))
            }
        })+
    };
}

columns! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F, G, H, I)
}

/// Makes a struct a row whose columns are its fields, in the order in which they are listed here.
macro_rules! row {
    ($row:ident: $($field:ident),+ $(,)?) => {
        impl $crate::db::pool::Columns for $row {
            fn read(places: &mut impl $crate::db::pool::Places) -> Result<Self, sea_orm::DbErr> {
                Ok(Self { $($field: places.next()?),+ })
            }
        }
    };
}

pub(in super::super) use row;

/// A row of sea-orm.
struct OfResult<'a> {
    row: &'a QueryResult,
    place: usize,
}

impl Places for OfResult<'_> {
    fn next<T: Column>(&mut self) -> Result<T, DbErr> {
        let place = self.place;
        self.place += 1;
        self.row.try_get_by_index(place)
    }
}

pub(super) fn of_results<T: Columns>(rows: &[QueryResult]) -> Result<Vec<T>, DbErr> {
    behind(0, rows)
}

/// Rows that begin behind some columns.
pub(super) fn behind<T: Columns>(place: usize, rows: &[QueryResult]) -> Result<Vec<T>, DbErr> {
    rows.iter().map(|row| T::read(&mut OfResult { row, place })).collect()
}
