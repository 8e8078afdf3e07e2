//! A mail, ready to be sent.

/// A mail with a text and an HTML part. `Debug` prints neither, since they carry secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// One address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The part in plain text.
    pub text: String,
    /// The part in HTML, with the same content.
    pub html: String,
    /// The links in the message, in order, for programs that read captured mail.
    pub links: Vec<String>,
    /// The token or code in the message, for programs that read captured mail.
    pub code: Option<String>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}
