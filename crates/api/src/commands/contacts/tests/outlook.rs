//! Tables as Outlook writes them.

use super::super::import::{BookError, of_text};
use super::super::person::Reading;
use super::{lines, said};
use crate::commands::movies::DateOrder;

const HEADER: &str = "\"Title\",\"First Name\",\"Middle Name\",\"Last Name\",\"Suffix\",\"Company\",\"Business Fax\",\
                      \"Business Phone\",\"Home Phone\",\"Mobile Phone\",\"Birthday\",\"E-mail Address\",\"E-mail Type\",\
                      \"E-mail 2 Address\",\"Gender\",\"Notes\",\"Priority\",\"Private\",\"Sensitivity\"\r\n";

fn row(name: &str, birthday: &str) -> String {
    format!(
        "\"\",\"{name}\",\"\",\"Example\",\"\",\"\",\"\",\"+1 555 0102\",\"\",\"+1 555 0101\",\"{birthday}\",\
         \"{name}@example.com\",\"SMTP\",\"\",\"Unspecified\",\"\",\"Normal\",\"False\",\"Normal\"\r\n"
    )
}

#[test]
fn dates_are_month_first_and_those_that_stand_for_none_are_none() {
    let text = [HEADER, &row("ada", "5/6/1990"), &row("bob", "1/1/4501"), &row("eve", "0/0/00")].concat();
    assert_eq!(
        lines(&text),
        [
            "ada Example | ada@example.com | 15550101 | 1990-05-06 | Phone: +1 555 0102 | -",
            "bob Example | bob@example.com | 15550101 | - | Phone: +1 555 0102 | -",
            "eve Example | eve@example.com | 15550101 | - | Phone: +1 555 0102 | -",
        ]
    );
    assert!(of_text(&text, Reading::default()).unwrap().behind.is_empty());
}

#[test]
fn a_file_with_a_day_first_date_is_refused_until_somebody_says_how_dates_are_meant() {
    let text = [HEADER, &row("ada", "5/6/1990"), &row("bob", "25/4/1990")].concat();
    let refused = of_text(&text, Reading::default()).unwrap_err();
    assert!(matches!(refused, BookError::AmbiguousDates { line: 3, .. }), "{refused}");
    let book = of_text(&text, Reading { dates: Some(DateOrder::Dmy) }).unwrap();
    assert!(said(&book.contacts[0]).contains("| 1990-06-05 |"));
    assert!(said(&book.contacts[1]).contains("| 1990-04-25 |"));
}

#[test]
fn a_table_that_names_nobody_is_refused() {
    let refused = of_text("names,date_x\nHeat,1995-12-15\n", Reading::default()).unwrap_err();
    assert!(refused.to_string().starts_with("this is neither a file of vCards nor a table"), "{refused}");
}

#[test]
fn semicolons_and_a_line_for_spreadsheets_are_understood() {
    let text = "sep=;\r\nFirst Name;Last Name;E-mail Address\r\nAda;Example;ada@example.com\r\n";
    assert_eq!(lines(text), ["Ada Example | ada@example.com | - | - | - | -"]);
}

#[test]
fn bad_rows_are_told_by_their_lines_however_lines_end() {
    let text = "sep=,\r\nfullname,email,birthday\r\nAda,ada@example.com,\"1990-05-06\"\r\n\r\n\
                \"Bob\r\nBuilder\",,\r\n,x,\r\nEve,,someday\r\nZoe,\r\n";
    for text in [text.to_owned(), text.replace("\r\n", "\n")] {
        let book = of_text(&text, Reading::default()).unwrap();
        let said: Vec<String> = book.bad.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "line 7: fullname: it is missing",
                "line 8: birthday: this is not a date of the form YYYY-MM-DD",
                "line 9: it has 2 cells, and the first line 3",
            ]
        );
        assert_eq!((book.entries, book.contacts.len()), (5, 2));
    }
}
