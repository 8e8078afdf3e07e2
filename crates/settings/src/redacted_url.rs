//! Addresses that may carry a password.

use std::fmt;

use url::Url;

/// An address as it was given. `Debug` and `Display` show it without what may be secret.
#[derive(Clone, PartialEq, Eq)]
pub struct RedactedUrl {
    given: String,
    shown: String,
}

impl RedactedUrl {
    /// An address that is shown without password, query and fragment.
    pub(crate) fn new(url: impl Into<String>) -> Self {
        let given = url.into();
        Self { shown: redacted(&given), given }
    }

    /// An address of which any part but the server may be a token: it is shown as scheme, host and port.
    pub(crate) fn of_gateway(url: impl Into<String>) -> Self {
        let given = url.into();
        let shown = Url::parse(&given).map(|url| format!("{}/***", url.origin().ascii_serialization()));
        Self { shown: shown.unwrap_or_else(|_no_address| HIDDEN.to_owned()), given }
    }

    /// The whole address with its password, for the one place that connects.
    pub fn reveal(&self) -> &str {
        &self.given
    }
}

impl fmt::Display for RedactedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for RedactedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

const HIDDEN: &str = "***";

/// The address with `***` in place of its password, its query and its fragment. A user without a password is masked
/// too, because tokens are written in that place.
fn redacted(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else {
        return HIDDEN.to_owned();
    };
    let hidden = if url.password().is_some() {
        url.set_password(Some(HIDDEN))
    } else if url.username().is_empty() {
        Ok(())
    } else {
        url.set_username(HIDDEN)
    };
    if hidden.is_err() {
        return HIDDEN.to_owned();
    }
    // The parameters of a SQLite file hold no secrets.
    let is_secret = |name: &str| url.scheme() != "sqlite" || !["mode", "cache", "immutable"].contains(&name);
    let has_secrets = url.fragment().is_some() || url.query_pairs().any(|(name, _)| is_secret(&name));
    if has_secrets {
        url.set_fragment(None);
        url.set_query(Some(HIDDEN));
    }
    // An address with no host is kept as written: parsing would change the slashes of a file's path.
    if url.has_host() || has_secrets { url.into() } else { text.to_owned() }
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
    fn a_user_without_a_password_is_not_shown() {
        assert_eq!("redis://***@h/1", shown("redis://hunter2@h/1"));
    }

    #[test]
    fn neither_query_nor_fragment_is_shown() {
        for url in ["smtp://h?code=hunter2", "postgres://h/db#hunter2", "mysql://h/db?a=b#hunter2"] {
            assert!(shown(url).ends_with("?***") && !shown(url).contains("hunter2"), "{}", shown(url));
        }
        assert!(!shown("sqlite://data/v.db?mode=rwc&key=hunter2").contains("hunter2"));
    }

    #[test]
    fn of_a_gateway_the_server_alone_is_shown() {
        for url in
            ["https://hunter2@h:8443/send", "https://h:8443/hunter2?sig=hunter2", "https://h:8443/#hunter2"]
        {
            assert_eq!("https://h:8443/***", RedactedUrl::of_gateway(url).to_string());
        }
    }

    #[test]
    fn what_is_no_address_is_not_shown() {
        assert_eq!("***", shown("hunter2"));
    }
}
