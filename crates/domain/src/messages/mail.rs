//! A mail, ready to be sent.

/// A mail with a text and an HTML part. `Debug` prints neither, since they carry secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Recipient; one address.
    pub to: String,
    /// Subject; one line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part, with the same content.
    pub html: String,
    /// The links of the message, in order, for those who read it by program.
    pub links: Vec<String>,
    /// The token or code of the message, for those who read it by program.
    pub code: Option<String>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}
