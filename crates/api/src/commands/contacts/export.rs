//! `vestibule contacts export`.

use std::fmt;
use std::future::Future;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, NamedAccount};
use vestibule_application::contacts::ExportContactsError;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::contacts::{Contact, ContactId};

use super::{table, vcard};
use crate::commands::export_file::ExportFile;
use crate::commands::users::parse_account;
use crate::{shutdown, telemetry};

#[derive(Args)]
pub(in crate::commands) struct Export {
    /// The account: its integer id, its UUID, its address or its user name.
    #[arg(value_name = "ACCOUNT", value_parser = parse_account)]
    account: NamedAccount,
    /// How contacts are written.
    #[arg(long = "as", value_enum, default_value_t = ContactForm::Vcard, value_name = "FORM")]
    form: ContactForm,
    /// The file, which must not exist. Only its owner can read it. Without it, standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// How contacts are written. Both forms are read again as the same contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ContactForm {
    /// vCard 4.0, for other address books.
    Vcard,
    /// A table for a spreadsheet.
    Csv,
}

/// Why not all contacts were written.
#[derive(Debug, thiserror::Error)]
pub enum ContactExportError {
    /// They could not be read.
    #[error("the contacts could not be read; {written} were written")]
    Contacts {
        /// Contacts written before.
        written: u64,
        /// Why.
        #[source]
        cause: ExportContactsError,
    },
    /// They could not be written.
    #[error("the export could not be written")]
    Output(#[from] io::Error),
    /// On request.
    #[error("stopped after {written} contacts were written; the export is not complete")]
    Stopped {
        /// Contacts written before.
        written: u64,
    },
}

pub(super) async fn run(services: &Services, arguments: &Export) -> anyhow::Result<()> {
    let Export { account, form, out } = arguments;
    let found = services.inspect_account.execute(Administrator::operator(), account).await?.account;
    let place =
        || out.as_ref().map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    let mut output = ExportFile::to(out.as_deref()).with_context(place)?;
    let book = (found.id, found.uuid);
    let written = export(services, book, *form, shutdown::requested(), &mut output).await;
    let written = written.with_context(place)?;
    output.end().with_context(place)?;
    telemetry::complain(&format!("{written} contacts were written."));
    Ok(())
}

/// Writes the address book of an account in the order of the ids of contacts, and answers how many there are.
///
/// # Errors
/// See [`ContactExportError`].
pub async fn export(
    services: &Services,
    (account, uuid): (AccountId, AccountUuid),
    form: ContactForm,
    stop: impl Future<Output = ()>,
    output: &mut impl Write,
) -> Result<u64, ContactExportError> {
    let operator = Administrator::operator();
    let contacts = &services.export_contacts;
    let mut written = 0;
    let begun = contacts.begin(operator, uuid).await;
    begun.map_err(|cause| ContactExportError::Contacts { written, cause })?;
    let mut stop = std::pin::pin!(stop);
    let mut after = ContactId(i64::MIN);
    if form == ContactForm::Csv {
        output.write_all(&line(&table::HEADER)?)?;
    }
    loop {
        let part = tokio::select! {
            biased;
            () = &mut stop => return Err(ContactExportError::Stopped { written }),
            part = contacts.part(operator, account, after) => part,
        };
        let part = part.map_err(|cause| ContactExportError::Contacts { written, cause })?;
        let Some(last) = part.last().map(|contact| contact.id) else {
            output.flush()?;
            return Ok(written);
        };
        after = last;
        for Contact { facts, avatar, .. } in part {
            let contact = ImportedContact { facts, avatar };
            match form {
                ContactForm::Vcard => {
                    let card = vcard::card(&contact).map_err(|fmt::Error| io::Error::other("a card"))?;
                    output.write_all(card.as_bytes())?;
                }
                ContactForm::Csv => output.write_all(&line(&table::row(&contact))?)?,
            }
            written += 1;
        }
    }
}

/// A line of a table.
fn line(cells: &[impl AsRef<[u8]>]) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(io::Error::other)?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
