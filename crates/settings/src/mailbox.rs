//! The sender of mail.

use std::fmt;

use crate::host_name;

/// The longest part before the @ (RFC 5321 §4.5.3.1.1), in bytes.
const MOST_BEFORE_AT: usize = 64;

/// A mail address, with or without a name. Every value is one that the mailer accepts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mailbox {
    /// The name that people see, as they see it: without quotes, on one line.
    pub name: Option<String>,
    /// The address, `local@domain`, in ASCII: a mail server need not take any other sender.
    pub address: String,
}

impl Mailbox {
    /// Reads `no-reply@example.org`, `Vestibule <no-reply@example.org>` or
    /// `"Acme, Inc." <no-reply@example.org>`, in which `\"` and `\\` stand for what follows the backslash.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Self::split(text).ok_or_else(|| {
            "must be a mail address on one line, such as \"Vestibule <no-reply@example.org>\", in ASCII before \
             the @"
                .to_owned()
        })
    }

    /// Whether it is at this machine, where no answer and no report of a mail server arrives from outside.
    pub(crate) fn is_at_localhost(&self) -> bool {
        let domain = self.address.rsplit_once('@').map_or("", |(_, domain)| domain).to_ascii_lowercase();
        let domain = domain.trim_end_matches('.');
        let top = domain.rsplit('.').next().unwrap_or_default();
        domain == "localhost.localdomain" || top == "localhost"
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
        let name = read_name(name.trim())?;
        let (local, domain) = address.rsplit_once('@')?;
        let domain = host_name::in_ascii(domain)?;
        is_local(local)
            .then(|| Self { name: (!name.is_empty()).then_some(name), address: format!("{local}@{domain}") })
    }
}

/// The name without its quotes, if it has some.
fn read_name(text: &str) -> Option<String> {
    let Some(rest) = text.strip_prefix('"') else {
        return (!text.contains(['<', '>', '"'])).then(|| text.to_owned());
    };
    let mut name = String::new();
    let mut letters = rest.chars();
    loop {
        match letters.next()? {
            '"' => break,
            '\\' => name.push(letters.next()?),
            letter => name.push(letter),
        }
    }
    letters.as_str().is_empty().then(|| name.trim().to_owned())
}

/// Whether it is a `Dot-string` (RFC 5321 §4.1.2).
fn is_local(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= MOST_BEFORE_AT && local.split('.').all(is_atom)
}

/// Writes the form that `parse` reads: a name with more than letters, digits and blanks stands in quotes.
impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(name) = &self.name else { return f.write_str(&self.address) };
        if name.chars().all(|letter| letter.is_alphanumeric() || " -_'".contains(letter)) {
            return write!(f, "{name} <{}>", self.address);
        }
        let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
        write!(f, "\"{quoted}\" <{}>", self.address)
    }
}
