//! `[cache]`: where states of sessions and rate limits are kept.

use std::fmt;
use std::path::PathBuf;

use url::Url;

use crate::expect::{parsed, size, text};
use crate::reader::Reader;
use crate::redacted_url::RedactedUrl;
use crate::sheet::Sheet;

/// Where states of sessions and rate limits are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cache {
    /// In the process: one node only.
    #[default]
    Memory,
    /// In a Redis, or with more than one address in the cluster of these nodes. All have the same scheme.
    Redis(Vec<RedactedUrl>),
}

impl fmt::Display for Cache {
    /// What `cache.url` would be, without passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory"),
            Self::Redis(nodes) => {
                let nodes: Vec<String> = nodes.iter().map(ToString::to_string).collect();
                f.write_str(&nodes.join(","))
            }
        }
    }
}

/// `[cache]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheSettings {
    /// Where states of sessions and rate limits are kept.
    pub location: Cache,
    /// What every key in Redis begins with.
    pub prefix: String,
    /// Bytes of finished answers that each process keeps; 0 for none.
    pub answers: usize,
    /// A file (PEM) of certificates to trust with `rediss://`, in place of those of public authorities.
    pub ca_file: Option<PathBuf>,
}

/// Most bytes of answers, 4 GiB.
const MOST_ANSWERS: usize = 4 << 30;

impl CacheSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("cache");
        let settings = Self {
            location: section.required("url", parsed(parse)),
            prefix: section.required("prefix", parsed(prefix)),
            answers: section.required("answers", size(0..=MOST_ANSWERS)),
            ca_file: section.optional("ca_file", text).map(PathBuf::from),
        };
        let is_secured = match &settings.location {
            Cache::Memory => false,
            Cache::Redis(nodes) => nodes.iter().all(|node| node.reveal().starts_with("rediss:")),
        };
        if settings.ca_file.is_some() && !is_secured && section.sound(&["url", "ca_file"]) {
            section.refuse("ca_file", "has no meaning without a rediss:// address in cache.url");
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("cache");
        sheet.text("url", self.location.to_string());
        sheet.text("prefix", self.prefix.as_str());
        sheet.size("answers", self.answers);
        match &self.ca_file {
            Some(file) => sheet.text("ca_file", file.to_string_lossy()),
            None => sheet.absent("ca_file"),
        }
    }
}

const ALLOWED: &str =
    "must be \"memory\", a redis:// or rediss:// address, or several of them separated by commas";

fn parse(text: &str) -> Result<Cache, String> {
    if text == "memory" {
        return Ok(Cache::Memory);
    }
    let mut nodes = text.split(',').map(str::trim);
    let first = node(nodes.next().unwrap_or_default())?;
    let mut all = vec![first.clone()];
    for written in nodes {
        let other = if written.contains("://") { node(written)? } else { sibling(&first, written)? };
        if other.scheme() != first.scheme() {
            return Err("must not have addresses with and without TLS (rediss:// and redis://)".to_owned());
        }
        all.push(other);
    }
    if all.len() > 1 && all.iter().any(|node| !matches!(node.path(), "" | "/" | "/0")) {
        return Err("must not name a database by number: a cluster has only one".to_owned());
    }
    Ok(Cache::Redis(all.into_iter().map(|node| RedactedUrl::new(String::from(node))).collect()))
}

fn node(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_no_address| ALLOWED.to_owned())?;
    if !matches!(url.scheme(), "redis" | "rediss") || url.host_str().is_none_or(str::is_empty) {
        return Err(ALLOWED.to_owned());
    }
    let database = url.path().trim_start_matches('/');
    if !database.is_empty() && database.parse::<u16>().is_err() {
        return Err("may have a path only to name a database by its number (redis://localhost/1)".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must not have anything after ? or #: certificates are always checked".to_owned());
    }
    Ok(url)
}

/// A node that is given as `host` or `host:port`: with the scheme, the user and the password of the
/// first one.
fn sibling(first: &Url, text: &str) -> Result<Url, String> {
    let mut url = node(&format!("{}://{text}", first.scheme()))?;
    if url.username().is_empty() && url.password().is_none() {
        let set = url.set_username(first.username()).and_then(|()| url.set_password(first.password()));
        set.map_err(|()| ALLOWED.to_owned())?;
    }
    Ok(url)
}

fn prefix(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
    if text.len() <= 64 && text.chars().all(is_plain) {
        Ok(text.to_owned())
    } else {
        Err("must be up to 64 letters, digits and the signs : - _ .".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(text: &str) -> Vec<String> {
        let Ok(Cache::Redis(nodes)) = parse(text) else { panic!("{text} is refused") };
        nodes.iter().map(|node| node.reveal().to_owned()).collect()
    }

    #[test]
    fn the_nodes_of_a_cluster_share_what_the_first_one_says() {
        assert_eq!(
            nodes("rediss://me:hunter2@a.test:7000, b.test:7001,rediss://other:word@c.test"),
            [
                "rediss://me:hunter2@a.test:7000",
                "rediss://me:hunter2@b.test:7001",
                "rediss://other:word@c.test"
            ]
        );
        assert_eq!(
            nodes("redis://:hunter2@[::1]:7000,[::2]"),
            ["redis://:hunter2@[::1]:7000", "redis://:hunter2@[::2]"]
        );
    }

    #[test]
    fn no_password_of_any_node_is_printed() {
        let cache = parse("redis://me:hunter2@a.test,b.test").unwrap();
        assert_eq!(cache.to_string(), "redis://me:***@a.test,redis://me:***@b.test");
        assert!(!format!("{cache:?}").contains("hunter2"));
    }

    #[test]
    fn one_server_may_have_a_numbered_database_and_a_cluster_may_not() {
        assert_eq!(nodes("redis://localhost/3"), ["redis://localhost/3"]);
        assert!(parse("redis://a.test/3,b.test").unwrap_err().contains("a cluster has only one"));
    }
}
