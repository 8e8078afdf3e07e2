//! Mail as files in a folder, for another program to send or for people to look at.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use lettre::message::Mailbox;
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::{Mailer, SendError};

use super::message::compose;
use super::sender::Sender;

/// Why the folder of mail could not be used.
#[derive(Debug, thiserror::Error)]
pub enum MailFolderError {
    /// The configured sender is not an address.
    #[error("the sender is no mail address")]
    From,
    /// The folder could not be made.
    #[error("the folder for mail cannot be made")]
    Folder(#[source] io::Error),
}

/// Writes each mail into a file `<message id>.eml` (RFC 5322), which readers see whole or not at all. A second try of
/// a mail replaces the file of the first.
///
/// Only the owner can read the files and the folder (on Unix), because mails carry tokens.
pub struct MailFolder {
    folder: PathBuf,
    from: Mailbox,
}

impl MailFolder {
    /// Makes the folder if it does not exist. Blocks the thread, so call it at start-up.
    pub fn open(folder: impl Into<PathBuf>, from: Sender<'_>) -> Result<Self, MailFolderError> {
        let folder = folder.into();
        let from = from.mailbox().ok_or(MailFolderError::From)?;
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).map_err(MailFolderError::Folder)?;
        Ok(Self { folder, from })
    }
}

#[async_trait]
impl Mailer for MailFolder {
    async fn send(&self, id: MessageId, mail: &Mail) -> Result<(), SendError> {
        let message = compose(&self.from, id, mail).map_err(|error| SendError::Permanent(error.into()))?;
        let (folder, text) = (self.folder.clone(), message.formatted());
        // Away from the threads that answer requests.
        tokio::task::spawn_blocking(move || write(&folder, id, &text))
            .await
            .map_err(|stopped| SendError::Temporary(stopped.into()))?
            .map_err(|error| SendError::Temporary(error.into()))
    }

    async fn look(&self) -> Result<(), SendError> {
        let folder =
            tokio::fs::metadata(&self.folder).await.map_err(|error| SendError::Temporary(error.into()))?;
        if folder.is_dir() { Ok(()) } else { Err(SendError::Temporary("it is no folder".into())) }
    }

    /// This depends on the program that sends the files.
    fn takes_international(&self) -> Option<bool> {
        None
    }
}

/// Writes a temporary file and then renames it, so that a program that watches the folder never sees half a mail.
fn write(folder: &Path, id: MessageId, text: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!(".{}", id.0));
    // A crash may have left the temporary file.
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = create_private(&unfinished)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(format!("{}.eml", id.0)))
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use vestibule_domain::ports::IdGenerator as _;

    use super::*;
    use crate::system::SystemIds;

    const FROM: Sender<'_> = Sender { name: None, address: "a@b.example" };

    fn mail(subject: &str) -> Mail {
        Mail {
            to: "bob@example.org".to_owned(),
            subject: subject.to_owned(),
            text: "text".to_owned(),
            html: "<p>html</p>".to_owned(),
            links: Vec::new(),
            code: None,
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt as _;

        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn folder_and_mail_are_their_owners_alone() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("data").join("mail");
        let id = MessageId(SystemIds.random());
        MailFolder::open(&folder, FROM).unwrap().send(id, &mail("one")).await.unwrap();
        assert_eq!((mode(&folder), names(&folder)), (0o700, vec![format!("{}.eml", id.0)]));
        assert_eq!(mode(&folder.join(format!("{}.eml", id.0))), 0o600);
    }

    #[tokio::test]
    async fn a_second_try_replaces_the_first_and_what_a_crash_left() {
        let folder = tempfile::tempdir().unwrap();
        let id = MessageId(SystemIds.random());
        let mailer = MailFolder::open(folder.path(), FROM).unwrap();
        mailer.send(id, &mail("one")).await.unwrap();
        fs::write(folder.path().join(format!(".{}", id.0)), "half").unwrap();
        mailer.send(id, &mail("two")).await.unwrap();
        let names = names(folder.path());
        assert_eq!(names.len(), 1, "{names:?}");
        assert!(fs::read_to_string(folder.path().join(&names[0])).unwrap().contains("Subject: two\r\n"));
    }

    #[tokio::test]
    async fn a_folder_that_is_gone_is_no_reason_to_give_a_mail_up() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = MailFolder::open(folder.path(), FROM).unwrap();
        drop(folder);
        let failed = mailer.send(MessageId(SystemIds.random()), &mail("one")).await;
        assert!(matches!(failed, Err(SendError::Temporary(_))), "{failed:?}");
    }

    #[test]
    fn a_place_that_is_no_folder_and_a_sender_that_is_none_are_refused_at_the_start() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(MailFolder::open(file.path(), FROM), Err(MailFolderError::Folder(_))));
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(
            MailFolder::open(folder.path(), Sender { name: None, address: "nobody" }),
            Err(MailFolderError::From)
        ));
    }
}
