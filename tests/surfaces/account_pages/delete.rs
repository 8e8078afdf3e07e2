//! Deleting one's account, and bringing it back.

use std::time::Duration;

use vestibule_tests::TestApp;

use super::owner::{Owner, leads_to_sign_in, with_ada, with_pages};
use crate::admin::person::{PASSWORD, admin, email, log_in, member, user_path};
use crate::visitor::FormOf as _;

async fn come_back(app: &TestApp, password: &str) -> (Owner, vestibule_tests::Answer) {
    let owner = Owner::stranger();
    let values = [("identifier", "ada"), ("password", password)];
    let answer = owner.post(app, "/account/come-back", &values).await;
    (owner, answer)
}

#[tokio::test]
async fn an_owner_deletes_the_account_and_brings_it_back() {
    let (app, owner, ada) = with_ada().await;
    let page = owner.page(&app, "/account/delete").await;
    assert!(page.contains("<time datetime=\"2026-02-01T03:04:05"), "thirty days from now: {page}");
    let answer = owner.submit(&app, "/account/delete", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account/login?done=deleted"));
    assert!(owner.cookie.borrow().is_empty());
    let page = owner.page(&app, "/account/login?done=deleted").await;
    assert!(page.contains("Your account is deleted. You can bring it back within 30 days"), "{page}");
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 401);
    assert_ne!(log_in(&app, "ada").await.status, 200, "elsewhere there is no such account");

    app.clock.advance(Duration::from_hours(24));
    let wrong = owner.sign_in(&app, "ada", "Engine1844").await;
    assert_eq!(wrong.status, 403, "{wrong:?}");
    assert!(wrong.body.contains("The name or the password is wrong."), "{wrong:?}");
    let offered = owner.sign_in(&app, "ada", PASSWORD).await;
    assert_eq!(offered.status, 200, "{offered:?}");
    assert!(!offered.headers.contains_key("set-cookie"));
    assert!(offered.body.contains("<h1>Bring your account back</h1>"), "{offered:?}");
    assert!(offered.body.contains("<time datetime=\"2026-02-01T03:04:05"), "{offered:?}");
    assert!(!offered.body.contains(PASSWORD), "{offered:?}");

    let (_, wrong) = come_back(&app, "Engine1844").await;
    assert_eq!(wrong.status, 403, "{wrong:?}");
    let (owner, back) = come_back(&app, PASSWORD).await;
    assert_eq!((back.status, back.header("location")), (303, "/account?done=restored"), "{back:?}");
    assert!(owner.page(&app, "/account?done=restored").await.contains("Your account is back."));
    assert_eq!(log_in(&app, "ada").await.status, 200);
    // The sessions of before stay void.
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 401);
}

#[tokio::test]
async fn what_an_administrator_moved_into_the_trash_its_owner_does_not_bring_back() {
    let (app, owner, ada) = with_ada().await;
    let root = admin(&app, "root").await;
    assert_eq!(root.trash(&app, &ada.id).await.status, 204);
    leads_to_sign_in(&owner.get(&app, "/account").await);
    let known = Owner::stranger().sign_in(&app, "ada", PASSWORD).await;
    let unknown = Owner::stranger().sign_in(&app, "nob", PASSWORD).await;
    assert_eq!((known.status, unknown.status), (403, 403));
    assert_eq!(known.body.replace("\"ada\"", "\"nob\""), unknown.body);
    let (_, refused) = come_back(&app, PASSWORD).await;
    assert_eq!(refused.status, 403, "{refused:?}");
    assert!(!refused.headers.contains_key("set-cookie"));
    assert_ne!(log_in(&app, "ada").await.status, 200);
}

#[tokio::test]
async fn who_was_restored_and_moved_there_again_by_an_administrator_stays_there() {
    let (app, owner, ada) = with_ada().await;
    let root = admin(&app, "root").await;
    owner.submit(&app, "/account/delete", &[]).await;
    let restored = root.call(&app, "PUT", &format!("/api/v1/trash/restore/{}", ada.id), None).await;
    assert_eq!(restored.status, 200, "{restored:?}");
    root.trash(&app, &ada.id).await;
    assert_eq!(come_back(&app, PASSWORD).await.1.status, 403);
}

#[tokio::test]
async fn ten_minutes_after_the_sign_in_it_takes_the_password() {
    let (app, owner, _) = with_ada().await;
    app.clock.advance(Duration::from_mins(10));
    for (values, words) in
        [(&[][..], "Give your password."), (&[("password", "Engine1844")][..], "The password is wrong.")]
    {
        let answer = owner.submit(&app, "/account/delete", values).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        assert!(answer.body.contains(words), "{answer:?}");
    }
    assert_eq!(owner.get(&app, "/account").await.status, 200);
    let answer = owner.submit(&app, "/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!(answer.header("location"), "/account/login?done=deleted", "{answer:?}");
    assert!(owner.cookie.borrow().is_empty());
}

#[tokio::test]
async fn the_last_administrator_stays_and_keeps_the_session() {
    let app = with_pages().start().await;
    admin(&app, "root").await;
    let owner = Owner::signed_in(&app, "root").await;
    app.clock.advance(Duration::from_mins(10));
    let answer = owner.submit(&app, "/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    assert!(answer.body.contains("the last administrator"), "{answer:?}");
    assert_eq!(owner.get(&app, "/account").await.status, 200);
}

#[tokio::test]
async fn an_account_that_is_not_in_the_trash_is_signed_in_to_as_it_is() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let (owner, answer) = come_back(&app, PASSWORD).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert!(owner.page(&app, "/account").await.contains(&email("ada")));
}

#[tokio::test]
async fn of_two_tabs_one_brings_it_back_and_the_other_signs_in() {
    let (app, owner, _) = with_ada().await;
    owner.submit(&app, "/account/delete", &[]).await;
    let ((_, one), (_, other)) = tokio::join!(come_back(&app, PASSWORD), come_back(&app, PASSWORD));
    assert_eq!((one.status, other.status), (303, 303), "{one:?} {other:?}");
}

#[tokio::test]
async fn staff_is_told_before_and_after_that_an_administrator_brings_it_back() {
    let app = with_pages().start().await;
    admin(&app, "root").await;
    admin(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    let page = owner.page(&app, "/account/delete").await;
    assert!(page.contains("an administrator can bring it back; you cannot"), "{page}");
    assert!(!page.contains("sign in here to bring it back"), "{page}");
    let answer = owner.submit(&app, "/account/delete", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account/login?done=staff-deleted"));
    let page = owner.page(&app, "/account/login?done=staff-deleted").await;
    assert!(page.contains("An administrator can bring it back."), "{page}");
    assert!(!page.contains("within 30 days"), "{page}");

    let known = owner.sign_in(&app, "ada", PASSWORD).await;
    let unknown = Owner::stranger().sign_in(&app, "nob", PASSWORD).await;
    assert_eq!((known.status, unknown.status), (403, 403));
    assert_eq!(known.body.replace("\"ada\"", "\"nob\""), unknown.body);
    let (_, refused) = come_back(&app, PASSWORD).await;
    let (_, wrong) = come_back(&app, "Engine1844").await;
    assert_eq!((refused.status, wrong.status), (403, 403));
    assert_eq!(refused.body, wrong.body);
    assert!(!refused.headers.contains_key("set-cookie"));
}

/// Subject and text of the newest mail to Ada, of which there are now so many.
async fn newest(app: &TestApp, count: usize) -> (String, String) {
    assert_eq!(app.mails_to(&email("ada")).await, count);
    let mail = &app.mailbox.to(&email("ada"))[0].mail;
    (mail.subject.clone(), mail.text.clone())
}

#[tokio::test]
async fn a_mail_tells_the_owner_of_both_in_the_language_of_the_browser() {
    let (app, owner, _) = with_ada().await;
    let before = app.mails_to(&email("ada")).await;
    assert_eq!(owner.submit(&app, "/account/delete", &[]).await.status, 303);
    let (subject, text) = newest(&app, before + 1).await;
    assert_eq!(subject, "Your account was deleted");
    assert!(text.contains("Until 1 February 2026 at 03:04 UTC, you can bring it back"), "{text}");
    let link = app.mailbox.to(&email("ada"))[0].mail.links.concat();
    assert!(link.ends_with("/account/login"), "{link}");
    // What the mail leads to takes the password.
    owner.sign_in(&app, "ada", PASSWORD).await;
    newest(&app, before + 1).await;
    let request = app.request("POST", "/account/come-back").header("sec-fetch-site", "same-origin");
    let request = request.header("accept-language", "fr");
    let values = [("identifier", "ada"), ("password", PASSWORD)];
    assert_eq!(owner.send(&app, request.form_of(&values)).await.status, 303);
    let (subject, text) = newest(&app, before + 2).await;
    assert_eq!(subject, "Votre compte est de retour");
    assert!(text.contains("vient d’être récupéré depuis les pages du compte"), "{text}");
    // Whoever comes back again just signs in.
    assert_eq!(come_back(&app, PASSWORD).await.1.status, 303);
    newest(&app, before + 2).await;
}

#[tokio::test]
async fn no_mail_tells_a_day_where_the_trash_is_kept_for_ever() {
    let app = with_pages().with("retention.trashed_accounts", "never").start().await;
    member(&app, "ada").await;
    let before = app.mails_to(&email("ada")).await;
    let owner = Owner::signed_in(&app, "ada").await;
    owner.submit(&app, "/account/delete", &[]).await;
    let (_, text) = newest(&app, before + 1).await;
    assert!(text.contains("At any time you can bring it back") && !text.contains("UTC"), "{text}");
}

#[tokio::test]
async fn no_mail_tells_of_what_a_contract_does() {
    let (app, _, ada) = with_ada().await;
    let root = admin(&app, "root").await;
    let before = app.mails_to(&email("ada")).await;
    for person in [&ada, &root] {
        assert_eq!(person.trash(&app, &ada.id).await.status, 204);
        let restored = root.call(&app, "PUT", &format!("/api/v1/trash/restore/{}", ada.id), None).await;
        assert_eq!(restored.status, 200, "{restored:?}");
    }
    assert_eq!(app.mails_to(&email("ada")).await, before);
}
