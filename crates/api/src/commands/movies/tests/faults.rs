//! What is said of bad rows.

use super::{GOOD, HEADER, row_with, rows};
use crate::commands::movies::row_fault::RowFault;

/// What is said of a row that differs from the good one in this cell.
fn said(column: &str, cell: &str) -> String {
    row_with(column, cell).unwrap_err().to_string()
}

#[test]
fn cells_that_must_say_something_are_named() {
    for column in ["name", "date", "score", "status"] {
        for blank in ["", " \u{a0} "] {
            assert_eq!(said(column, blank), format!("line 2: {column} is missing"));
        }
    }
}

#[test]
fn a_status_that_is_not_published_is_named() {
    for word in ["Unknown", "released", "Rumored"] {
        assert_eq!(
            said("status", word),
            format!("line 2: status {word:?}: a status is Released, Post Production or In Production")
        );
    }
}

#[test]
fn numbers_out_of_range_are_named() {
    for (column, number, rule) in [
        ("score", "100.1", "a score is a number from 0 to 100"),
        ("score", "-1", "a score is a number from 0 to 100"),
        ("score", "NaN", "a score is a number from 0 to 100"),
        ("score", "good", "this is not a number"),
        ("budget", "-1", "an amount is not negative and has at most 13 digits before the point"),
        ("budget", "10000000000000", "an amount is not negative and has at most 13 digits before the point"),
        ("budget", "$5", "this is not a number; write it without a currency"),
        ("revenue", "-0.5", "a revenue is a finite number and not negative"),
        ("revenue", "inf", "a revenue is a finite number and not negative"),
    ] {
        assert_eq!(said(column, number), format!("line 2: {column} {number:?}: {rule}"));
    }
}

#[test]
fn texts_that_no_store_keeps_are_named() {
    assert_eq!(said("name", "a\0"), r#"line 2: name "a\0": a name has no NUL character"#);
    assert_eq!(said("overview", "\0"), r#"line 2: overview "\0": an overview has no NUL character"#);
    assert_eq!(said("crew", "Ada, B\0"), r#"line 2: crew "B\0": a name has no NUL character"#);
    assert_eq!(said("country", "USSR"), r#"line 2: country "USSR": a country code has at most 3 characters"#);
}

#[test]
fn of_long_cells_the_beginning_is_repeated() {
    let name = "é".repeat(256);
    let said = said("name", &name);
    assert_eq!(said, format!("line 2: name \"{}…\": a name has at most 255 characters", "é".repeat(40)));
    assert!(row_with("name", &"é".repeat(255)).is_ok());
}

#[test]
fn control_characters_are_not_sent_to_the_terminal() {
    assert_eq!(
        said("date", "\u{1b}[2J"),
        r#"line 2: date "\u{1b}[2J": this is not a date of the form YYYY-MM-DD or MM/DD/YYYY"#
    );
}

#[test]
fn a_row_with_other_columns_than_the_header_is_bad() {
    let good = GOOD.join(",");
    let file = format!("{HEADER}\n{good},more\nAlien,1979-05-25\n{good}\n");
    let rows = rows(file.as_bytes()).unwrap();
    let faults: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "line 2: the row has another number of columns (13) than the header (12)",
            "line 3: the row has another number of columns (2) than the header (12)"
        ]
    );
    assert!(rows[2].is_ok());
}

#[test]
fn bytes_that_are_no_text_are_named_and_the_next_row_is_read() {
    let good = GOOD.join(",").replace("Sigourney Weaver", "Zoë Été");
    let mut file = format!("{HEADER}\n").into_bytes();
    file.extend_from_slice(good.replace("In space.", "caf").as_bytes());
    let place = file.windows(3).rposition(|window| window == b"caf").unwrap();
    file[place] = 0xe9;
    file.extend_from_slice(format!("\n{good}\n").as_bytes());
    let rows = rows(&file).unwrap();
    assert_eq!(
        rows[0].as_ref().unwrap_err().fault,
        RowFault::Encoding { column: "overview", encoding: "UTF-8" }
    );
    assert!(rows[1].is_ok());
}
