//! Parameters of statements. Each value is bound as sqlx binds it, so that rows of both look alike.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value as Sqlite, ValueRef};
use sea_orm::Statement;
use sea_orm::sea_query::{OptionEnum, Value};
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

pub(super) const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
pub(super) const TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[hour]:[minute]:[second].[subsecond]");
pub(super) const DATE_TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second].[subsecond]");

/// A value of a kind that SQLite has no place for.
#[derive(Debug, thiserror::Error)]
#[error("a value of this kind cannot be bound")]
struct Unbound;

struct Parameter<'a>(&'a Value);

fn unbound(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

fn text(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Sqlite::Text(text))
}

fn integer(number: impl Into<i64>) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Sqlite::Integer(number.into()))
}

fn real(number: impl Into<f64>) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Sqlite::Real(number.into()))
}

impl ToSql for Parameter<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let bound = match self.0 {
            Value::Bool(value) => value.map(integer),
            Value::TinyInt(value) => value.map(integer),
            Value::SmallInt(value) => value.map(integer),
            Value::Int(value) => value.map(integer),
            Value::BigInt(value) => value.map(integer),
            Value::TinyUnsigned(value) => value.map(integer),
            Value::SmallUnsigned(value) => value.map(integer),
            Value::Unsigned(value) => value.map(integer),
            Value::BigUnsigned(value) => {
                value.map(|value| i64::try_from(value).map(integer)).transpose().map_err(unbound)?
            }
            Value::Float(value) => value.map(real),
            Value::Double(value) => value.map(real),
            Value::String(value) => {
                value.as_ref().map(|value| ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())))
            }
            Value::Enum(OptionEnum::Some(value)) => Some(text(value.value.to_string())),
            Value::Enum(OptionEnum::None(_)) => None,
            Value::Char(value) => value.map(|value| text(value.to_string())),
            Value::Bytes(value) => value.as_ref().map(|value| ToSqlOutput::Borrowed(ValueRef::Blob(value))),
            Value::Uuid(value) => {
                value.as_ref().map(|value| ToSqlOutput::Borrowed(ValueRef::Blob(value.as_bytes())))
            }
            Value::TimeDate(value) => {
                value.map(|value| value.format(DATE)).transpose().map_err(unbound)?.map(text)
            }
            Value::TimeTime(value) => {
                value.map(|value| value.format(TIME)).transpose().map_err(unbound)?.map(text)
            }
            Value::TimeDateTime(value) => {
                value.map(|value| value.format(DATE_TIME)).transpose().map_err(unbound)?.map(text)
            }
            Value::TimeDateTimeWithTimeZone(value) => {
                value.map(|value| value.format(&Rfc3339)).transpose().map_err(unbound)?.map(text)
            }
            // Arrays, and kinds that features of sea-query add.
            _ => return Err(unbound(Unbound)),
        };
        Ok(bound.unwrap_or(ToSqlOutput::Owned(Sqlite::Null)))
    }
}

/// Binds the values of a statement.
pub(super) fn bind(prepared: &mut rusqlite::Statement<'_>, statement: &Statement) -> rusqlite::Result<()> {
    let values = statement.values.iter().flat_map(|values| values.0.iter());
    for (place, value) in (1..).zip(values) {
        prepared.raw_bind_parameter::<usize, _>(place, Parameter(value))?;
    }
    Ok(())
}
