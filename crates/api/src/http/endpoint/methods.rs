//! The methods of paths, as the header `Allow` names them.

use std::sync::OnceLock;

use actix_web::http::Method;

use super::Endpoint;
use super::pattern::Pattern;

/// Every method, in the order in which `Allow` names them.
const ALL: [Method; 7] =
    [Method::GET, Method::HEAD, Method::OPTIONS, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// The header values that were asked for so far, one for each set of methods.
static NAMED: [OnceLock<String>; 1 << ALL.len()] = [const { OnceLock::new() }; 1 << ALL.len()];

/// A set of the methods in [`ALL`], one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Methods(usize);

impl Methods {
    fn with(self, method: &Method) -> Self {
        let bit = ALL.iter().position(|known| known == method).map_or(0, |place| 1 << place);
        Self(self.0 | bit)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without_head(self) -> Self {
        Self(self.0 & !Self::default().with(&Method::HEAD).0)
    }

    fn named(self) -> &'static str {
        let name = || {
            let named = ALL.iter().enumerate().filter(|(place, _)| self.0 & 1 << place != 0);
            named.map(|(_, method)| method.as_str()).collect::<Vec<_>>().join(", ")
        };
        NAMED.get(self.0).map_or("", |named| named.get_or_init(name))
    }
}

/// The methods of one pattern.
struct OfPattern {
    pattern: Pattern,
    methods: Methods,
    refuses_head: bool,
}

/// The methods of all paths of a surface.
pub(super) struct PathMethods(Vec<OfPattern>);

impl PathMethods {
    pub(super) fn of<D>(endpoints: &[Endpoint<D>]) -> Self {
        let of_endpoint = |endpoint: &Endpoint<D>| {
            let mut methods = Methods::default().with(&endpoint.method).with(&Method::OPTIONS);
            if endpoint.answers_head {
                methods = methods.with(&Method::HEAD);
            }
            let refuses_head = endpoint.method == Method::GET && !endpoint.answers_head;
            OfPattern { pattern: Pattern::new(endpoint.pattern), methods, refuses_head }
        };
        Self(endpoints.iter().map(of_endpoint).collect())
    }

    /// The methods of all patterns that fit a path.
    pub(super) fn at(&self, path: &str) -> &'static str {
        let fitting = self.0.iter().filter(|pattern| pattern.pattern.values(path).is_some());
        let (methods, refuses_head) = fitting.fold((Methods::default(), false), |(all, refuses), pattern| {
            (all.and(pattern.methods), refuses || pattern.refuses_head)
        });
        if refuses_head { methods.without_head() } else { methods }.named()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_named_once_and_in_one_order() {
        let methods = [Method::POST, Method::GET, Method::POST, Method::TRACE];
        let methods = methods.iter().fold(Methods::default(), Methods::with);
        assert_eq!(methods.named(), "GET, POST");
        assert_eq!(methods.with(&Method::HEAD).without_head(), methods);
        assert_eq!(Methods::default().named(), "");
    }
}
