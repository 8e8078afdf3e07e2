//! What all answers carry, and the languages.

use vestibule_tests::Answer;

use super::clerk::{Clerk, SCRIPT, staffed};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

#[track_caller]
fn is_hardened(answer: &Answer) {
    assert_eq!(answer.header("content-security-policy"), POLICY);
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("x-frame-options"), "DENY");
}

#[tokio::test]
async fn every_page_is_kept_by_nobody_framed_by_nobody_and_loads_one_sheet_and_one_script() {
    let (app, clerk, ada) = staffed().await;
    let account = format!("/console/users/{ada}");
    let found = "/console/users?q=a";
    let (messages, sent) = ("/console/messages", "/console/messages?queue=sent");
    let lists = ["/console/users", found, "/console/trash", "/console/audit", messages, sent];
    let pages = ["/console", account.as_str()].into_iter().chain(lists);
    for path in pages.chain(["/console/nowhere", "/console/users/x"]) {
        let answer = clerk.get(&app, path).await;
        is_hardened(&answer);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(answer.body.len() < 60_000, "{path}: {} bytes", answer.body.len());
        assert_eq!(answer.body.matches(SCRIPT).count(), usize::from(answer.status == 200), "{path}");
        let without = answer.body.replace(SCRIPT, "");
        for word in ["<script", "style=\"", "<style", "javascript:", " onclick", "http://", "https://"] {
            assert!(!without.contains(word), "{path} has {word}");
        }
        assert_eq!(answer.body.matches("<link ").count(), 1, "{path}");
        for landmark in ["<main id=\"content\"", "<header>", "<nav aria-label=", "class=\"skip\""] {
            let is_there = answer.body.contains(landmark) || answer.status != 200;
            assert!(is_there, "{path} has no {landmark}");
        }
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{path}");
    }
    let stranger = Clerk::stranger();
    for path in ["/console", "/console/login"] {
        let answer = stranger.get(&app, path).await;
        is_hardened(&answer);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let refused = app.send(app.request("POST", "/console/login")).await;
    assert_eq!(refused.status, 403);
    is_hardened(&refused);
}

#[tokio::test]
async fn the_sheet_is_there_for_everybody() {
    let (app, _, _) = staffed().await;
    let sheet = app.get("/console/style.css").await;
    assert_eq!((sheet.status, sheet.header("content-type")), (200, "text/css; charset=utf-8"));
    is_hardened(&sheet);
    assert!(sheet.body.contains("prefers-color-scheme: dark") && !sheet.body.contains("url("));
}

#[tokio::test]
async fn the_script_is_there_for_everybody_and_is_small() {
    let (app, _, _) = staffed().await;
    let script = app.get("/console/script.js").await;
    assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
    is_hardened(&script);
    assert!(script.body.len() < 6_000, "{} bytes", script.body.len());
    for word in ["innerHTML", "eval", "http:", "https:", "document.write", ".style"] {
        assert!(!script.body.contains(word), "{word}");
    }
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let (app, _, _) = staffed().await;
    for path in ["/console/style.css", "/console/script.js"] {
        let first = app.get(path).await;
        assert_eq!(first.header("cache-control"), "private, max-age=300", "{path}");
        let tag = first.header("etag").to_owned();
        let again = app.send(app.request("GET", path).header("if-none-match", &tag)).await;
        assert_eq!((again.status, again.header("etag"), &*again.body), (304, &*tag, ""), "{path}");
        let other = app.send(app.request("GET", path).header("if-none-match", "\"other\"")).await;
        assert_eq!((other.status, other.body), (200, first.body), "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_in_the_language_of_the_browser() {
    let (app, clerk, _) = staffed().await;
    for (language, tag, words) in [
        ("en", "en", "There is no such account."),
        ("fr-CA, en;q=0.5", "fr", "Ce compte n’existe pas."),
        ("de", "en", "There is no such account."),
    ] {
        let id = "00000000-0000-4000-8000-000000000001";
        for id in [id, "404404", "-1", "99999999999999999999", "ada", "%00", "..%2f"] {
            let request = app.request("GET", &format!("/console/users/{id}"));
            let answer = clerk.send(&app, request.header("accept-language", language)).await;
            assert_eq!(answer.status, 404, "{answer:?}");
            assert!(answer.body.contains(&format!("<html lang=\"{tag}\">")), "{answer:?}");
            assert!(answer.body.contains(words), "{answer:?}");
        }
    }
    let page = app.request("GET", "/console/users").header("accept-language", "fr");
    let page = clerk.send(&app, page).await.body;
    assert!(page.contains("<h1>Comptes</h1>") && page.contains("Se déconnecter"), "{page}");
}

#[tokio::test]
async fn below_a_path_of_a_proxy_every_address_begins_with_it() {
    let app = super::clerk::with_console()
        .with("server.public_url", "http://127.0.0.1:8000/accounts")
        .start()
        .await;
    let answer = Clerk::stranger().get(&app, "/console").await;
    assert_eq!(answer.header("location"), "/accounts/console/login");
    let page = Clerk::stranger().page(&app, "/console/login").await;
    assert!(page.contains("action=\"/accounts/console/login\""), "{page}");
    assert!(page.contains("href=\"/accounts/console/style.css\""), "{page}");
}
