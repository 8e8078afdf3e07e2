//! `vestibule contacts import`.

mod book;
mod contact_import;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, NamedAccount, Standing};

#[cfg(test)]
pub(super) use book::of_text;
pub use book::{BadEntry, Book, BookError, Told, read};
pub use contact_import::{ContactImport, ContactImportError};
pub use report::ImportSummary;

use crate::commands::movies::{DateOrder, NamedEncoding};
use crate::commands::output::print_done;
use crate::commands::users::{name_of, parse_account};
use crate::shutdown;

/// The pause between two batches, which leaves the database to a running server.
const REST: Duration = Duration::from_millis(250);

#[derive(Args)]
pub(in crate::commands) struct Import {
    /// The account: its integer id, its UUID, its address or its user name.
    #[arg(value_name = "ACCOUNT", value_parser = parse_account)]
    account: NamedAccount,
    /// The file: vCards, or a table of Google, Outlook or our own; docs/migration.md describes them.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Leave out entries that are bad, in place of importing nothing.
    #[arg(long)]
    skip_bad: bool,
    /// Write nothing, and say what would be done.
    #[arg(long)]
    dry_run: bool,
    /// Read dates such as 03/02/2001 as day/month/year (dmy) or month/day/year (mdy). Without it they are
    /// month-first, and a file with a date such as 25/04/2001 is refused.
    #[arg(long, value_name = "ORDER")]
    dates: Option<DateOrder>,
    /// Read the file in this encoding, for example windows-1250, unless it begins with a byte order mark. Without it a
    /// file that is not UTF-8 is windows-1252.
    #[arg(long, value_name = "NAME")]
    encoding: Option<NamedEncoding>,
}

pub(super) async fn run(services: &Services, arguments: &Import) -> anyhow::Result<()> {
    let Import { account, file, skip_bad, dry_run, dates, encoding } = arguments;
    let found = services.inspect_account.execute(Administrator::operator(), account).await?;
    if matches!(found.standing, Standing::InTrash | Standing::BeingRemoved) {
        bail!("{} is in the trash, where accounts stay as they are", name_of(&found));
    }
    let place = || file.display().to_string();
    let (path, told) = (file.clone(), Told { dates: *dates, encoding: *encoding });
    let book =
        tokio::task::spawn_blocking(move || read(&path, told)).await.context("the file was not read")?;
    let book = book.map_err(ContactImportError::from).with_context(place)?;
    report::name_bad(&book.bad);
    let import = ContactImport {
        services,
        account: found.account.id,
        skip_bad: *skip_bad,
        dry_run: *dry_run,
        rest: REST,
    };
    print_done(import.execute(book, shutdown::requested()).await.with_context(place)?)
}
