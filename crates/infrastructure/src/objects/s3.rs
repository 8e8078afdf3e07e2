use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{ClientOptions, RetryConfig};

/// How long one call of the service may take. Then the request is answered without it.
const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How often a failed call is repeated within [`TIMEOUT`].
const RETRIES: usize = 2;

/// Where the bucket is, and how it is reached.
#[derive(Debug, Clone)]
pub struct S3Settings<'s> {
    /// The bucket's name.
    pub bucket: &'s str,
    /// A prefix of every key, without a slash at its end; it may be empty.
    pub prefix: &'s str,
    /// The address of a service that is compatible with S3; `None` is Amazon's own. Traffic to an http address can be
    /// read on the way.
    pub endpoint: Option<&'s str>,
    /// The region, which is part of every signature.
    pub region: &'s str,
    /// Whether the bucket is named in the path of the address and not in its host.
    pub path_style: bool,
    /// The keys. With `None`, those of the machine's role or of Amazon's own variables (`AWS_…`) are used.
    pub keys: Option<S3Keys<'s>>,
}

/// The keys with which calls are signed.
#[derive(Clone, Copy)]
pub struct S3Keys<'s> {
    /// The id of the keys.
    pub access_key: &'s str,
    /// The secret of the keys.
    pub secret_key: &'s str,
}

impl std::fmt::Debug for S3Keys<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// A client of the service. It connects with its first call.
pub(super) fn client(settings: &S3Settings<'_>) -> object_store::Result<AmazonS3> {
    let builder = match settings.keys {
        Some(keys) => {
            AmazonS3Builder::new().with_access_key_id(keys.access_key).with_secret_access_key(keys.secret_key)
        }
        None => AmazonS3Builder::from_env(),
    };
    let is_plain = settings.endpoint.is_some_and(|endpoint| endpoint.starts_with("http://"));
    let options = ClientOptions::new()
        .with_timeout(TIMEOUT)
        .with_connect_timeout(CONNECT_TIMEOUT)
        .with_allow_http(is_plain);
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: TIMEOUT, ..RetryConfig::default() };
    let builder = builder
        .with_bucket_name(settings.bucket)
        .with_region(settings.region)
        .with_virtual_hosted_style_request(!settings.path_style)
        .with_client_options(options)
        .with_retry(retry);
    let builder = match settings.endpoint {
        // The host of such a service has to contain the bucket already.
        Some(endpoint) if settings.path_style => builder.with_endpoint(endpoint),
        Some(endpoint) => builder.with_endpoint(with_bucket(endpoint, settings.bucket)),
        None => builder,
    };
    builder.build()
}

/// `https://host/path` with the bucket before the host.
fn with_bucket(endpoint: &str, bucket: &str) -> String {
    match endpoint.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{bucket}.{rest}"),
        None => endpoint.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bucket_comes_before_the_host() {
        assert_eq!(with_bucket("https://s3.example.org:9000", "media"), "https://media.s3.example.org:9000");
    }

    #[test]
    fn keys_are_not_printed() {
        let keys = S3Keys { access_key: "AKIA", secret_key: "hunter2" };
        assert_eq!(format!("{keys:?}"), "***");
    }
}
