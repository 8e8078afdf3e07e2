//! Where Redis is.

use std::time::Duration;

use redis::cluster::{ClusterClient, ClusterClientBuilder};
use redis::{AsyncConnectionConfig, Client, IntoConnectionInfo as _, RedisError, TlsCertificates};
use tokio::runtime::TryCurrentError;

/// How to reach Redis.
#[derive(Clone)]
pub struct RedisOptions {
    /// Addresses, `redis://` or `rediss://`, with user, password and database number. More than one address are nodes
    /// of a cluster.
    pub nodes: Vec<String>,
    /// Certificates (PEM) to trust with `rediss://` in place of those of public authorities.
    pub authorities: Option<Vec<u8>>,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How long an answer may take.
    pub answer_timeout: Duration,
    /// How long Redis is not asked after a failure.
    pub pause: Duration,
}

impl RedisOptions {
    /// The usual times: a second to connect, half a second for an answer, and a pause of a second and a half after a
    /// failure.
    pub fn new(nodes: Vec<String>) -> Self {
        Self {
            nodes,
            authorities: None,
            connect_timeout: Duration::from_secs(1),
            answer_timeout: Duration::from_millis(500),
            pause: Duration::from_millis(1_500),
        }
    }

    pub(super) fn target(&self) -> Result<Target, RedisSetupError> {
        let is_pem = |text: &Vec<u8>| String::from_utf8_lossy(text).contains("-----BEGIN CERTIFICATE-----");
        if self.authorities.as_ref().is_some_and(|authorities| !is_pem(authorities)) {
            return Err(RedisSetupError::NoCertificate);
        }
        let certificates = self
            .authorities
            .clone()
            .map(|authorities| TlsCertificates { client_tls: None, root_cert: Some(authorities) });
        match self.nodes.as_slice() {
            [] => Err(RedisSetupError::NoAddress),
            [node] => {
                let info = node.as_str().into_connection_info()?;
                let client = match certificates {
                    Some(certificates) if node.starts_with("rediss:") => {
                        Client::build_with_tls(info, certificates)?
                    }
                    _ => Client::open(info)?,
                };
                let config = AsyncConnectionConfig::new()
                    .set_connection_timeout(Some(self.connect_timeout))
                    .set_response_timeout(Some(self.answer_timeout));
                Ok(Target::One(Box::new((client, config))))
            }
            nodes => {
                let mut builder = ClusterClientBuilder::new(nodes.iter().map(String::as_str))
                    .connection_timeout(self.connect_timeout)
                    .response_timeout(self.answer_timeout)
                    // Two retries are enough to follow a slot that has moved. The short circuit handles the rest.
                    .retries(2);
                if let Some(certificates) =
                    certificates.filter(|_| nodes.iter().any(|node| node.starts_with("rediss:")))
                {
                    builder = builder.certs(certificates);
                }
                Ok(Target::Cluster(Box::new(builder.build()?)))
            }
        }
    }
}

/// What connections are made to.
pub(super) enum Target {
    One(Box<(Client, AsyncConnectionConfig)>),
    Cluster(Box<ClusterClient>),
}

/// Redis cannot be reached with these options.
#[derive(Debug, thiserror::Error)]
pub enum RedisSetupError {
    /// No address was given.
    #[error("no address of Redis is given")]
    NoAddress,
    /// The file has no certificate, so nothing would be trusted.
    #[error("there is no certificate (PEM) among those to trust")]
    NoCertificate,
    /// There is no runtime to drive a connection.
    #[error("Redis needs an asynchronous runtime")]
    NoRuntime(#[from] TryCurrentError),
    /// The addresses or certificates cannot be read.
    #[error("the address of Redis or its certificates cannot be used")]
    Refused(#[from] RedisError),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(nodes: &[&str], authorities: Option<&[u8]>) -> RedisSetupError {
        let mut options = RedisOptions::new(nodes.iter().map(|node| (*node).to_owned()).collect());
        options.authorities = authorities.map(<[u8]>::to_vec);
        options.target().err().expect("it must be refused")
    }

    #[test]
    fn addresses_and_certificates_that_cannot_be_used_are_refused_before_connecting() {
        assert!(matches!(refused(&[], None), RedisSetupError::NoAddress));
        assert!(matches!(refused(&["localhost"], None), RedisSetupError::Refused(_)));
        assert!(matches!(refused(&["rediss://localhost"], Some(b"a key")), RedisSetupError::NoCertificate));
    }
}
