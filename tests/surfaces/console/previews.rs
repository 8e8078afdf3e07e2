//! What messages look like, and test messages.

use vestibule_tests::TestApp;

use super::clerk::{Clerk, SCRIPT, staffed};
use super::guarded::{form, is_guarded, moderator, takes_no_foreign_form};
use crate::admin::person::admin;

const KINDS: [&str; 9] = [
    "activate_account",
    "confirm_email",
    "reset_password",
    "password_changed",
    "account_deleted",
    "account_restored",
    "verification_code",
    "verification_sms",
    "test",
];

#[tokio::test]
async fn every_kind_of_message_is_shown_in_every_language() {
    let (app, clerk, _) = staffed().await;
    for kind in KINDS {
        let mut texts = Vec::new();
        for language in ["en", "fr"] {
            let query = format!("?kind={kind}&language={language}");
            let page = clerk.page(&app, &format!("/console/messages/preview{query}")).await;
            assert!(page.contains(&format!("<option selected>{kind}</option>")), "{page}");
            let text = page.split(&format!("<pre lang=\"{language}\">")).nth(1).unwrap();
            texts.push(text.split("</pre>").next().unwrap().to_owned());
            let html = clerk.get(&app, &format!("/console/messages/preview.html{query}")).await;
            if kind == "verification_sms" {
                assert_eq!(html.status, 404, "{html:?}");
                assert!(!page.contains("preview.html"), "{page}");
            } else {
                assert_eq!((html.status, html.header("content-type")), (200, "text/html; charset=utf-8"));
                assert!(html.body.contains(&format!("<html lang=\"{language}\">")), "{html:?}");
                assert!(page.contains("preview.html?kind="), "{page}");
            }
        }
        assert!(!texts[0].is_empty() && texts[0] != texts[1], "{kind}: {texts:?}");
    }
    let reset = clerk.page(&app, "/console/messages/preview?kind=reset_password&language=en").await;
    for part in ["Reset your password", "SAMPLE-TOKEN-THAT-OPENS-NOTHING", "ada@example.com"] {
        assert!(reset.contains(part), "no {part} in {reset}");
    }
    // Nothing was sent.
    assert_eq!(app.mails_to("ada@example.com").await, 0);
    for query in ["?kind=x", "?language=x", "?kind=%3Cscript%3E&language=%3Cscript%3E"] {
        let page = clerk.page(&app, &format!("/console/messages/preview{query}")).await;
        assert!(
            page.contains("<option selected>activate_account</option>")
                && !page.replace(SCRIPT, "").contains("<script")
        );
    }
    let french = app.request("GET", "/console/messages/preview").header("accept-language", "fr");
    assert!(clerk.send(&app, french).await.body.contains("<option selected>fr</option>"));
}

#[tokio::test]
async fn a_mail_that_is_shown_has_no_origin_no_script_and_no_frame_around_it() {
    let (app, clerk, _) = staffed().await;
    for kind in ["activate_account", "test"] {
        let answer = clerk.get(&app, &format!("/console/messages/preview.html?kind={kind}")).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; \
             frame-ancestors 'none'; base-uri 'none'"
        );
        assert_eq!((answer.header("cache-control"), answer.header("x-frame-options")), ("no-store", "DENY"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
    }
    // The pages themselves have the policy of all pages.
    let page = clerk.get(&app, "/console/messages/preview").await;
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    assert!(page.body.len() < 60_000);
}

#[tokio::test]
async fn a_test_message_leaves_as_others_do_and_is_told_without_its_address() {
    let (app, clerk, _) = staffed().await;
    for (language, subject) in [("en", "A test message"), ("fr", "Message d’essai")] {
        let to = format!("{language}@example.net");
        let values = [("to", to.as_str()), ("language", language)];
        let answer = clerk.submit(&app, "/console/messages/test", &values).await;
        assert_eq!(answer.header("location"), "/console/messages?queue=waiting&done=test-sent", "{answer:?}");
        let waiting = clerk.page(&app, "/console/messages?queue=waiting&done=test-sent").await;
        assert!(waiting.contains("The test message is on its way."), "{waiting}");
        assert!(waiting.contains("<td>test</td>") && waiting.contains(&to), "{waiting}");
        assert_eq!(app.mails_to(&to).await, 1);
        assert_eq!(app.mailbox.to(&to)[0].mail.subject, subject);
    }
    let trail = clerk.page(&app, "/console/audit?action=test_message_sent").await;
    assert_eq!(trail.matches("<th scope=\"row\">test_message_sent</th>").count(), 2, "{trail}");
    assert!(trail.contains("<td>console</td>") && !trail.contains("example.net"), "{trail}");
}

#[tokio::test]
async fn an_address_that_is_none_is_told_beside_its_field() {
    let (app, clerk, _) = staffed().await;
    for to in ["", "nobody", "a@b@c", "\"><script>alert(1)</script>", "a@example.com\r\nBcc: b@example.com"] {
        let answer = clerk.submit(&app, "/console/messages/test", &[("to", to), ("language", "en")]).await;
        assert_eq!(answer.status, 422, "{to}: {answer:?}");
        assert!(answer.body.contains("id=\"to-fault\">This is no e-mail address.</p>"), "{answer:?}");
        assert!(!answer.body.replace(SCRIPT, "").contains("<script"), "{answer:?}");
    }
    let unknown = [("to", "a@example.com"), ("language", "tlh")];
    assert_eq!(clerk.submit(&app, "/console/messages/test", &unknown).await.status, 400);
    assert_eq!(app.mails_to("a@example.com").await, 0);
}

#[tokio::test]
async fn no_address_gets_more_than_a_few_test_messages() {
    let app = TestApp::on_memory().with("console.enabled", "true").start().await;
    admin(&app, "root").await;
    let clerk = Clerk::signed_in(&app, "root").await;
    let send = async |to: &str| {
        clerk.submit(&app, "/console/messages/test", &[("to", to), ("language", "en")]).await
    };
    for _ in 0..5 {
        assert_eq!(send("a@example.net").await.status, 303);
    }
    let refused = send("a@example.net").await;
    assert_eq!(refused.status, 429, "{refused:?}");
    assert!(refused.body.contains("There were too many attempts."), "{refused:?}");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    // Nor do all addresses together get many from one administrator: six were counted.
    for number in 0..14 {
        assert_eq!(send(&format!("b{number}@example.net")).await.status, 303, "{number}");
    }
    assert_eq!(send("c@example.net").await.status, 429);
    assert_eq!(app.mails_to("a@example.net").await, 5);
    assert_eq!(app.mails_to("c@example.net").await, 0);
}

#[tokio::test]
async fn previews_and_test_messages_are_for_administrators_and_their_pages_alone() {
    let (app, root, _) = staffed().await;
    let mia = moderator(&app).await;
    for path in ["/console/messages/preview", "/console/messages/preview.html"] {
        is_guarded(&app, &mia, path).await;
    }
    let values = [("to", "a@example.net"), ("language", "en")];
    takes_no_foreign_form(&app, &root, &mia, "/console/messages/test", form(&values)).await;
    let link = root.get(&app, "/console/messages/test?to=a%40example.net&language=en").await;
    assert_eq!((link.status, link.header("allow")), (405, "POST"));
    assert_eq!(app.mails_to("a@example.net").await, 0);
}
