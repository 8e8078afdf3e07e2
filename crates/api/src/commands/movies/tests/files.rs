//! The form of files: line breaks, quotation marks, headers.

use super::{GOOD, HEADER, rows, told_rows};
use crate::commands::movies::columns::HeaderError;
use crate::commands::movies::csv_file::CsvFileError;
use crate::commands::movies::form::Told;

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
    assert_eq!(bad_lines(&file.replace('\n', "\r")), [2, 8, 10]);
    assert_eq!(bad_lines(&file.replace('\n', "\r\n").replace("\r\n\r\n", "\r\n,,,\r\n")), [2, 8, 10]);
    assert_eq!(bad_lines(&format!("sep=,\n{file}")), [3, 9, 11]);
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
    assert_eq!(rows(file.replace('\n', "\r").as_bytes()).unwrap(), read);
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

/// The rows of a file that has a good row and this text behind it.
fn good_and(rest: &str) -> usize {
    let rows = rows(format!("{HEADER}\n{}\n{rest}", GOOD.join(",")).as_bytes()).unwrap();
    assert!(rows.iter().all(Result::is_ok), "{:?}", rows.last());
    rows.len()
}

#[test]
fn rows_of_nothing_but_separators_do_not_count() {
    let good = GOOD.join(",");
    assert_eq!(good_and(",,,,,,,,,,,\n,,,,,,,,,,,\n"), 1);
    assert_eq!(good_and(&format!(",,,\n{good}\n \n\"\",\"\",\u{a0}\n{good}\n,,,,,,,,,,,,,,,")), 3);
    let file = format!(",,,\n{HEADER}\n,,,\n{good}\n");
    assert_eq!(rows(file.as_bytes()).unwrap().len(), 1);
    assert!(matches!(rows(b",,,\n,,,\n"), Err(CsvFileError::Empty)));
}

#[test]
fn a_file_with_more_than_a_mebibyte_of_blank_lines_is_read() {
    let good = GOOD.join(",");
    for blank in ["\n", "\r\n", "\r", " \n", ",,,,,,,,,,,\n"] {
        let blanks = blank.repeat(1_500_000 / blank.len());
        assert_eq!(good_and(&format!("{blanks}{good}\n{blanks}")), 2, "{blank:?}");
        assert_eq!(rows(format!("{blanks}{HEADER}\n{good}").as_bytes()).unwrap().len(), 1, "{blank:?}");
    }
}

#[test]
fn the_form_of_a_file_is_found_behind_blank_lines() {
    let good = GOOD.join(";").replace("In space.", "Été");
    for blank in ["\n", "\r\n", ";;;;;;;;;;;\r\n"] {
        let file = format!("{}{HEADER}\n", blank.repeat(1_500_000 / blank.len())).replace(',', ";");
        let file = format!("{file}{good}\n");
        for (name, bytes) in [
            ("UTF-8", file.clone().into_bytes()),
            ("UTF-16LE", file.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("UTF-16BE", format!("\u{feff}{file}").encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            let (form, rows) = told_rows(&bytes, Told::default()).unwrap();
            assert_eq!((form.encoding.name(), form.separator), (name, b';'), "{blank:?}");
            assert!(rows.len() == 1 && rows[0].is_ok(), "{blank:?} in {name}");
        }
    }
}

#[test]
fn blank_lines_in_a_cell_that_is_not_closed_are_a_row_without_end() {
    let file = format!("{HEADER}\n{}\n\n\"Alien{}", GOOD.join(","), "\n".repeat(2_000_000));
    let error = rows(file.as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("line 4: the row is longer than"), "{error}");
}

/// The good row with letters of many scripts.
fn abroad() -> String {
    GOOD.join(",").replace("In space.", "\"Été, žluťoučký; Иваново 七人の侍 𝄞\"")
}

#[test]
fn utf_16_is_read_with_and_without_a_byte_order_mark() {
    let file = format!("{HEADER}\r\n{}\r\n{}\r\n", abroad(), abroad().replace(",85,", ",x,"));
    let read = rows(file.as_bytes()).unwrap();
    assert!(read[0].is_ok());
    for (mark, name) in
        [("", "UTF-16LE"), ("\u{feff}", "UTF-16LE"), ("", "UTF-16BE"), ("\u{feff}", "UTF-16BE")]
    {
        let units = format!("{mark}{file}").encode_utf16().collect::<Vec<_>>();
        let bytes: Vec<u8> = match name {
            "UTF-16LE" => units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
            _ => units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        };
        let (form, other) = told_rows(&bytes, Told::default()).unwrap();
        assert_eq!((form.encoding.name(), other), (name, read.clone()));
    }
}

#[test]
fn what_is_no_utf_16_makes_its_row_bad() {
    let file = format!("{HEADER}\n{}\n{}\n", GOOD.join(","), GOOD.join(",").replace("In space.", "#"));
    let bytes: Vec<u8> = file
        .encode_utf16()
        .flat_map(|unit| {
            // A half of a pair.
            if unit == u16::from(b'#') { 0xd800_u16.to_le_bytes() } else { unit.to_le_bytes() }
        })
        .collect();
    let rows = rows(&bytes).unwrap();
    assert!(rows[0].is_ok());
    assert_eq!(rows[1].as_ref().unwrap_err().to_string(), "line 3: overview is not UTF-16LE");
}

#[test]
fn an_encoding_that_is_told_is_read() {
    let file = format!("{HEADER}\n{}\n", GOOD.join(",").replace("In space.", "caf#"));
    let mut bytes = file.into_bytes();
    let place = bytes.iter().position(|byte| *byte == b'#').unwrap();
    bytes[place] = 0x8e;
    assert!(matches!(rows(&bytes), Err(CsvFileError::Encoding(_))));
    let told = Told { encoding: Some("macintosh".parse().unwrap()), dates: None };
    let (form, rows) = told_rows(&bytes, told).unwrap();
    assert_eq!(rows[0].as_ref().unwrap().facts.overview, "café");
    assert!(!form.guessed);
}

#[test]
fn letters_far_down_in_a_file_tell_its_encoding() {
    let good = GOOD.join(",");
    let mut file = format!("{HEADER}\n{}", format!("{good}\n").repeat(5_000)).into_bytes();
    file.extend_from_slice(good.replace("In space.", "un caf").as_bytes());
    let place = file.windows(3).rposition(|three| three == b"caf").unwrap() + 3;
    file.insert(place, 0xe9);
    let (form, rows) = told_rows(&file, Told::default()).unwrap();
    assert_eq!(form.encoding.name(), "windows-1252");
    assert_eq!(rows[5_000].as_ref().unwrap().facts.overview, "un café");
}
