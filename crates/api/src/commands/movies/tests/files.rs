//! The form of files: line breaks, quotation marks, headers.

use super::{GOOD, HEADER, rows};
use crate::commands::movies::columns::HeaderError;
use crate::commands::movies::csv_file::CsvFileError;

/// A row whose score tells whether it is good, and whose overview has a line break.
fn row(score: &str) -> String {
    GOOD.join(",")
        .replace(",85,", &format!(",{score},"))
        .replace("In space.", "\"In\nspace, \"\"quoted\"\".\"")
}

/// The lines of the bad rows.
fn bad_lines(file: &str) -> Vec<u64> {
    rows(file.as_bytes()).unwrap().into_iter().filter_map(Result::err).map(|bad| bad.line).collect()
}

#[test]
fn a_bad_row_is_named_by_the_line_that_it_begins_in() {
    let (good, bad) = (row("1"), row("bad"));
    let file = format!("{HEADER}\n{bad}\n{good}\n\n\n{bad}\n{bad}");
    assert_eq!(bad_lines(&file), [2, 8, 10]);
    assert_eq!(bad_lines(&file.replace('\n', "\r\n")), [2, 8, 10]);
    assert_eq!(bad_lines(&format!("\n\n{file}\n\n")), [4, 10, 12]);
    assert_eq!(bad_lines(&format!("{HEADER}\r\n{bad}\n{good}\r\n\n\r\n{bad}\n{bad}\r\n")), [2, 8, 10]);
}

#[test]
fn lines_longer_than_any_buffer_are_counted_once() {
    let long = row("1").replace("space", &"x".repeat(200_000));
    assert_eq!(bad_lines(&format!("{HEADER}\n{long}\n{}\n{long}\n{}\n", row("a"), row("b"))), [4, 8]);
}

#[test]
fn byte_order_mark_and_line_breaks_of_other_systems_change_nothing() {
    let file = format!("{HEADER}\n{}\n{}\n", GOOD.join(","), GOOD.join(",").replace("Alien", "Aliens"));
    let read = rows(file.as_bytes()).unwrap();
    assert!(read.len() == 2 && read.iter().all(Result::is_ok));
    assert_eq!(rows(format!("\u{feff}{file}").as_bytes()).unwrap(), read);
    assert_eq!(rows(file.replace('\n', "\r\n").as_bytes()).unwrap(), read);
    assert_eq!(rows(file.trim_end().as_bytes()).unwrap(), read);
    assert_eq!(rows(file.replace('\n', "\n\n").as_bytes()).unwrap(), read);
}

#[test]
fn quoted_commas_and_line_breaks_belong_to_their_cell() {
    let movie = rows(format!("{HEADER}\n{}\n", row("85")).as_bytes()).unwrap().remove(0).unwrap();
    assert_eq!(movie.facts.overview, "In\nspace, \"quoted\".");
}

#[test]
fn both_published_forms_make_the_same_movies() {
    let full = "names,date_x,score,genre,overview,crew,orig_title,status,orig_lang,budget_x,revenue,country\n\
        Creed III,03/02/2023 ,73.0,\"Drama,\u{a0}Action\",\"A, b.\",\"Michael B. Jordan, Adonis Creed\",Creed III, \
        Released, English,75000000.0,271616668.0,AU\n";
    let sample = "country,name,date,score,genre,overview,crew,status,orig_lang,budget,revenue,poster\n\
        AU,Creed III,2023-03-02,73,\"Drama,Action\",\"A, b.\",\"Michael B. Jordan,Adonis Creed\",Released,English,\
        75000000,271616668,none\n";
    let (full, sample) = (rows(full.as_bytes()).unwrap(), rows(sample.as_bytes()).unwrap());
    assert!(full[0].is_ok());
    assert_eq!(full, sample);
}

#[test]
fn a_file_without_rows_has_none() {
    assert!(rows(format!("{HEADER}\n").as_bytes()).unwrap().is_empty());
    assert!(rows(HEADER.as_bytes()).unwrap().is_empty());
}

#[test]
fn a_file_without_a_header_is_refused() {
    assert!(matches!(rows(b""), Err(CsvFileError::Empty)));
    assert!(matches!(rows(b"\n\r\n"), Err(CsvFileError::Empty)));
    assert!(matches!(rows(GOOD.join(",").as_bytes()), Err(CsvFileError::Header(HeaderError::Missing(_)))));
}

#[test]
fn a_quotation_mark_that_is_not_closed_does_not_fill_the_memory() {
    let file = format!("{HEADER}\n{}\n\"Alien\n{}", GOOD.join(","), "x\n".repeat(2_000_000));
    let error = rows(file.as_bytes()).unwrap_err().to_string();
    assert!(
        error.contains("the row is longer than 1048576 bytes; is a quotation mark not closed?"),
        "{error}"
    );
    assert!(error.starts_with("line "), "{error}");
}
