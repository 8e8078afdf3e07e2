//! What all answers carry, and the languages.

use vestibule_tests::Answer;

use super::owner::{Owner, with_ada, with_pages};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

#[track_caller]
fn is_hardened(answer: &Answer) {
    assert_eq!(answer.header("content-security-policy"), POLICY);
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("x-frame-options"), "DENY");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn every_page_is_kept_by_nobody_framed_by_nobody_and_loads_one_sheet() {
    let (app, owner, _) = with_ada().await;
    let pages = ["/account", "/account/password", "/account/data", "/account/delete"];
    for path in pages.into_iter().chain(["/account/nowhere"]) {
        let answer = owner.get(&app, path).await;
        is_hardened(&answer);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(answer.body.len() < 60_000, "{path}: {} bytes", answer.body.len());
        for word in ["<script", "style=\"", "<style", "javascript:", " onclick", "http://", "https://"] {
            assert!(!answer.body.contains(word), "{path} has {word}");
        }
        assert_eq!(answer.body.matches("<link ").count(), 1, "{path}");
        for landmark in ["<main id=\"content\"", "<header>", "class=\"skip\""] {
            assert!(answer.body.contains(landmark), "{path} has no {landmark}");
        }
        let current = answer.body.matches("aria-current=\"page\"").count();
        assert_eq!(current, usize::from(answer.status == 200), "{path}");
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{path}");
    }
    let stranger = Owner::stranger();
    for path in ["/account", "/account/login", "/account/forgot-password"] {
        is_hardened(&stranger.get(&app, path).await);
    }
    let refused = app.send(app.request("POST", "/account/login")).await;
    assert_eq!(refused.status, 403);
    is_hardened(&refused);
}

#[tokio::test]
async fn pages_are_in_the_language_of_the_browser() {
    let (app, owner, _) = with_ada().await;
    for (language, tag, words) in
        [("en", "en", "Sessions"), ("fr-CA, en;q=0.5", "fr", "Terminer toutes"), ("de", "en", "Sessions")]
    {
        let request = app.request("GET", "/account").header("accept-language", language);
        let page = owner.send(&app, request).await.body;
        assert!(page.contains(&format!("<html lang=\"{tag}\">")) && page.contains(words), "{page}");
    }
    let request = app.request("GET", "/account/nowhere").header("accept-language", "fr");
    let answer = owner.send(&app, request).await;
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("Cette page n’existe pas."), "{answer:?}");
}

#[tokio::test]
async fn below_a_path_of_a_proxy_every_address_begins_with_it() {
    let app = with_pages().with("server.public_url", "http://127.0.0.1:8000/base").start().await;
    let answer = Owner::stranger().get(&app, "/account").await;
    assert_eq!(answer.header("location"), "/base/account/login");
    let page = Owner::stranger().page(&app, "/account/login").await;
    assert!(page.contains("action=\"/base/account/login\""), "{page}");
    assert!(page.contains("href=\"/base/account/style.css\""), "{page}");
}
