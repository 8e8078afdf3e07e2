//! What a key may hold. The error of each expectation says what is allowed. It never names the given value, which may
//! be a secret.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::time::Duration;

use config::{Value, ValueKind};

use crate::choice::Choice;
use crate::units;
use crate::variables;

/// A value as it was given.
pub struct Raw<'v> {
    kind: &'v ValueKind,
    /// Text that may stand for another type, because variables have no types.
    from_variable: bool,
}

impl<'v> Raw<'v> {
    pub(crate) fn new(value: &'v Value) -> Self {
        Self { kind: &value.kind, from_variable: value.origin().is_some_and(variables::is_variable) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.kind, ValueKind::String(text) if text.is_empty())
    }

    fn text(&self) -> Option<&'v str> {
        if let ValueKind::String(text) = self.kind { Some(text) } else { None }
    }

    fn variable(&self) -> Option<&'v str> {
        self.text().filter(|_| self.from_variable)
    }

    fn whole_number(&self) -> Option<i64> {
        match self.kind {
            ValueKind::I64(number) => Some(*number),
            _ => self.variable()?.trim().parse().ok(),
        }
    }
}

/// `true` or `false`.
pub fn flag(raw: &Raw<'_>) -> Result<bool, String> {
    match (raw.kind, raw.variable()) {
        (ValueKind::Boolean(flag), _) => Ok(*flag),
        (_, Some("true")) => Ok(true),
        (_, Some("false")) => Ok(false),
        _ => Err("must be true or false".to_owned()),
    }
}

/// A whole number in a range.
pub fn number<N>(range: RangeInclusive<N>) -> impl FnOnce(&Raw<'_>) -> Result<N, String>
where
    N: TryFrom<i64> + PartialOrd + Display,
{
    move |raw| {
        let number = raw.whole_number().and_then(|number| N::try_from(number).ok());
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| format!("must be a whole number from {} to {}", range.start(), range.end()))
    }
}

/// Text that is not empty.
pub fn text(raw: &Raw<'_>) -> Result<String, String> {
    raw.text()
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
        .ok_or_else(|| "must be text, and not empty".to_owned())
}

/// Text that a function of the caller reads.
pub fn parsed<T>(
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> impl FnOnce(&Raw<'_>) -> Result<T, String> {
    |raw| parse(&text(raw)?)
}

/// One of a few words.
pub(crate) fn choice<C: Choice>(raw: &Raw<'_>) -> Result<C, String> {
    let given = raw.text();
    C::ALL.iter().copied().find(|choice| given == Some(choice.word())).ok_or_else(|| {
        let words: Vec<String> = C::ALL.iter().map(|choice| format!("\"{}\"", choice.word())).collect();
        format!("must be one of {}", words.join(", "))
    })
}

/// A length of time, longer than zero.
pub fn duration(raw: &Raw<'_>) -> Result<Duration, String> {
    units::duration(raw.text().unwrap_or_default())
}

/// A length of time of at least this, or `never`.
pub fn duration_or_never(shortest: Duration) -> impl FnOnce(&Raw<'_>) -> Result<Option<Duration>, String> {
    move |raw| {
        if raw.text() == Some("never") {
            return Ok(None);
        }
        duration_from(shortest)(raw).map(Some).map_err(|why| format!("{why}, or \"never\""))
    }
}

/// A length of time of at least this, none at all (`0`), or `never`.
pub fn duration_zero_or_never(
    shortest: Duration,
) -> impl FnOnce(&Raw<'_>) -> Result<Option<Duration>, String> {
    move |raw| {
        if raw.whole_number() == Some(0) || raw.text().is_some_and(units::is_no_time) {
            return Ok(Some(Duration::ZERO));
        }
        duration_or_never(shortest)(raw).map_err(|why| format!("{why}, or \"0\""))
    }
}

/// A length of time of at least this.
pub fn duration_from(shortest: Duration) -> impl FnOnce(&Raw<'_>) -> Result<Duration, String> {
    move |raw| {
        let given = duration(raw)?;
        let too_short = || format!("must not be shorter than {}", units::show_duration(shortest));
        (given >= shortest).then_some(given).ok_or_else(too_short)
    }
}

/// A length of time in a range.
pub fn duration_within(range: RangeInclusive<Duration>) -> impl FnOnce(&Raw<'_>) -> Result<Duration, String> {
    move |raw| {
        let given = duration(raw)?;
        let (least, most) = (units::show_duration(*range.start()), units::show_duration(*range.end()));
        range.contains(&given).then_some(given).ok_or_else(|| format!("must be from {least} to {most}"))
    }
}

/// A length of time, longer than zero and at most this.
pub fn duration_to(longest: Duration) -> impl FnOnce(&Raw<'_>) -> Result<Duration, String> {
    move |raw| {
        let given = duration(raw)?;
        let too_long = || format!("must not be longer than {}", units::show_duration(longest));
        (given <= longest).then_some(given).ok_or_else(too_long)
    }
}

/// A number of bytes in a range.
pub fn size(range: RangeInclusive<usize>) -> impl FnOnce(&Raw<'_>) -> Result<usize, String> {
    move |raw| {
        let bytes = match raw.kind {
            ValueKind::I64(number) => u64::try_from(*number).ok(),
            _ => raw.text().and_then(units::size),
        };
        bytes.and_then(|bytes| usize::try_from(bytes).ok()).filter(|bytes| range.contains(bytes)).ok_or_else(
            || {
                let (least, most) = (units::show_size(*range.start()), units::show_size(*range.end()));
                format!(
                    "must be a size from {least} to {most}, such as \"256KiB\", \"5MiB\" or \"1024\" (bytes)"
                )
            },
        )
    }
}

/// A list of text; from a variable, separated by commas.
pub fn list<T>(
    mut parse: impl FnMut(&str) -> Result<T, String>,
) -> impl FnOnce(&Raw<'_>) -> Result<Vec<T>, String> {
    move |raw| {
        let items: Option<Vec<&str>> = match (raw.kind, raw.variable()) {
            (ValueKind::Array(items), _) => items
                .iter()
                .map(|item| if let ValueKind::String(text) = &item.kind { Some(text.as_str()) } else { None })
                .collect(),
            (_, Some(text)) if text.trim().is_empty() => Some(Vec::new()),
            (_, Some(text)) => Some(text.split(',').map(str::trim).collect()),
            _ => None,
        };
        let items = items.ok_or_else(|| "must be a list of text".to_owned())?;
        let parsed = items.into_iter().enumerate();
        parsed.map(|(at, item)| parse(item).map_err(|why| format!("entry {}: {why}", at + 1))).collect()
    }
}
