//! The cookie in which a browser keeps the token of its session.

use std::cell::RefCell;
use std::rc::Rc;

use actix_web::http::header::{COOKIE, HOST, HeaderMap, HeaderValue};
use actix_web::{HttpMessage as _, HttpRequest};
use vestibule_domain::secret::SecretToken;

use crate::http::extract::is_from_proxy;
use crate::http::middleware::is_loopback_host;

const X_FORWARDED_PROTO: &str = "x-forwarded-proto";

/// What pages say of their cookie. Each group of pages has one of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CookieRules<'a> {
    /// Its name over https, which begins with `__Host-`: browsers take such a cookie over https alone, for this host
    /// alone, and from this host alone (RFC 6265bis §4.1.3.2).
    pub(crate) secure: &'static str,
    /// Its name where there is no https. Such a cookie goes to its pages alone, and not to what else is served here.
    pub(crate) plain: &'static str,
    /// Whether every browser comes over https.
    pub(crate) https_alone: bool,
    /// Scheme, host and port of `server.public_url`.
    pub(crate) public_origin: &'a str,
}

/// What happens to the cookie with the answer.
pub(crate) enum Change {
    /// It gets this token.
    Set(SecretToken),
    /// It goes.
    Clear,
}

/// The cookie of a request, and what is to happen to it. The latter is outside of the request, because a handler that
/// takes too long is dropped with it.
#[derive(Clone)]
struct Carried {
    name: &'static str,
    change: Rc<RefCell<Option<Change>>>,
}

/// Has the answer to a request change the cookie, whatever becomes of the handler from here on.
pub(crate) fn change(request: &HttpRequest, change: Change) {
    if let Some(carried) = request.extensions().get::<Carried>() {
        carried.change.replace(Some(change));
    }
}

/// The token of a request; `None` too where there are several, of which one is somebody else's.
pub(crate) fn token(request: &HttpRequest) -> Option<SecretToken> {
    let name = request.extensions().get::<Carried>().map(|carried| carried.name)?;
    let lines = request.headers().get_all(COOKIE).filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(other, _)| *other == name).map(|(_, value)| value);
    let value = values.next().filter(|value| !value.is_empty())?;
    values.next().is_none().then(|| SecretToken::new(value))
}

/// The cookie of the answer to a request.
pub(crate) struct Answered {
    carried: Carried,
    is_secure: bool,
    path: String,
}

impl Answered {
    /// Keeps what is said with [`change`] from here on. `root` is what every path of the pages begins with.
    pub(crate) fn to(request: &HttpRequest, root: &str, rules: CookieRules<'_>) -> Self {
        let is_secure = is_over_https(request, rules);
        // The whole host is what the name of the secure one asks for.
        let (name, path) = if is_secure { (rules.secure, "/") } else { (rules.plain, root) };
        let carried = Carried { name, change: Rc::default() };
        request.extensions_mut().insert(carried.clone());
        Self { carried, is_secure, path: path.to_owned() }
    }

    /// The header `Set-Cookie`; `None` where nothing changes. The cookie goes with the browser: how long it is good is
    /// decided by its token.
    pub(crate) fn header(self) -> Option<HeaderValue> {
        let Self { carried: Carried { name, change }, is_secure, path } = self;
        let secure = if is_secure { "; Secure" } else { "" };
        let text = match change.take()? {
            Change::Set(token) => {
                format!("{name}={}; Path={path}; HttpOnly; SameSite=Strict{secure}", token.reveal())
            }
            Change::Clear => format!("{name}=; Path={path}; Max-Age=0; HttpOnly; SameSite=Strict{secure}"),
        };
        HeaderValue::from_str(&text).ok()
    }
}

/// Whether the browser came over https, which a trusted proxy says, or which the public address says where the browser did
/// not ask for this machine. In production nobody comes from other machines in another way.
fn is_over_https(request: &HttpRequest, rules: CookieRules<'_>) -> bool {
    if rules.https_alone {
        return true;
    }
    let headers = request.headers();
    if is_from_proxy(request)
        && let Some(scheme) = headers.get_all(X_FORWARDED_PROTO).last()
    {
        // What stands before the word of the last proxy may be a stranger's.
        let last = scheme.to_str().ok().and_then(|line| line.rsplit(',').next());
        return last.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"));
    }
    rules.public_origin.starts_with("https://") && !asks_for_this_machine(headers)
}

fn asks_for_this_machine(headers: &HeaderMap) -> bool {
    headers.get(HOST).and_then(|host| host.to_str().ok()).is_some_and(is_loopback_host)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use actix_web::web;
    use vestibule_settings::Source;

    use super::*;

    /// The header that ends a session, for a request from 10.0.0.7, which is a trusted proxy.
    fn cleared(https_alone: bool, headers: &[(&'static str, &'static str)]) -> String {
        let source = Source::default()
            .with("VESTIBULE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8")
            .with("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true");
        let settings = crate::surfaces::settings(&source).unwrap();
        let rules = CookieRules {
            secure: "__Host-vestibule-console",
            plain: "vestibule-console",
            https_alone,
            public_origin: &settings.server.public_url,
        };
        let request = TestRequest::default()
            .app_data(web::Data::new(settings.server.trusted_proxies))
            .peer_addr("10.0.0.7:4711".parse().unwrap());
        let request = headers.iter().fold(request, |request, header| request.append_header(*header));
        let request = request.to_http_request();
        let answered = Answered::to(&request, "/base/console", rules);
        change(&request, Change::Clear);
        answered.header().unwrap().to_str().unwrap().to_owned()
    }

    const SECURED: &str = "__Host-vestibule-console=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure";
    const UNSECURED: &str = "vestibule-console=; Path=/base/console; Max-Age=0; HttpOnly; SameSite=Strict";

    #[test]
    fn the_last_proxy_says_whether_the_browser_came_over_https() {
        let said = |line| ("x-forwarded-proto", line);
        for headers in [&[said("https")][..], &[said("http, HTTPS")], &[said("http"), said("https")]] {
            assert_eq!(cleared(false, headers), SECURED, "{headers:?}");
        }
        for headers in
            [&[said("http")][..], &[said("https,http")], &[said("https"), said("http")], &[said("")]]
        {
            assert_eq!(cleared(false, headers), UNSECURED, "{headers:?}");
        }
    }

    #[test]
    fn where_https_is_all_there_is_no_proxy_says_otherwise() {
        for headers in [&[][..], &[("x-forwarded-proto", "http")], &[("host", "127.0.0.1:8000")]] {
            assert_eq!(cleared(true, headers), SECURED, "{headers:?}");
        }
    }
}
