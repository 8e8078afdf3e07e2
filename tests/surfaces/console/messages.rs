//! What waits in the outbox, what was given up, and what was sent.

use std::time::Duration;

use uuid::Uuid;
use vestibule_domain::accounts::Role;
use vestibule_domain::messages::{Language, MessageId, Notice, OutboxMessage};
use vestibule_tests::TestApp;

use super::clerk::{Clerk, SCRIPT, staffed};
use super::roles::set_role;
use crate::admin::person::{email, member};

const SECRET: &str = "a-token-that-nobody-else-may-read";

fn reset(to: &str) -> Notice {
    Notice::ResetPassword {
        email: to.to_owned(),
        token: SECRET.to_owned(),
        valid_minutes: 60,
        surface: "admin".to_owned(),
    }
}

/// A message to an address, which the mail server has refused.
async fn parked(app: &TestApp, to: &str, reason: &str) -> Uuid {
    app.park(&reset(to), reason).await
}

/// A message to an address, which was sent.
async fn sent(app: &TestApp, to: &str) {
    let (now, notice) = (app.deps.clock.now(), reset(to));
    let message = OutboxMessage {
        id: MessageId(app.deps.ids.random()),
        sealed_notice: app.deps.sealer.seal(&serde_json::to_vec(&notice).unwrap()).unwrap(),
        channel: notice.channel(),
        language: Language::En,
        created_at: now,
        available_at: now,
        attempts: 0,
    };
    app.deps.store.repositories().outbox().enqueue(&message).await.unwrap();
    assert_eq!(app.mails_to(to).await, 1);
}

#[tokio::test]
async fn what_was_given_up_is_shown_without_its_secret_and_is_tried_again() {
    let (app, clerk, _) = staffed().await;
    let id = parked(&app, "ada@example.com", "refused: 550 <b>no such user").await;
    let page = clerk.page(&app, "/console/messages").await;
    for part in [
        "<th scope=\"row\"><bdi>ada@example.com</bdi></th>",
        "<td>reset_password</td>",
        "<td>refused: 550 &#60;b&#62;no such user</td>",
        "Messages given up: 1</a>",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains(SECRET), "{page}");
    assert!(
        page.contains("<a href=\"/console/messages\" aria-current=\"page\">Messages given up: 1"),
        "{page}"
    );
    let waiting = clerk.page(&app, "/console/messages?queue=waiting").await;
    let chosen = "?queue=waiting\" aria-current=\"page\">";
    assert!(waiting.contains(chosen) && waiting.matches("aria-current").count() == 2, "{waiting}");
    let before = app.mails_to("ada@example.com").await;
    let answer = clerk.submit(&app, &format!("/console/messages/{id}/retry"), &[]).await;
    assert_eq!(answer.header("location"), "/console/messages?done=message-retried", "{answer:?}");
    assert_eq!(app.mails_to("ada@example.com").await, before + 1);
    let page = clerk.page(&app, "/console/messages?done=message-retried").await;
    assert!(page.contains("The message waits to be sent again.") && page.contains("Messages given up: 0"));
    let trail = clerk.page(&app, "/console/audit?action=message_retried").await;
    assert!(trail.contains(&id.to_string()), "{trail}");
    for path in [format!("{id}"), Uuid::nil().to_string(), "x".to_owned()] {
        let again = clerk.submit(&app, &format!("/console/messages/{path}/retry"), &[]).await;
        assert_eq!(again.status, 404, "{again:?}");
        assert!(again.body.contains("no such message"), "{again:?}");
    }
}

#[tokio::test]
async fn what_was_given_up_goes_on_over_pages_the_latest_first() {
    let (app, clerk, _) = staffed().await;
    for number in 0..26 {
        app.clock.advance(Duration::from_secs(1));
        parked(&app, &format!("m{number:02}@example.com"), "refused").await;
    }
    let first = clerk.page(&app, "/console/messages?queue=parked").await;
    assert_eq!(first.matches("<th scope=\"row\">").count(), 25, "{first}");
    assert!(first.contains("m25@example.com") && !first.contains("m00@example.com"));
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = clerk.page(&app, &next.replace("&#38;", "&")).await;
    assert_eq!(second.matches("<th scope=\"row\">").count(), 1, "{second}");
    assert!(second.contains("m00@example.com") && !second.contains("rel=\"next\""), "{second}");
    let waiting = clerk.page(&app, "/console/messages?queue=waiting").await;
    assert!(waiting.contains("No message is here.") && !waiting.contains("/retry"), "{waiting}");
    for after in ["x", "1.x", "-99999999999999999999.00000000-0000-0000-0000-000000000000"] {
        clerk.page(&app, &format!("/console/messages?after={after}")).await;
    }
}

#[tokio::test]
async fn what_was_sent_is_shown_without_what_was_in_it_in_both_languages() {
    let (app, clerk, ada) = staffed().await;
    let before = app.mails_to(&email("ada")).await;
    let answer = clerk.submit(&app, &format!("/console/users/{ada}/reset"), &[]).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(app.mails_to(&email("ada")).await, before + 1);
    sent(&app, "eve@example.com").await;
    let page = clerk.page(&app, "/console/messages?queue=sent").await;
    let row = page.split("<tr>").find(|row| row.contains(&email("ada"))).unwrap().to_owned();
    for part in [
        format!("<th scope=\"row\"><bdi>{}</bdi></th>", email("ada")).as_str(),
        "<td>reset_password</td>\n<td>mail</td>",
        "<td>1</td>",
    ] {
        assert!(row.contains(part), "no {part} in {row}");
    }
    assert!(page.contains("<bdi>eve@example.com</bdi>"), "{page}");
    assert!(!page.contains(SECRET) && !page.contains("/retry"), "{page}");
    let chosen = "?queue=sent\" aria-current=\"page\">Messages sent</a>";
    assert!(page.contains(chosen) && page.matches("aria-current").count() == 2, "{page}");
    assert!(page.contains("<th scope=\"col\">Sent</th>") && !page.contains(">Why</th>"), "{page}");
    let request = app.request("GET", "/console/messages?queue=sent").header("accept-language", "fr");
    let french = clerk.send(&app, request).await.body;
    assert!(french.contains("aria-current=\"page\">Messages envoyés</a>"), "{french}");
    assert!(french.contains("<th scope=\"col\">Envoyé</th>"), "{french}");
}

#[tokio::test]
async fn what_was_sent_goes_on_over_pages_the_latest_first() {
    let (app, clerk, _) = staffed().await;
    for number in 0..26 {
        app.clock.advance(Duration::from_secs(1));
        sent(&app, &format!("m{number:02}@example.com")).await;
    }
    let first = clerk.page(&app, "/console/messages?queue=sent").await;
    assert_eq!(first.matches("<th scope=\"row\">").count(), 25, "{first}");
    assert!(first.contains("m25@example.com") && !first.contains("m00@example.com"));
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = clerk.page(&app, &next.replace("&#38;", "&")).await;
    assert!(second.contains("m00@example.com") && !second.contains("m25@example.com"), "{second}");
    assert!(second.contains("rel=\"first\" href=\"/console/messages?queue=sent\""), "{second}");
    for after in ["x", "1.x", "-99999999999999999999.00000000-0000-0000-0000-000000000000"] {
        clerk.page(&app, &format!("/console/messages?queue=sent&after={after}")).await;
    }
}

#[tokio::test]
async fn markup_in_what_was_sent_is_text() {
    const EVIL: &str = "<script>alert(1)</script>\"@example.com";
    let (app, clerk, _) = staffed().await;
    sent(&app, EVIL).await;
    let page = clerk.page(&app, "/console/messages?queue=sent").await;
    assert!(page.contains("alert(1)"), "{page}");
    assert!(!page.replace(SCRIPT, "").contains("<script"), "{page}");
}

#[tokio::test]
async fn a_moderator_sees_nothing_of_what_was_sent() {
    let (app, _, _) = staffed().await;
    sent(&app, "eve@example.com").await;
    member(&app, "mia").await;
    set_role(&app, "mia", Role::Moderator).await;
    let mia = Clerk::signed_in(&app, "mia").await;
    let answer = mia.get(&app, "/console/messages?queue=sent").await;
    assert_eq!(answer.status, 403, "{answer:?}");
    assert!(!answer.body.contains("eve@example.com"), "{answer:?}");
}
