//! Changing the password.

use super::owner::{Owner, leads_to_sign_in, with_ada, with_pages};
use crate::admin::person::{PASSWORD, member, user_path};
use crate::visitor::FormOf as _;

const NEW: &str = "Difference#1822";

#[tokio::test]
async fn the_old_password_is_needed_and_the_other_sessions_end() {
    let (app, owner, ada) = with_ada().await;
    let other = Owner::signed_in(&app, "ada").await;
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[("old", "wrong"), ("new", NEW), ("repeated", NEW)], "The password is wrong."),
        (&[("new", NEW), ("repeated", NEW)], "The password is wrong."),
        (&[("old", PASSWORD), ("new", NEW), ("repeated", "x")], "The two passwords differ."),
        (&[("old", PASSWORD), ("new", "weak"), ("repeated", "weak")], "Use at least 8 characters."),
    ];
    for (values, words) in cases {
        let answer = owner.submit(&app, "/account/password", values).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        assert!(answer.body.contains(&format!("-fault\">{words}</p>")), "{answer:?}");
        for secret in [PASSWORD, NEW, "\"weak\""] {
            assert!(!answer.body.contains(secret), "{answer:?}");
        }
    }
    assert_eq!(other.get(&app, "/account").await.status, 200);
    let values = [("old", PASSWORD), ("new", NEW), ("repeated", NEW)];
    let answer = owner.submit(&app, "/account/password", &values).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account/password?done=password-changed"));
    let page = owner.page(&app, "/account/password?done=password-changed").await;
    assert!(page.contains("Your password is changed."), "{page}");
    leads_to_sign_in(&other.get(&app, "/account").await);
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 401);
    let stranger = Owner::stranger();
    assert_eq!(stranger.sign_in(&app, "ada", PASSWORD).await.status, 403);
    assert_eq!(stranger.sign_in(&app, "ada", NEW).await.status, 303);
    assert_eq!(app.mails_to("ada@example.com").await, 1, "the owner is told");
}

#[tokio::test]
async fn a_breached_password_is_refused_beside_its_field() {
    let app = with_pages().with("password.breached", "everyone").start().await;
    member(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    let other = Owner::signed_in(&app, "ada").await;
    for (language, words) in [
        ("en", "This password is known from a breach. Choose another one."),
        ("fr", "Ce mot de passe figure dans une fuite de données. Choisissez-en un autre."),
    ] {
        let mark = owner.mark(&app).await;
        let values = [("form", &*mark), ("old", PASSWORD), ("new", "P@ssw0rd"), ("repeated", "P@ssw0rd")];
        let request = app.request("POST", "/account/password").header("sec-fetch-site", "same-origin");
        let request = request.header("accept-language", language).form_of(&values);
        let answer = owner.send(&app, request).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        let beside = format!("<p class=\"fault\" id=\"new-fault\">{words}</p>");
        assert!(answer.body.contains(&beside), "{answer:?}");
        assert!(!answer.body.contains("P@ssw0rd") && !answer.body.contains("old-fault"), "{answer:?}");
        for described in ["new-fault rules", "new-fault"] {
            let marked = format!("aria-invalid=\"true\" aria-describedby=\"{described}\"");
            assert_eq!(answer.body.matches(&marked).count(), 1, "both new fields: {answer:?}");
        }
    }
    assert_eq!(other.get(&app, "/account").await.status, 200, "nothing was changed");
    assert_eq!(Owner::stranger().sign_in(&app, "ada", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn the_rules_are_said_before_the_first_mistake_and_after_it() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    let of_theater = "<ul class=\"hint\" id=\"rules\">\n<li>Use at least 8 characters.</li>\n\
                      <li>Add a capital letter (A–Z).</li>\n<li>Add a small letter (a–z).</li>\n\
                      <li>Add a digit.</li>\n<li>Add one of these characters: @$!%*?#&#38;</li>\n</ul>";
    let field = "name=\"new\" type=\"password\" autocomplete=\"new-password\" required";
    let page = owner.page(&app, "/account/password").await;
    assert!(page.contains(of_theater) && !page.contains("role=\"alert\""), "{page}");
    assert!(page.contains(&format!("{field} aria-describedby=\"rules\">")), "{page}");
    let values = [("old", PASSWORD), ("new", "weak"), ("repeated", "weak")];
    let answer = owner.submit(&app, "/account/password", &values).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    let marked = format!("{field} aria-invalid=\"true\" aria-describedby=\"new-fault rules\">");
    assert!(answer.body.contains(of_theater) && answer.body.contains(&marked), "{answer:?}");
}

#[tokio::test]
async fn a_guesser_at_an_open_browser_is_stopped() {
    let app = vestibule_tests::TestApp::on_memory().with("account_pages.enabled", "true").start().await;
    member(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    let guess = [("old", "wrong"), ("new", NEW), ("repeated", NEW)];
    for _ in 0..10 {
        assert_eq!(owner.submit(&app, "/account/password", &guess).await.status, 422);
    }
    assert_eq!(owner.submit(&app, "/account/password", &guess).await.status, 429);
}

#[tokio::test]
async fn the_rules_are_those_of_the_surface_that_is_configured() {
    let app = with_pages().with("account_pages.surface", "contacts").start().await;
    member(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    let page = owner.page(&app, "/account/password").await;
    assert!(page.contains("id=\"rules\">\n<li>Use at least 6 characters.</li>\n<li>Use at most "), "{page}");
    assert!(!page.contains("Add a capital letter"), "{page}");
    // Good enough for contacts alone.
    let values = [("old", PASSWORD), ("new", "abcdef"), ("repeated", "abcdef")];
    let answer = owner.submit(&app, "/account/password", &values).await;
    assert_eq!(answer.status, 303, "{answer:?}");
}
