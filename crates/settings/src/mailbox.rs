//! Who mail comes from.

use std::fmt;

/// A mail address, with or without a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mailbox {
    /// The name that people see.
    pub name: Option<String>,
    /// The address, `local@domain`.
    pub address: String,
}

impl Mailbox {
    /// Reads `no-reply@example.org` or `Vestibule <no-reply@example.org>`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Self::split(text).ok_or_else(|| {
            "must be a mail address on one line, such as \"Vestibule <no-reply@example.org>\"".to_owned()
        })
    }

    fn split(text: &str) -> Option<Self> {
        // A line break would let the sender write headers.
        if text.chars().any(char::is_control) {
            return None;
        }
        let (name, address) = match text.trim().strip_suffix('>') {
            Some(rest) => rest.rsplit_once('<')?,
            None => ("", text.trim()),
        };
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        let (local, domain) = address.rsplit_once('@')?;
        let is_plain = |part: &str| {
            !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || "<>@,;:\"()[]\\".contains(c))
        };
        (is_plain(local) && is_plain(domain) && !name.contains(['<', '>', '"']))
            .then(|| Self { name: (!name.is_empty()).then(|| name.to_owned()), address: address.to_owned() })
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => f.write_str(&self.address),
        }
    }
}
