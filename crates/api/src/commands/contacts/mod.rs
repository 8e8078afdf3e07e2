//! `vestibule contacts`.

mod birthday;
mod export;
mod import;
mod person;
mod phone;
mod reindex;
mod table;
#[cfg(test)]
mod tests;
mod vcard;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use vestibule_settings::{Database, Settings};

use crate::bootstrap::{Adapters, Application, Purpose};
use crate::telemetry;
pub use export::{ContactExportError, ContactForm, export};
pub use import::{BadEntry, Book, BookError, ContactImport, ContactImportError, ImportSummary, Told, read};
pub use person::EntryFault;
pub use reindex::{Reindexed, reindex};
pub(super) use vcard::card;

#[derive(Subcommand)]
pub(super) enum ContactsCommand {
    /// Add the contacts of a file to the address book of an account.
    Import(import::Import),
    /// Write the address book of an account out.
    Export(export::Export),
    /// Make anew what contacts are searched by, also beside a running server.
    Reindex(reindex::Reindex),
}

pub(super) async fn run(command: ContactsCommand, settings: Settings) -> anyhow::Result<()> {
    if settings.database.location == Database::Memory {
        bail!("with database.url = \"memory\" there are no contacts but those of a running server");
    }
    telemetry::init(&settings.log).context("the log did not start")?;
    let adapters = Adapters::connect(&settings, Purpose::Command).await?;
    let application = Application::new(settings, adapters);
    let services = &*application.services;
    let done = match &command {
        ContactsCommand::Import(arguments) => import::run(services, arguments).await,
        ContactsCommand::Export(arguments) => export::run(services, arguments).await,
        ContactsCommand::Reindex(arguments) => reindex::run(services, arguments).await,
    };
    application.close().await;
    done
}
