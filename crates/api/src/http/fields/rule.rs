use std::fmt::Display;

use serde_json::Value;

use super::item::{Item, LocPart};
use super::{Fault, reader, secrecy};

/// A value as the request has it.
#[derive(Debug, Clone, Copy)]
pub enum Given<'r> {
    /// From a JSON body, with a type.
    Json(&'r Value),
    /// From a path, a query or a form, which know text alone.
    Text(&'r str),
}

impl<'r> Given<'r> {
    /// The text, if the value is one.
    pub fn as_text(self) -> Option<&'r str> {
        match self {
            Self::Json(value) => value.as_str(),
            Self::Text(text) => Some(text),
        }
    }

    fn echo(self) -> Value {
        match self {
            Self::Json(value) => value.clone(),
            Self::Text(text) => Value::from(text),
        }
    }
}

/// How one field is read and judged.
pub trait Rule {
    /// What a good value becomes.
    type Output;

    /// Reads a value, or tells the report what is wrong with it and answers `None`.
    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<Self::Output>;

    /// Whether the value is a password or token, of which no text is echoed.
    fn is_secret(&self) -> bool {
        false
    }

    /// Adds a rule of the application's own; its text becomes `Value error, <text>`.
    fn check<T, E: Display>(self, check: impl Fn(Self::Output) -> Result<T, E>) -> impl Rule<Output = T>
    where
        Self: Sized,
    {
        self.refine(move |value| check(value).map_err(Fault::rule))
    }

    /// Adds a rule that names its fault itself.
    fn refine<T>(self, refine: impl Fn(Self::Output) -> Result<T, Fault>) -> impl Rule<Output = T>
    where
        Self: Sized,
    {
        Refined { rule: self, refine }
    }
}

struct Refined<R, F> {
    rule: R,
    refine: F,
}

impl<R: Rule, T, F: Fn(R::Output) -> Result<T, Fault>> Rule for Refined<R, F> {
    type Output = T;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<T> {
        let value = self.rule.read(given, report)?;
        (self.refine)(value).map_err(|fault| report.refuse(given, fault)).ok()
    }

    fn is_secret(&self) -> bool {
        self.rule.is_secret()
    }
}

/// Where a rule says what is wrong: it knows the place of the value and whether it may be shown.
pub struct Report<'f> {
    items: &'f mut Vec<Item>,
    loc: Vec<LocPart>,
    is_secret: bool,
}

impl<'f> Report<'f> {
    pub(super) fn new(items: &'f mut Vec<Item>, loc: Vec<LocPart>, is_secret: bool) -> Self {
        Self { items, loc, is_secret }
    }

    /// Notes a fault of the value.
    pub fn refuse(&mut self, given: Given<'_>, fault: Fault) {
        if self.items.len() < reader::MOST_ITEMS {
            let input = if self.is_secret { secrecy::masked(given.echo()) } else { given.echo() };
            self.items.push(Item { fault, loc: self.loc.clone(), input, first_field: None });
        }
    }

    /// Runs `read`, whose faults are noted under this place in the list.
    pub(super) fn at<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.loc.push(LocPart::Index(index));
        let outcome = read(self);
        self.loc.pop();
        outcome
    }
}
