//! `vestibule users archive`.

mod account_file;
mod zip_file;

use std::io::{Seek, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Args;
use tempfile::NamedTempFile;
use tokio::task::spawn_blocking;
use vestibule_application::Services;
use vestibule_application::accounts::{AccountArchive, InspectedAccount, OwnerOrAdministrator};
use vestibule_application::media::ShowPictureError;
use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::media::ObjectKey;

pub(crate) use self::zip_file::ZipFile;
use super::done::{name_of, tell};
use super::target::Target;
use crate::bootstrap::Application;
use crate::commands::contacts::card;
use crate::commands::output::counted;
use crate::{shutdown, telemetry};

#[derive(Args)]
pub(in crate::commands) struct Archive {
    #[command(flatten)]
    target: Target,
    /// The zip file, which must not exist. Only its owner can read it.
    #[arg(long, value_name = "FILE.zip")]
    out: PathBuf,
}

impl Archive {
    pub(super) fn may_go_on(&self) -> anyhow::Result<()> {
        if self.out.exists() {
            bail!("{}: there is such a file already", self.out.display());
        }
        Ok(())
    }
}

pub(super) async fn run(application: &Application, arguments: &Archive) -> anyhow::Result<()> {
    let Archive { target, out } = arguments;
    let services = &*application.services;
    let account = target.find(services).await?;
    let place = || out.display().to_string();
    let now = application.adapters.deps.clock.now();
    let mut file = ZipFile::beside(out, now).with_context(place)?;
    let written = tokio::select! {
        biased;
        () = shutdown::requested() => bail!("stopped; there is no archive"),
        written = archive(services, &account, &mut file) => written?,
    };
    Box::pin(file.end(out)).await.with_context(place)?;
    if written.missing > 0 {
        telemetry::complain(&format!(
            "Note: {} missing in the place of pictures; account.json says which.",
            counted(written.missing, "picture is", "pictures are")
        ));
    }
    let facts = [
        ("contacts", written.contacts.into()),
        ("pictures", written.pictures.into()),
        ("missing_pictures", written.missing.into()),
    ];
    let sentence = format!(
        "Archived {}: {}, {}.",
        name_of(&account),
        counted(written.contacts, "contact", "contacts"),
        counted(written.pictures, "picture", "pictures")
    );
    tell(target, &account, "archived", facts, &sentence)
}

async fn archive(
    services: &Services,
    account: &InspectedAccount,
    file: &mut ZipFile<NamedTempFile>,
) -> anyhow::Result<Written> {
    let operator = OwnerOrAdministrator::operator(account.account.uuid);
    let archive = services.archive_account.execute(operator, account.account.id).await?;
    write(services, archive, file).await
}

/// What an archive has.
pub(crate) struct Written {
    contacts: u64,
    pictures: u64,
    /// Pictures that rows refer to, and that are not there.
    missing: u64,
}

/// Writes all that an account has, with the bytes of its pictures.
pub(crate) async fn write<W: Write + Seek + Send + 'static>(
    services: &Services,
    archive: AccountArchive,
    file: &mut ZipFile<W>,
) -> anyhow::Result<Written> {
    const OUTPUT: &str = "the archive could not be written";
    let archive = Arc::new(archive);
    let cards = text(&archive, cards).await??;
    file.add("contacts.vcf", cards.into_bytes()).await.context(OUTPUT)?;
    let (mut pictures, mut missing) = (0, Vec::new());
    for key in pictures_of(&archive.whole) {
        match services.show_picture.bytes(key, None).await {
            Ok(bytes) => {
                file.add_packed(format!("pictures/{key}"), bytes).await.context(OUTPUT)?;
                pictures += 1;
            }
            Err(ShowPictureError::NotFound) => missing.push(key.to_string()),
            Err(error) => return Err(error).context("the pictures could not be read"),
        }
    }
    let (contacts, lost) = (archive.whole.contacts.len() as u64, missing.len() as u64);
    let json = text(&archive, move |archive| account_file::json(archive, &missing)).await?;
    file.add("account.json", json.into_bytes()).await.context(OUTPUT)?;
    Ok(Written { contacts, pictures, missing: lost })
}

/// Makes a text of an archive on a thread of its own: that of a large one would hold up all requests of a worker.
async fn text<T: Send + 'static>(
    archive: &Arc<AccountArchive>,
    make: impl FnOnce(&AccountArchive) -> T + Send + 'static,
) -> anyhow::Result<T> {
    let archive = archive.clone();
    Ok(spawn_blocking(move || make(&archive)).await?)
}

/// The address book.
fn cards(archive: &AccountArchive) -> anyhow::Result<String> {
    let mut cards = String::new();
    for contact in &archive.whole.contacts {
        cards.push_str(&card(contact)?);
    }
    Ok(cards)
}

/// The pictures that were uploaded here, each once.
fn pictures_of(whole: &WholeAccount) -> Vec<ObjectKey> {
    let of_contacts = whole.contacts.iter().filter_map(|contact| contact.avatar.as_ref()?.object);
    let mut keys: Vec<ObjectKey> = whole.profile.picture.into_iter().chain(of_contacts).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
