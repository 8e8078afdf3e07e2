//! Reading files of movies, and making them.

mod cleaning;
mod exported_rows;
mod exports;
mod faults;
mod files;
mod hostile;
mod round_trip;
mod synthetic;

use vestibule_domain::catalogue::NewMovie;

use super::csv_file::{CsvFile, CsvFileError};
use super::form::{Form, Told, look};
use super::row::Rules;
use super::row_fault::BadRow;

/// The first line of the files of these tests.
const HEADER: &str = "name,date,score,genre,overview,crew,orig_title,status,orig_lang,budget,revenue,country";

/// The cells of a good row.
const GOOD: [&str; 12] = [
    "Alien",
    "1979-05-25",
    "85",
    "Horror",
    "In space.",
    "Sigourney Weaver",
    "Alien",
    "Released",
    "English",
    "11000000",
    "106285522",
    "US",
];

/// All rows of a file.
fn rows(file: &[u8]) -> Result<Vec<Result<NewMovie, BadRow>>, CsvFileError> {
    told_rows(file, Told::default()).map(|(_, rows)| rows)
}

/// The form and all rows of a file of which something is told.
fn told_rows(file: &[u8], told: Told) -> Result<(Form, Vec<Result<NewMovie, BadRow>>), CsvFileError> {
    let form = look(file, &told)?;
    let mut file = CsvFile::open(file, Rules { form, latest_year: 2027 })?;
    let mut rows = Vec::new();
    while let Some(row) = file.next_row()? {
        rows.push(row);
    }
    Ok((form, rows))
}

/// The good row, but for one column.
fn row_with(column: &str, cell: &str) -> Result<NewMovie, BadRow> {
    let place = HEADER.split(',').position(|name| name == column).unwrap();
    let mut cells = GOOD;
    cells[place] = cell;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER.split(',')).unwrap();
    writer.write_record(cells).unwrap();
    rows(&writer.into_inner().unwrap()).unwrap().remove(0)
}

/// Names of one kind, as text.
fn texts(names: &[vestibule_domain::catalogue::Name]) -> Vec<&str> {
    names.iter().map(vestibule_domain::catalogue::Name::as_str).collect()
}
