//! The import of the contacts of a file.

use std::future::Future;
use std::time::{Duration, Instant};

use vestibule_application::Services;
use vestibule_application::accounts::Administrator;
use vestibule_application::contacts::ImportContactsError;
use vestibule_domain::accounts::AccountId;

use super::report::ImportSummary;
use super::{Book, BookError};

/// How many contacts one unit of work adds at the most.
const BATCH: usize = 500;

/// An import into the address book of an account.
pub struct ContactImport<'a> {
    /// The use cases.
    pub services: &'a Services,
    /// Whose address book it is.
    pub account: AccountId,
    /// Whether bad entries are left out. Otherwise one bad entry means that nothing is written.
    pub skip_bad: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// How long the database is left to others between two batches.
    pub rest: Duration,
}

/// Why contacts were not imported, or not all.
#[derive(Debug, thiserror::Error)]
pub enum ContactImportError {
    /// The file cannot be read.
    #[error("the file cannot be read")]
    File(#[from] BookError),
    /// Entries are bad, and nothing was written.
    #[error("{bad} of {entries} entries are bad; nothing was imported. Without them: --skip-bad")]
    BadEntries {
        /// Entries of the file.
        entries: u64,
        /// Bad ones.
        bad: u64,
    },
    /// Nothing was left to import.
    #[error("all {entries} entries are bad; nothing was imported")]
    NothingGood {
        /// Entries of the file.
        entries: u64,
    },
    /// On request.
    #[error("stopped after {added} contacts were added; the same command once more completes the import")]
    Stopped {
        /// Contacts added before.
        added: u64,
    },
    /// The store did not take them.
    #[error(
        "the import broke off after {added} contacts were added; the same command once more completes it"
    )]
    Contacts {
        /// Contacts added before.
        added: u64,
        /// Why.
        #[source]
        cause: ImportContactsError,
    },
}

impl ContactImport<'_> {
    /// Imports a file. When asked to stop it does so after the batch under way.
    ///
    /// # Errors
    /// See [`ContactImportError`].
    pub async fn execute(
        &self,
        book: Book,
        stop: impl Future<Output = ()>,
    ) -> Result<ImportSummary, ContactImportError> {
        let began = Instant::now();
        let Book { entries, contacts, bad, behind, form } = book;
        let bad = bad.len() as u64;
        if bad > 0 && bad == entries {
            return Err(ContactImportError::NothingGood { entries });
        }
        if bad > 0 && !self.skip_bad {
            return Err(ContactImportError::BadEntries { entries, bad });
        }
        let imports = &self.services.import_contacts;
        let operator = Administrator::operator();
        let (mut added, mut here) = (0, 0);
        let known = imports.known(operator, self.account).await;
        let mut known = known.map_err(|cause| ContactImportError::Contacts { added, cause })?;
        let mut stop = std::pin::pin!(stop);
        for (number, batch) in contacts.chunks(BATCH).enumerate() {
            let rest = if number == 0 || self.dry_run { Duration::ZERO } else { self.rest };
            tokio::select! {
                biased;
                () = &mut stop => return Err(ContactImportError::Stopped { added }),
                () = tokio::time::sleep(rest) => {}
            }
            let imported = if self.dry_run {
                imports.look(&mut known, batch)
            } else {
                let imported = imports.execute(operator, self.account, batch, &mut known).await;
                imported.map_err(|cause| ContactImportError::Contacts { added, cause })?
            };
            added += imported.added;
            here += imported.here;
            tracing::debug!(contacts = batch.len(), added = imported.added, "a batch was added");
        }
        let (is_dry_run, took) = (self.dry_run, began.elapsed());
        Ok(ImportSummary { is_dry_run, entries, added, here, bad, behind, took, form })
    }
}
