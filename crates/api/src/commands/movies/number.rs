//! A cell with a number.

use super::cell::Cell;
use super::cell_rule::CellRule;
use super::form::Form;
use super::row_fault::RowFault;

/// Reads a number, blanks around it or not. It may still be infinite, or none at all. A comma may stand before
/// the fraction where no comma separates the columns.
pub(super) fn number(cell: &Cell<'_>, form: &Form) -> Result<f64, RowFault> {
    let text = cell.text.trim();
    match text.parse() {
        Ok(number) => Ok(number),
        Err(_no_point) if form.decimal_comma() && !text.contains('.') => {
            text.replacen(',', ".", 1).parse().map_err(|_not_a_number| fault(cell))
        }
        Err(_not_a_number) => Err(fault(cell)),
    }
}

/// Reads an amount of money likewise. Three digits behind a mark may be thousands or a fraction: where nothing
/// tells which, the amount is refused.
pub(super) fn money(cell: &Cell<'_>, form: &Form) -> Result<f64, RowFault> {
    let grouped = |mark| is_one_group(cell.text.trim(), mark);
    if form.decimal_comma() && grouped(',') || form.separator == b';' && grouped('.') {
        return Err(cell.fault(CellRule::ThousandsOrFraction));
    }
    number(cell, form)
}

/// One to three digits, a mark, three digits. Nobody writes `0.123` for thousands.
fn is_one_group(text: &str, mark: char) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(mark).is_some_and(|(thousands, rest)| {
        matches!(thousands.len(), 1..=3)
            && rest.len() == 3
            && digits(thousands)
            && digits(rest)
            && !thousands.starts_with('0')
    })
}

/// What is not read in a number.
fn fault(cell: &Cell<'_>) -> RowFault {
    let text = cell.text.trim();
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    let marks = ['.', ',', '\'', ' ', '\u{a0}', '\u{202f}', '’'];
    let is_of_number =
        |letter: char| letter.is_ascii_digit() || "+-".contains(letter) || marks.contains(&letter);
    cell.fault(if digits && text.ends_with('%') {
        CellRule::Percent
    } else if digits && text.contains(['$', '€', '£', '¥', '₽', '₴', '₹', '₩', '฿', '₺', '¢', '₪'])
    {
        CellRule::Currency
    } else if digits && text.contains(marks) && text.chars().all(is_of_number) {
        CellRule::Marks
    } else {
        CellRule::Number
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Form = Form {
        encoding: encoding_rs::UTF_8,
        guessed: false,
        mark: 0,
        separator: b',',
        separator_line: false,
        dates: None,
    };
    const SEMICOLON: Form = Form { separator: b';', ..COMMA };
    const TAB: Form = Form { separator: b'\t', ..COMMA };

    fn cell(text: &str) -> Cell<'_> {
        Cell { column: "budget", text }
    }

    #[test]
    fn numbers_may_have_blanks_around() {
        assert_eq!(number(&cell(" 73.5\u{a0}"), &COMMA), Ok(73.5));
        assert_eq!(number(&cell("7.5E+07"), &COMMA), Ok(75_000_000.0));
    }

    #[test]
    fn a_comma_stands_before_the_fraction_where_it_does_not_separate_columns() {
        for form in [SEMICOLON, TAB] {
            for (text, value) in
                [("73,5", 73.5), ("73.5", 73.5), (" 75000000,0 ", 75_000_000.0), ("7,5E+07", 75_000_000.0)]
            {
                assert_eq!(number(&cell(text), &form), Ok(value), "{text}");
                assert_eq!(money(&cell(text), &form), Ok(value), "{text}");
            }
        }
    }

    #[test]
    fn money_that_may_be_thousands_or_a_fraction_is_refused() {
        for (text, form) in [("75,000", SEMICOLON), ("75.000", SEMICOLON), ("1,234", TAB)] {
            let said = money(&cell(text), &form).unwrap_err().to_string();
            assert!(
                said.starts_with(&format!("budget {text:?}: this may be thousands or a fraction")),
                "{said}"
            );
        }
        assert_eq!(money(&cell("75.000"), &COMMA), Ok(75.0));
        assert_eq!(money(&cell("0,125"), &SEMICOLON), Ok(0.125));
        assert_eq!(money(&cell("1234,567"), &SEMICOLON), Ok(1234.567));
        assert_eq!(number(&cell("8,125"), &SEMICOLON), Ok(8.125));
    }

    #[test]
    fn what_is_not_read_in_a_number_is_named() {
        for (text, form, rule) in [
            ("--1", COMMA, ""),
            ("1_000", COMMA, ""),
            ("None", COMMA, ""),
            ("$5", COMMA, "; write it without a currency"),
            ("5,00 €", SEMICOLON, "; write it without a currency"),
            ("73%", COMMA, "; write it without the percent sign"),
            ("1,5", COMMA, "; write it with a point before the fraction and without thousands separators"),
            ("5 0", COMMA, "; write it with a point before the fraction and without thousands separators"),
            (
                "1.234,5",
                SEMICOLON,
                "; write it with a point before the fraction and without thousands separators",
            ),
            (
                "1,2,3",
                SEMICOLON,
                "; write it with a point before the fraction and without thousands separators",
            ),
        ] {
            assert_eq!(
                number(&cell(text), &form).unwrap_err().to_string(),
                format!("budget {text:?}: this is not a number{rule}")
            );
        }
    }
}
