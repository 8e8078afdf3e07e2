//! `vestibule movies generate`.

use std::io::{self, ErrorKind, Write};

use clap::Args;

use super::csv_file::io_error;
use super::synthetic::SyntheticMovies;

/// The columns of the published full file.
const COLUMNS: [&str; 12] = [
    "names",
    "date_x",
    "score",
    "genre",
    "overview",
    "crew",
    "orig_title",
    "status",
    "orig_lang",
    "budget_x",
    "revenue",
    "country",
];

#[derive(Args)]
pub(crate) struct GenerateCommand {
    /// How many movies.
    #[arg(long, value_name = "N")]
    rows: u64,
    /// Another number makes other movies.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(command: &GenerateCommand) -> anyhow::Result<()> {
    match generate(command.rows, command.seed, io::stdout().lock()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Writes a CSV file of invented movies, in the form of the published full file. Name and date are
/// unique within it. The same arguments make the same bytes on every machine.
pub fn generate(rows: u64, seed: u64, into: impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(64 * 1024).from_writer(into);
    writer.write_record(COLUMNS).map_err(io_error)?;
    for movie in SyntheticMovies::new(rows, seed) {
        let title: &str = &movie.name;
        let cells: [&str; COLUMNS.len()] = [
            title,
            &movie.date,
            &movie.score,
            &movie.genre,
            &movie.overview,
            &movie.crew,
            title,
            movie.status,
            &movie.language,
            &movie.budget,
            &movie.revenue,
            movie.country,
        ];
        writer.write_record(cells).map_err(io_error)?;
    }
    writer.flush()
}
