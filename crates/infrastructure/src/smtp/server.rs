//! The mail server, as an address names it.

use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use tokio::net::ToSocketAddrs;
use url::Url;

/// What is wrong with the address of a mail server. The texts never show the address, because it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    /// The text is not a URL.
    #[error("the address of the mail server is malformed")]
    Malformed(#[from] url::ParseError),
    /// The scheme is neither `smtp` nor `smtps`.
    #[error("the address of the mail server has to begin with smtp:// or smtps://")]
    Scheme,
    /// The address has no host.
    #[error("the address of the mail server names no host")]
    Host,
    /// The address has a user without a password or the reverse, or one of them is not UTF-8.
    #[error("the address of the mail server has to give user and password, percent-encoded, or neither")]
    Credentials,
    /// The address has an unknown option, or one that does not fit `smtps`.
    #[error("the only option of the address of a mail server is tls=none or tls=required, with smtp://")]
    Option,
    /// The address has a path or a fragment.
    #[error("the address of the mail server has to end after the host, the port and the options")]
    Rest,
    /// The host cannot be the name on a certificate.
    #[error("the mail server cannot be reached over TLS under this name")]
    Tls,
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protection {
    None,
    /// Begins in the clear, and continues only with TLS (RFC 3207).
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
}

/// A server, and how to log in to it.
pub(super) struct Server {
    host: String,
    port: u16,
    protection: Protection,
    parameters: TlsParameters,
    credentials: Option<Credentials>,
    hello_name: ClientId,
}

impl Server {
    /// The server at `smtp://[user:password@]host[:port][?tls=none|required]` or `smtps://…`.
    ///
    /// Without an option, `smtp` needs STARTTLS unless the host is the machine itself. Ports: 25 in the
    /// clear, 587 with STARTTLS, 465 with TLS. The authorities are trusted beside the public ones.
    pub(super) fn at(
        address: &str,
        hello_name: &str,
        authorities: Option<Certificate>,
    ) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(address)?;
        let host = host(&url)?;
        let protection = protection(&url, host)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(SmtpUrlError::Rest);
        }
        let usual_port = match protection {
            Protection::None => SMTP_PORT,
            Protection::StartTls => SUBMISSION_PORT,
            Protection::Tls => SUBMISSIONS_PORT,
        };
        Ok(Self {
            host: host.to_owned(),
            port: url.port().unwrap_or(usual_port),
            protection,
            parameters: parameters(host, authorities)?,
            credentials: credentials(&url)?,
            hello_name: client_id(hello_name),
        })
    }

    /// Connects, and goes on until mail can be sent. Each address of the host's name gets its time for the TCP
    /// connection, so that one that answers nothing does not keep from the next; all else takes as long as the server
    /// likes.
    pub(super) async fn connect(&self, each: Duration) -> Result<AsyncSmtpConnection, Error> {
        self.connect_to((self.host.as_str(), self.port), each).await
    }

    pub(super) async fn connect_to(
        &self,
        addresses: impl ToSocketAddrs,
        each: Duration,
    ) -> Result<AsyncSmtpConnection, Error> {
        let tls = (self.protection == Protection::Tls).then(|| self.parameters.clone());
        let connecting =
            AsyncSmtpConnection::connect_tokio1(addresses, Some(each), &self.hello_name, tls, None);
        let mut connection = connecting.await?;
        if self.protection == Protection::StartTls {
            connection.starttls(self.parameters.clone(), &self.hello_name).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

fn client_id(name: &str) -> ClientId {
    match name.parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(name.to_owned()),
    }
}

fn parameters(host: &str, authorities: Option<Certificate>) -> Result<TlsParameters, SmtpUrlError> {
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(authorities) = authorities {
        parameters = parameters.add_root_certificate(authorities);
    }
    parameters.build().map_err(|_unusable| SmtpUrlError::Tls)
}

/// The host without the brackets of an IPv6 address.
fn host(url: &Url) -> Result<&str, SmtpUrlError> {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if host.is_empty() { Err(SmtpUrlError::Host) } else { Ok(host) }
}

fn protection(url: &Url, host: &str) -> Result<Protection, SmtpUrlError> {
    let mut option = None;
    for (name, value) in url.query_pairs() {
        match (name.as_ref(), value.as_ref()) {
            ("tls", "none") => option = Some(Protection::None),
            ("tls", "required") => option = Some(Protection::StartTls),
            _ => return Err(SmtpUrlError::Option),
        }
    }
    match (url.scheme(), option) {
        ("smtp", Some(protection)) => Ok(protection),
        ("smtp", None) if is_loopback(host) => Ok(Protection::None),
        ("smtp", None) => Ok(Protection::StartTls),
        ("smtps", None) => Ok(Protection::Tls),
        ("smtps", Some(_)) => Err(SmtpUrlError::Option),
        _ => Err(SmtpUrlError::Scheme),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpUrlError> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(SmtpUrlError::Credentials),
        (user, Some(password)) => Ok(Some(Credentials::new(decoded(user)?, decoded(password)?))),
    }
}

fn decoded(text: &str) -> Result<String, SmtpUrlError> {
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_not_utf8| SmtpUrlError::Credentials)?;
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protection_of(address: &str) -> Result<Protection, SmtpUrlError> {
        let url = Url::parse(address)?;
        protection(&url, host(&url)?)
    }

    #[test]
    fn only_the_machine_itself_is_spoken_to_in_the_clear_unasked() {
        let cases = [
            ("smtp://localhost", Protection::None),
            ("smtp://LOCALHOST:1025", Protection::None),
            ("smtp://127.0.0.1:1025", Protection::None),
            ("smtp://127.8.8.8", Protection::None),
            ("smtp://[::1]:1025", Protection::None),
            ("smtp://[::ffff:127.0.0.1]", Protection::None),
            ("smtp://localhost?tls=required", Protection::StartTls),
            ("smtp://mail.example.org", Protection::StartTls),
            ("smtp://localhost.example.org", Protection::StartTls),
            ("smtp://127.0.0.1.example.org", Protection::StartTls),
            ("smtp://10.0.0.1", Protection::StartTls),
            ("smtp://mailpit?tls=none", Protection::None),
            ("smtps://localhost", Protection::Tls),
            ("smtps://mail.example.org:4650", Protection::Tls),
        ];
        for (address, expected) in cases {
            assert_eq!(protection_of(address), Ok(expected), "{address}");
            assert!(Server::at(address, "client.example", None).is_ok(), "{address}");
        }
    }

    #[test]
    fn an_address_that_is_misunderstood_easily_is_refused() {
        let cases = [
            ("mail.example.org", SmtpUrlError::Malformed(url::ParseError::RelativeUrlWithoutBase)),
            ("smtp://mail.example.org:99999", SmtpUrlError::Malformed(url::ParseError::InvalidPort)),
            ("http://mail.example.org", SmtpUrlError::Scheme),
            ("mail.example.org:25", SmtpUrlError::Host),
            ("smtp://", SmtpUrlError::Host),
            ("smtp:mail.example.org", SmtpUrlError::Host),
            ("smtp://user@mail.example.org", SmtpUrlError::Credentials),
            ("smtp://:word@mail.example.org", SmtpUrlError::Credentials),
            ("smtp://user:%ff@mail.example.org", SmtpUrlError::Credentials),
            ("smtp://mail.example.org?tls=opportunistic", SmtpUrlError::Option),
            ("smtp://mail.example.org?TLS=none", SmtpUrlError::Option),
            ("smtps://mail.example.org?tls=none", SmtpUrlError::Option),
            ("smtp://mail.example.org/inbox", SmtpUrlError::Rest),
            ("smtp://mail.example.org#tls=none", SmtpUrlError::Rest),
        ];
        for (address, expected) in cases {
            assert_eq!(Server::at(address, "client.example", None).err(), Some(expected), "{address}");
        }
    }

    #[test]
    fn user_and_password_are_decoded() {
        let url = Url::parse("smtps://bob%40example.org:p%3Aw%2Frd%C3%A9@mail.example.org").unwrap();
        let expected = Credentials::new("bob@example.org".to_owned(), "p:w/rdé".to_owned());
        assert_eq!(credentials(&url), Ok(Some(expected)));
    }
}
