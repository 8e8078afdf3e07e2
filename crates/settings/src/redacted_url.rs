//! Addresses that may carry a password.

use std::fmt;

use url::Url;

/// An address as it was given. `Debug` and `Display` show it without passwords.
#[derive(Clone, PartialEq, Eq)]
pub struct RedactedUrl(String);

impl RedactedUrl {
    pub(crate) fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// The whole address with its password, for the one place that connects.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RedactedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(&self.0))
    }
}

impl fmt::Debug for RedactedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The address with `***` for its password and for every parameter that may be one.
fn redacted(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else {
        return "***".to_owned();
    };
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return "***".to_owned();
    }
    let is_secret = |name: &str| {
        let name = name.to_lowercase();
        ["pass", "pwd", "secret", "key", "token"].iter().any(|word| name.contains(word))
    };
    if url.query_pairs().any(|(name, _)| is_secret(&name)) {
        url.set_query(Some("***"));
    }
    // An address with no host is kept as written: parsing would change the slashes of a file's path.
    if url.has_host() || url.query() == Some("***") { url.into() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        RedactedUrl::new(url).to_string()
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!("smtps://me:***@mail.test:465", shown("smtps://me:hunter2@mail.test:465"));
    }

    #[test]
    fn a_password_among_the_parameters_is_not_shown() {
        assert_eq!("postgres://h/db?***", shown("postgres://h/db?sslmode=on&sslpassword=hunter2"));
    }

    #[test]
    fn the_path_of_a_file_is_shown_as_it_was_written() {
        for url in ["sqlite://data/vestibule.db?mode=rwc", "sqlite:data/v.db", "sqlite:///var/v.db"] {
            assert_eq!(url, shown(url));
        }
    }

    #[test]
    fn what_is_no_address_is_not_shown() {
        assert_eq!("***", shown("hunter2"));
    }
}
