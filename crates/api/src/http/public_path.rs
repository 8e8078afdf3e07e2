//! The path under which browsers reach the root of this server.

/// The path of `server.public_url`, without a slash at its end: empty, or `/accounts` where a proxy puts the
/// server below that path and takes it away again. What a page asks a browser to open begins with it;
/// `web::Data` of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPath(String);

impl PublicPath {
    /// Takes the path of the setting `server.public_url`, which is in normal form and has no slash at its end.
    pub fn of(public_url: &str) -> Self {
        let rest = public_url.split_once("://").map_or("", |(_scheme, rest)| rest);
        Self(rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default().to_owned())
    }

    /// The path itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A path of this server as a browser has to ask for it.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_what_follows_the_host() {
        let cases = [
            ("https://accounts.example.org", ""),
            ("http://127.0.0.1:8000", ""),
            ("http://[::1]:8000/a", "/a"),
            ("https://example.org/accounts/of%20us", "/accounts/of%20us"),
        ];
        for (public_url, path) in cases {
            assert_eq!(PublicPath::of(public_url).as_str(), path);
        }
        assert_eq!(PublicPath::of("https://example.org/a").to("/docs"), "/a/docs");
    }
}
