//! Values of columns.

use sea_orm::sea_query::Value;
use sha2::{Digest as _, Sha256};
use time::{Date, OffsetDateTime, PrimitiveDateTime};
use uuid::Uuid;

/// A value, the same on every database.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Bool(bool),
    Float(f64),
    /// With as many digits behind the point as the column has.
    Decimal(String),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    /// To the microsecond.
    Time(OffsetDateTime),
    Date(Date),
}

impl Cell {
    /// About how much memory it takes.
    pub(super) fn size(&self) -> usize {
        let held = match self {
            Self::Text(text) | Self::Decimal(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            _ => 0,
        };
        size_of::<Self>() + held
    }

    /// Adds the value to a checksum: its kind, its length where it has one, and its bytes.
    pub(super) fn digest(&self, sum: &mut Sha256) {
        let mut fixed = |kind: u8, bytes: &[u8]| {
            sum.update([kind]);
            sum.update(bytes);
        };
        match self {
            Self::Null => fixed(0, &[]),
            Self::Int(number) => fixed(1, &number.to_be_bytes()),
            Self::Bool(is) => fixed(2, &[u8::from(*is)]),
            // Not every database keeps the sign of zero.
            Self::Float(number) => fixed(3, &(number + 0.0).to_bits().to_be_bytes()),
            Self::Uuid(uuid) => fixed(4, uuid.as_bytes()),
            Self::Time(time) => fixed(5, &(time.unix_timestamp_nanos() / 1_000).to_be_bytes()),
            Self::Date(date) => fixed(6, &date.to_julian_day().to_be_bytes()),
            Self::Decimal(text) => sized(sum, 7, text.as_bytes()),
            Self::Text(text) => sized(sum, 8, text.as_bytes()),
            Self::Bytes(bytes) => sized(sum, 9, bytes),
        }
    }

    /// As a parameter of a statement. A decimal is told by its digits.
    pub(super) fn parameter(&self) -> Value {
        match self {
            Self::Null => Value::BigInt(None),
            Self::Int(number) => (*number).into(),
            Self::Bool(is) => (*is).into(),
            Self::Float(number) => (*number).into(),
            Self::Decimal(text) | Self::Text(text) => text.clone().into(),
            Self::Bytes(bytes) => bytes.clone().into(),
            Self::Uuid(uuid) => (*uuid).into(),
            // Without an offset, as the adapters write it (`entities/utc.rs`).
            Self::Time(time) => PrimitiveDateTime::new(time.date(), time.time()).into(),
            Self::Date(date) => (*date).into(),
        }
    }
}

/// For messages that name a row by its key.
impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::Uuid(uuid) => uuid.fmt(f),
            Self::Text(text) => text.fmt(f),
            _ => f.write_str("?"),
        }
    }
}

fn sized(sum: &mut Sha256, kind: u8, bytes: &[u8]) {
    sum.update([kind]);
    sum.update((bytes.len() as u64).to_be_bytes());
    sum.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(cells: &[Cell]) -> String {
        let mut sum = Sha256::new();
        for cell in cells {
            cell.digest(&mut sum);
        }
        format!("{:x?}", sum.finalize())
    }

    #[test]
    fn values_that_look_alike_have_different_sums() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let alike = [
            vec![Cell::Null],
            vec![text("")],
            vec![Cell::Int(0)],
            vec![Cell::Bool(false)],
            vec![text("a"), text("b")],
            vec![text("ab"), text("")],
            vec![text("a ")],
            vec![text("a")],
            vec![Cell::Bytes(b"a".to_vec())],
        ];
        let sums: std::collections::HashSet<_> = alike.iter().map(|cells| sum(cells)).collect();
        assert_eq!(sums.len(), alike.len());
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(sum(&[Cell::Float(-0.0)]), sum(&[Cell::Float(0.0)]));
    }
}
