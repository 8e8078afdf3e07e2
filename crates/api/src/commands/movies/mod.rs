//! `vestibule movies`.

mod batches;
mod cell;
mod cell_rule;
mod columns;
mod csv_file;
mod date;
mod export;
mod form;
mod generate;
mod import;
mod lanes;
mod line_by_line;
mod movie_file;
mod number;
mod report;
mod row;
mod row_fault;
mod row_of_movie;
mod sample;
mod synthetic;
#[cfg(test)]
mod tests;
mod text;

use clap::Subcommand;

pub use cell_rule::CellRule;
pub use columns::HeaderError;
pub(crate) use columns::listed;
pub use csv_file::CsvFileError;
pub(super) use export::run as run_export;
pub use export::{MovieExportError, export};
pub use form::{
    DateOrder, EncodingError, Form, NamedEncoding, OtherForm, OtherKind, QuotingError, SeparatorError, Told,
    Workbook,
};
pub use generate::generate;
pub(super) use generate::run as run_generate;
pub(super) use import::run as run_import;
pub use import::{FIRST_BATCH, MovieImport, MovieImportError, latest_year};
pub use movie_file::MovieFile;
pub use report::{ImportSummary, Report, Step};
pub use row_fault::{BadRow, RowFault};
pub use sample::fill_empty_catalogue;

#[derive(Subcommand)]
pub(super) enum MoviesCommand {
    /// Add the movies of a CSV file to the catalogue.
    Import(import::ImportCommand),
    /// Write all movies out, as a CSV file that can be imported.
    Export(export::ExportCommand),
    /// Print a CSV file of invented movies, the same for the same arguments on every machine.
    Generate(generate::GenerateCommand),
}
