//! The rules that a cell can break.

use vestibule_domain::catalogue::{
    InvalidAmount, InvalidCountryCode, InvalidName, InvalidScore, UnknownStatus,
};

/// A rule that a cell breaks. The texts are those of the command; the console has its own in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say it")]
pub enum CellRule {
    #[error("this is not a date of the form YYYY-MM-DD or {}", if *day_first { "DD/MM/YYYY" } else { "MM/DD/YYYY" })]
    Date { day_first: bool },
    #[error("the year has two digits, which do not say the century")]
    TwoDigitYear,
    #[error("this is a date with a time of day; write the date alone")]
    TimeOfDay,
    #[error("this is the number that a spreadsheet has for a date; write it as YYYY-MM-DD")]
    DayNumber,
    #[error("the year is at most {latest}")]
    Year { latest: i32 },
    #[error("this is not a number")]
    Number,
    #[error("this is not a number; write it without the percent sign")]
    Percent,
    #[error("this is not a number; write it without a currency")]
    Currency,
    #[error(
        "this is not a number; write it with a point before the fraction and without thousands separators"
    )]
    Marks,
    #[error(
        "this may be thousands or a fraction; write the number without thousands separators, and with two digits \
         behind the comma or with none"
    )]
    ThousandsOrFraction,
    #[error("a revenue is a finite number and not negative")]
    Revenue,
    #[error("an overview has no NUL character")]
    NulInOverview,
    #[error(transparent)]
    Name(#[from] InvalidName),
    #[error(transparent)]
    Score(#[from] InvalidScore),
    #[error(transparent)]
    Status(#[from] UnknownStatus),
    #[error(transparent)]
    Amount(#[from] InvalidAmount),
    #[error(transparent)]
    Country(#[from] InvalidCountryCode),
}
