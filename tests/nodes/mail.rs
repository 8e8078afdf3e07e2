//! The mail that the SMTP server took.

use std::path::{Path, PathBuf};

use super::patience::eventually;

/// The folder of the SMTP server that all tests share.
pub(crate) fn shared_folder() -> PathBuf {
    vestibule_tests::service("smtp_folder").into()
}

/// The mails to an address, as they came.
pub(crate) fn mails_to(folder: &Path, address: &str) -> Vec<String> {
    let recipient = format!("X-RcptTo: {address}\r\n");
    let files = folder.read_dir().unwrap().map(|file| file.unwrap().path());
    let mails = files.filter(|file| file.extension().is_some_and(|extension| extension == "eml"));
    mails
        .map(|mail| String::from_utf8(std::fs::read(mail).unwrap()).unwrap())
        .filter(|mail| mail.starts_with(&recipient))
        .collect()
}

/// Waits for a mail to an address whose link leads to this page, and answers the token in it.
pub(crate) async fn mailed_token(folder: &Path, address: &str, page: &str) -> String {
    let link = format!("/account/{page}?");
    eventually("a mail arrives", async || {
        // Quoted-printable (RFC 2045 §6.7): lines may be broken anywhere, and = is written as =3D.
        let texts =
            mails_to(folder, address).into_iter().map(|mail| mail.replace("=\r\n", "").replace("=3D", "="));
        let text = texts.into_iter().find(|text| text.contains(&link))?;
        let (_, rest) = text.split_once("token=")?;
        Some(rest.chars().take(43).collect())
    })
    .await
}
