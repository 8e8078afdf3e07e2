//! The words of the pages of movies.

pub(super) mod english;
pub(super) mod french;
mod french_faults;

use vestibule_domain::catalogue::MovieStatus;

use crate::commands::movies::RowFault;
use crate::console::catalogue::{FileFault, Step, UploadEnd};

/// What the pages of movies say in one language.
pub(in crate::console) struct CatalogueWords {
    pub(in crate::console) title: &'static str,
    pub(in crate::console) no_movies: &'static str,
    pub(in crate::console) name: &'static str,
    pub(in crate::console) date: &'static str,
    pub(in crate::console) score: &'static str,
    pub(in crate::console) overview: &'static str,
    pub(in crate::console) status: &'static str,
    pub(in crate::console) budget: &'static str,
    pub(in crate::console) revenue: &'static str,
    pub(in crate::console) country: &'static str,
    pub(in crate::console) genres: &'static str,
    pub(in crate::console) actors: &'static str,
    pub(in crate::console) languages: &'static str,
    pub(in crate::console) edit: &'static str,
    pub(in crate::console) save: &'static str,
    pub(in crate::console) back: &'static str,
    pub(in crate::console) bad_name: &'static str,
    pub(in crate::console) bad_date: &'static str,
    pub(in crate::console) bad_score: &'static str,
    pub(in crate::console) bad_status: &'static str,
    pub(in crate::console) bad_amount: &'static str,
    pub(in crate::console) bad_revenue: &'static str,
    pub(in crate::console) exists: &'static str,
    pub(in crate::console) changed_meanwhile: &'static str,
    /// Leads to the page without the form that was refused.
    pub(in crate::console) open_again: &'static str,
    pub(in crate::console) upload_title: &'static str,
    pub(in crate::console) upload_hint: &'static str,
    pub(in crate::console) place_hint: &'static str,
    pub(in crate::console) file: &'static str,
    /// Followed by a number of KiB.
    pub(in crate::console) largest: &'static str,
    pub(in crate::console) dates: &'static str,
    pub(in crate::console) dates_unsaid: &'static str,
    pub(in crate::console) dates_day_first: &'static str,
    pub(in crate::console) dates_month_first: &'static str,
    pub(in crate::console) encoding: &'static str,
    pub(in crate::console) skip_bad: &'static str,
    pub(in crate::console) upload: &'static str,
    pub(in crate::console) choose_file: &'static str,
    pub(in crate::console) bad_encoding: &'static str,
    pub(in crate::console) last_upload: &'static str,
    pub(in crate::console) receiving: &'static str,
    pub(in crate::console) waiting: &'static str,
    pub(in crate::console) by: &'static str,
    pub(in crate::console) read: &'static str,
    pub(in crate::console) rows: &'static str,
    pub(in crate::console) added: &'static str,
    pub(in crate::console) known: &'static str,
    pub(in crate::console) bad: &'static str,
    pub(in crate::console) bad_rows: &'static str,
    pub(in crate::console) line: &'static str,
    pub(in crate::console) fault: &'static str,
    pub(in crate::console) more_bad: &'static str,
    pub(in crate::console) reload: &'static str,
    pub(in crate::console) reload_off: &'static str,
    pub(in crate::console) reload_on: &'static str,
    pub(in crate::console) status_of: fn(MovieStatus) -> &'static str,
    pub(in crate::console) step: fn(Step) -> &'static str,
    pub(in crate::console) upload_end: fn(&UploadEnd) -> &'static str,
    /// What is wrong with a row.
    pub(in crate::console) row_fault: fn(&RowFault) -> String,
    /// What is wrong with a file.
    pub(in crate::console) file_fault: fn(&FileFault) -> String,
}
