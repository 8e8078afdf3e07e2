//! Files in the forms that programs write.

use std::error::Error as _;

use vestibule::commands::movies::{DateOrder, MovieImportError, Step};
use vestibule_tests::TestApp;

use crate::import_report::{CsvFixture, HEADER, listed, row};

/// A file whose columns are separated by something else.
fn separated(separator: &str, rows: &[String]) -> CsvFixture {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let (quoted, plain) = ("\"Sigourney Weaver, Ian Holm\"", "#");
    CsvFixture::new(text.replace(quoted, plain).replace(',', separator).replace(plain, quoted))
}

#[tokio::test]
async fn the_separator_and_the_encoding_are_named_in_the_summary() {
    let app = TestApp::on_sqlite().start().await;
    for (separator, name) in [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")] {
        let file = separated(separator, &[row(name, "1979-05-25")]);
        let summary = file.import(&app).await.0.unwrap();
        assert_eq!(summary.added, 1, "{name}");
        let said = summary.to_string();
        assert!(
            said.contains(&format!("encoding       UTF-8\nseparator      {name}\nslashed dates")),
            "{said}"
        );
    }
    let text = format!("{HEADER}\n{}", row("Café", "1979-05-25"));
    let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let said = CsvFixture::new(bytes).import(&app).await.0.unwrap().to_string();
    assert!(said.contains("encoding       windows-1252 (inferred from the text)"), "{said}");
    let detail = app.get("/api/v1/theater/movies/5/").await.json();
    assert_eq!(detail["name"], "Café");
}

#[tokio::test]
async fn a_file_whose_slashed_dates_are_not_all_month_first_is_refused() {
    let app = TestApp::on_sqlite().start().await;
    // The row with the date is bad for another reason too.
    let rows = [row("Alien", "03/02/1979"), row("", "soon"), row("", "25/04/1986")];
    let file = CsvFixture::with_rows(&rows);
    for (outcome, reported) in [file.import(&app).await, file.import_good_rows(&app).await] {
        let error = outcome.unwrap_err();
        assert!(matches!(error, MovieImportError::AmbiguousDates { line: 4, .. }), "{error}");
        assert!(error.to_string().starts_with("line 4 has the date \"25/04/1986\", so not all"), "{error}");
        assert_eq!(reported.steps, [Step::Check]);
        assert_eq!(listed(&app).await, 0);
    }
}

#[tokio::test]
async fn dates_that_may_be_in_either_order_are_read_month_first_and_the_summary_says_so() {
    let app = TestApp::on_sqlite().start().await;
    let file = CsvFixture::with_rows(&[row("Alien", "01/02/1979"), row("Aliens", "11/12/1986")]);
    let summary = file.import_good_rows(&app).await.0.unwrap();
    assert_eq!((summary.added, summary.bad), (2, 0));
    assert!(summary.to_string().ends_with("slashed dates  month first (the default)"), "{summary}");
    for (id, date) in [(1, "1979-01-02"), (2, "1986-11-12")] {
        let detail = app.get(&format!("/api/v1/theater/movies/{id}/")).await.json();
        assert_eq!(detail["date"], date);
    }
}

#[tokio::test]
async fn slashed_dates_are_read_in_the_order_that_is_told() {
    for (order, dates, added) in
        [(DateOrder::Dmy, ["1979-02-03", "1986-04-25"], 2), (DateOrder::Mdy, ["1979-03-02", ""], 1)]
    {
        let app = TestApp::on_sqlite().start().await;
        let file = CsvFixture::with_rows(&[row("Alien", "03/02/1979"), row("Aliens", "25/04/1986")]);
        let (outcome, reported) = file.import_dated(&app, true, order).await;
        let summary = outcome.unwrap();
        assert_eq!((summary.added, summary.bad), (added, 2 - added));
        assert_eq!(reported.steps, [Step::Import]);
        let said = if order == DateOrder::Dmy { "day first" } else { "month first" };
        assert!(summary.to_string().ends_with(&format!("slashed dates  {said}")));
        for (id, date) in (1..).zip(dates).take(usize::try_from(added).unwrap()) {
            let detail = app.get(&format!("/api/v1/theater/movies/{id}/")).await.json();
            assert_eq!(detail["date"], date);
        }
    }
}

#[tokio::test]
async fn what_is_no_table_is_refused_by_its_name() {
    let app = TestApp::on_sqlite().start().await;
    for (contents, said) in [
        (&b"PK\x03\x04....[Content_Types].xml"[..], "this is an Excel workbook (.xlsx)"),
        (b"\x1f\x8b\x08", "this file is compressed (gzip)"),
        (b"<!DOCTYPE html><table>", "this is an HTML page"),
        (b"[{}]", "this is a JSON document"),
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"sep=;\n", "the file is empty"),
        (b"sep=abc\n", "the first line is sep=abc, and this cannot separate columns"),
    ] {
        for skip_bad in [false, true] {
            let file = CsvFixture::new(contents);
            let (outcome, _) =
                if skip_bad { file.import_good_rows(&app).await } else { file.import(&app).await };
            // Of a file with good columns the rows before a place that cannot be read count; here are none.
            let error = outcome.unwrap_err();
            assert!(matches!(error, MovieImportError::File { added: 0, .. }), "{error}");
            let cause = error.source().unwrap().to_string();
            assert!(cause.starts_with(said), "{cause}");
        }
    }
}
