//! Patterns of paths.

use std::ops::Range;
use std::rc::Rc;

/// A path with names in the place of values: `/api/contacts/{contact_id}`. It fits with and without a slash at the end.
/// A value is any text without a slash, of one character at least. It ends at a slash or at the end of the path. That of
/// `{uuid:.+}`, which stands last, may have slashes.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// Each fixed text, with the value that follows it.
    parts: Vec<(&'static str, Option<Value>)>,
    /// With a slash at the end: the name by which actix logs a resource that fits with and without one.
    written: Rc<str>,
}

#[derive(Debug, Clone, Copy)]
struct Value {
    name: &'static str,
    may_have_slashes: bool,
}

impl Value {
    fn new(written: &'static str) -> Self {
        let bare = written.strip_suffix(":.+");
        Self { name: bare.unwrap_or(written), may_have_slashes: bare.is_some() }
    }

    /// The length of the value at the beginning of a text.
    fn length(self, text: &str) -> usize {
        let end = if self.may_have_slashes {
            // The last slash is that of the pattern, unless the value would be empty.
            text.strip_suffix('/').map(str::len).filter(|length| *length > 0)
        } else {
            text.bytes().position(|byte| byte == b'/')
        };
        end.unwrap_or(text.len())
    }
}

impl Pattern {
    pub(super) fn new(pattern: &'static str) -> Self {
        let bare = pattern.trim_end_matches('/');
        let part = |part: &'static str| match part.split_once('{') {
            Some((text, value)) => (text, Some(Value::new(value))),
            None => (part, None),
        };
        Self { parts: bare.split('}').map(part).collect(), written: format!("{bare}/").into() }
    }

    /// The pattern as it is written, with a slash at the end.
    pub(super) fn written(&self) -> &Rc<str> {
        &self.written
    }

    /// The pattern less a prefix of whole parts, with and without a slash at the end.
    pub(super) fn both_ways(&self, prefix: &str) -> [String; 2] {
        let rest = self.written.strip_prefix(prefix).unwrap_or(&self.written);
        [rest.to_owned(), rest.trim_end_matches('/').to_owned()]
    }

    /// Where the values of a path stand in it, by name. `None` if the path does not fit.
    pub(super) fn values(&self, path: &str) -> Option<Vec<(&'static str, Range<usize>)>> {
        let mut values = Vec::new();
        let mut rest = path;
        for (text, value) in &self.parts {
            rest = rest.strip_prefix(text)?;
            if let Some(value) = value {
                let (begin, length) = (path.len() - rest.len(), value.length(rest));
                values.push((value.name, begin..begin + length));
                rest = rest.get(length..).filter(|_| length > 0)?;
            }
        }
        matches!(rest, "" | "/").then_some(values)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::dev::{Path, ResourceDef};

    use super::*;

    const PATTERNS: [&str; 7] = ["/", "/a", "/a/", "/a/{x}", "/a/{x}/b", "/{x}/a/{y}/", "/a/{x:.+}"];

    /// What actix makes of a pattern that is registered with and without its slash.
    fn values_of_actix(pattern: &ResourceDef, path: &str) -> Option<Vec<(String, String)>> {
        let mut path = Path::new(path);
        let fits = pattern.capture_match_info(&mut path);
        fits.then(|| path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn values(pattern: &Pattern, path: &str) -> Option<Vec<(String, String)>> {
        let values = pattern.values(path)?;
        Some(values.into_iter().map(|(name, range)| (name.to_owned(), path[range].to_owned())).collect())
    }

    /// Every path of so many parts at the most.
    fn paths(parts: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut longest = all.clone();
        for _ in 0..parts {
            longest =
                longest.iter().flat_map(|path| ["/", "a", "b"].map(|part| format!("{path}{part}"))).collect();
            all.extend_from_slice(&longest);
        }
        all
    }

    #[test]
    fn a_path_fits_exactly_if_actix_says_so_and_its_values_are_the_same() {
        for written in PATTERNS {
            let pattern = Pattern::new(written);
            let of_actix = ResourceDef::new(pattern.both_ways(""));
            let mut fitting = 0;
            for path in paths(8).iter().flat_map(|path| [path.clone(), path.replace('b', "é\n%2F{x}")]) {
                let expected = values_of_actix(&of_actix, &path);
                assert_eq!(values(&pattern, &path), expected, "{written} {path:?}");
                fitting += usize::from(expected.is_some());
            }
            assert!(fitting > 1, "{written}");
        }
    }

    #[test]
    fn a_value_ends_before_a_slash() {
        let found = |path| values(&Pattern::new("/a/{x}/b"), path);
        assert_eq!(found("/a/é/b/"), Some(vec![("x".to_owned(), "é".to_owned())]));
        for path in ["/a//b", "/a/1/2/b", "/a/1/b//", "/a/1/bb", "/a/1", "a/1/b"] {
            assert_eq!(found(path), None, "{path}");
        }
    }
}
