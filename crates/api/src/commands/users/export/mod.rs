//! `vestibule users export`.

mod account_export;
mod line;
mod table;

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use vestibule_application::Services;

use crate::commands::export_file::ExportFile;
use crate::{shutdown, telemetry};
pub use account_export::{AccountExportError, ExportFormat, export};
pub(super) use line::fields_without_hash;
#[cfg(test)]
pub(super) use line::line;

#[derive(Args)]
pub(in crate::commands) struct Export {
    /// How accounts are written.
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    format: ExportFormat,
    /// The file, which must not exist. Only its owner can read it. Without it, standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write hashes of passwords even to a terminal.
    #[arg(long)]
    force: bool,
}

impl Export {
    /// Refuses to show hashes to whoever looks at the screen.
    pub(super) fn may_go_on(&self) -> anyhow::Result<()> {
        let shows_hashes = self.format == ExportFormat::Jsonl && self.out.is_none();
        if shows_hashes && !self.force && io::stdout().is_terminal() {
            bail!(
                "the export has hashes of passwords, and standard output is a terminal; write it to a file with \
                 --out FILE, or have it shown with --force"
            );
        }
        Ok(())
    }
}

pub(super) async fn run(services: &Services, arguments: &Export) -> anyhow::Result<()> {
    let Export { format, out, .. } = arguments;
    let place =
        || out.as_ref().map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    let mut output = ExportFile::to(out.as_deref()).with_context(place)?;
    let written = export(services, *format, shutdown::requested(), &mut output).await.with_context(place)?;
    output.end().with_context(place)?;
    telemetry::complain(&format!("{written} accounts were written."));
    Ok(())
}
