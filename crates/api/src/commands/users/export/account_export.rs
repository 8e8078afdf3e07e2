//! The export of all accounts.

use std::io::{self, Write};

use clap::ValueEnum;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, ExportAccountsError};
use vestibule_domain::accounts::AccountId;

use super::{line, table};

/// How accounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Our own form, a JSON object a line, with the hashes of passwords: what `users import` reads.
    Jsonl,
    /// A table for a spreadsheet, without hashes.
    Csv,
}

/// Why not all accounts were written.
#[derive(Debug, thiserror::Error)]
pub enum AccountExportError {
    /// They could not be read.
    #[error("the accounts could not be read; {written} were written")]
    Accounts {
        /// Accounts written before.
        written: u64,
        /// Why.
        #[source]
        cause: ExportAccountsError,
    },
    /// They could not be written.
    #[error("the export could not be written")]
    Output(#[from] io::Error),
    /// On request.
    #[error("stopped after {written} accounts were written; the export is not complete")]
    Stopped {
        /// Accounts written before.
        written: u64,
    },
}

/// Writes all accounts in the order of their ids, and answers how many.
///
/// # Errors
/// See [`AccountExportError`].
pub async fn export(
    services: &Services,
    format: ExportFormat,
    stop: impl Future<Output = ()>,
    output: &mut impl Write,
) -> Result<u64, AccountExportError> {
    let operator = Administrator::operator();
    let accounts = &services.export_accounts;
    let mut written = 0;
    let begun = accounts.begin(operator, format == ExportFormat::Jsonl).await;
    begun.map_err(|cause| AccountExportError::Accounts { written, cause })?;
    let mut stop = std::pin::pin!(stop);
    let mut after = AccountId(i64::MIN);
    if format == ExportFormat::Csv {
        output.write_all(&cells(&table::HEADER)?)?;
    }
    loop {
        let part = tokio::select! {
            biased;
            () = &mut stop => return Err(AccountExportError::Stopped { written }),
            part = accounts.part(operator, after) => part,
        };
        let (part, last) = part.map_err(|cause| AccountExportError::Accounts { written, cause })?;
        for account in &part {
            match format {
                ExportFormat::Jsonl => writeln!(output, "{}", line::line(account))?,
                ExportFormat::Csv => output.write_all(&cells(&table::row(account))?)?,
            }
            written += 1;
        }
        match last {
            Some(last) => after = last,
            None => return Ok(written),
        }
    }
}

/// A line of a table.
fn cells(cells: &[impl AsRef<[u8]>]) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(io::Error::other)?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
