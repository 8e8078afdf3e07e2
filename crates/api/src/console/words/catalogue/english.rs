//! The words of the pages of movies in English.

use vestibule_domain::catalogue::MovieStatus;

use super::CatalogueWords;
use crate::commands::movies::{CsvFileError, RowFault};
use crate::console::catalogue::{FileFault, Step, UploadEnd};

pub(in crate::console::words) const WORDS: CatalogueWords = CatalogueWords {
    title: "Catalogue",
    no_movies: "There are no movies here.",
    name: "Name",
    date: "Release",
    score: "Score",
    overview: "Summary",
    status: "Status",
    budget: "Budget",
    revenue: "Revenue",
    country: "Country",
    genres: "Genres",
    actors: "Actors",
    languages: "Languages",
    edit: "Edit",
    save: "Save",
    back: "Back to the catalogue",
    bad_name: "A name has at most 255 characters.",
    bad_date: "This is no day such as 2026-11-20, or of a year after the next one.",
    bad_score: "A score is a number from 0 to 100.",
    bad_status: "There is no such status.",
    bad_amount: "An amount is not negative and has at most 13 digits before the point.",
    bad_revenue: "A revenue is a number that is not negative.",
    exists: "Another movie has this name and release.",
    changed_meanwhile: "Somebody changed the movie since you opened this form. Nothing was saved.",
    open_again: "Open the movie as it is now",
    upload_title: "Upload movies",
    upload_hint: "A CSV file whose first line names the columns. Movies that are in the catalogue are passed over, so \
                  that the same file once more adds only what is missing.",
    place_hint: "The import goes on when you leave this page. Only this server knows how far it is: where there are \
                 several, the others show nothing of it. A server that stops ends the import after the rows that are \
                 being added and forgets how far it was; then upload the file again.",
    file: "File",
    largest: "At most, in KiB:",
    dates: "How to read dates such as 03/02/2001",
    dates_unsaid: "month first, and not at all if one of them is day-first",
    dates_day_first: "day first",
    dates_month_first: "month first",
    encoding: "Encoding, such as windows-1250 (where empty it is found out)",
    skip_bad: "Leave out rows that are bad. Otherwise one bad row means that nothing is imported.",
    upload: "Upload",
    choose_file: "Choose a file.",
    bad_encoding: "No encoding of this name is known.",
    last_upload: "The latest upload",
    receiving: "A file is being received.",
    waiting: "waiting",
    by: "By",
    read: "Read",
    rows: "Rows",
    added: "Added",
    known: "Known already",
    bad: "Refused",
    bad_rows: "Refused rows",
    line: "Line",
    fault: "Why",
    more_bad: "More refused rows, not listed:",
    reload: "The page reloads by itself.",
    reload_off: "Stop that",
    reload_on: "Reload by itself",
    status_of,
    step,
    upload_end,
    row_fault,
    file_fault,
};

fn status_of(status: MovieStatus) -> &'static str {
    match status {
        MovieStatus::Released => "released",
        MovieStatus::PostProduction => "in post-production",
        MovieStatus::InProduction => "in production",
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Check => "checking all rows",
        Step::Import => "adding movies",
    }
}

fn upload_end(end: &UploadEnd) -> &'static str {
    match end {
        UploadEnd::Done => "The file is imported.",
        UploadEnd::BadRows => "Some rows are bad, so nothing was imported.",
        UploadEnd::NothingGood => "All rows are bad, so nothing was imported.",
        UploadEnd::AmbiguousDates { .. } => {
            "A date is day-first, so it is not certain how the others are meant, and nothing was imported. Say how to \
             read them. It stands in the line"
        }
        UploadEnd::Encoding => {
            "The encoding of the file is not certain, and nothing was imported. Say what it is, or convert the file to \
             UTF-8."
        }
        UploadEnd::File(_) => "The file cannot be read as a table of movies:",
        UploadEnd::Stopped => {
            "The server stopped before the end. Upload the file again: what is missing is added."
        }
        UploadEnd::Broken => {
            "Something failed before the end. Upload the file again: what is missing is added. The log of the server \
             says more."
        }
    }
}

/// In the words of the command.
fn row_fault(fault: &RowFault) -> String {
    fault.to_string()
}

fn file_fault(fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => CsvFileError::Empty.to_string(),
        FileFault::Kind(fault) => fault.to_string(),
        FileFault::Separator(fault) => fault.to_string(),
        FileFault::Quoting(fault) => fault.to_string(),
        FileFault::Header(fault) => fault.to_string(),
    }
}
