//! `vestibule movies export`.

use std::future::Future;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use vestibule_application::Services;
use vestibule_application::catalogue::{Editor, ExportMoviesError};
use vestibule_domain::catalogue::MovieId;
use vestibule_settings::{Database, Settings};

use super::super::export_file::ExportFile;
use super::csv_file::io_error;
use super::row_of_movie::{HEADER, row};
use crate::bootstrap::{Adapters, Application, Purpose};
use crate::{shutdown, telemetry};

#[derive(Args)]
pub(crate) struct ExportCommand {
    /// The file, which must not exist. Without it, standard output.
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
}

pub(crate) async fn run(command: &ExportCommand, settings: Settings) -> anyhow::Result<()> {
    if settings.database.location == Database::Memory {
        bail!("with database.url = \"memory\" there are no movies but those of a running server");
    }
    telemetry::init(&settings.log).context("the log did not start")?;
    let adapters = Adapters::connect(&settings, Purpose::Command).await?;
    let application = Application::new(settings, adapters);
    let written = write(&application.services, command).await;
    application.close().await;
    telemetry::complain(&format!("{} movies were written.", written?));
    Ok(())
}

async fn write(services: &Services, ExportCommand { out }: &ExportCommand) -> anyhow::Result<u64> {
    let place =
        || out.as_ref().map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    let mut output = ExportFile::to(out.as_deref()).with_context(place)?;
    let written = export(services, shutdown::requested(), &mut output).await.with_context(place)?;
    output.end().with_context(place)?;
    Ok(written)
}

/// Why not all movies were written.
#[derive(Debug, thiserror::Error)]
pub enum MovieExportError {
    /// They could not be read.
    #[error("the movies could not be read; {written} were written")]
    Movies {
        /// Movies written before.
        written: u64,
        /// Why.
        #[source]
        cause: ExportMoviesError,
    },
    /// They could not be written.
    #[error("the export could not be written")]
    Output(#[from] io::Error),
    /// On request.
    #[error("stopped after {written} movies were written; the export is not complete")]
    Stopped {
        /// Movies written before.
        written: u64,
    },
}

/// Writes all movies in the order of their ids, and answers how many.
///
/// # Errors
/// See [`MovieExportError`].
pub async fn export(
    services: &Services,
    stop: impl Future<Output = ()>,
    output: &mut impl Write,
) -> Result<u64, MovieExportError> {
    let mut stop = std::pin::pin!(stop);
    let mut output = csv::WriterBuilder::new().buffer_capacity(64 * 1024).from_writer(output);
    output.write_record(HEADER).map_err(io_error)?;
    let mut written = 0;
    let mut after = MovieId(i64::MIN);
    loop {
        let part = tokio::select! {
            biased;
            () = &mut stop => return Err(MovieExportError::Stopped { written }),
            part = services.export_movies.part(Editor::operator(), after) => part,
        };
        let part = part.map_err(|cause| MovieExportError::Movies { written, cause })?;
        for movie in &part {
            output.write_record(row(movie)).map_err(io_error)?;
            written += 1;
        }
        let Some(last) = part.last() else {
            output.flush()?;
            return Ok(written);
        };
        after = last.id;
    }
}
