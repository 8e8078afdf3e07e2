//! What waits in the outbox, and what was given up.

use std::time::Duration;

use uuid::Uuid;
use vestibule_domain::messages::Notice;
use vestibule_tests::TestApp;

use super::clerk::staffed;

const SECRET: &str = "a-token-that-nobody-else-may-read";

/// A message to an address, which the mail server has refused.
async fn parked(app: &TestApp, to: &str, reason: &str) -> Uuid {
    let notice = Notice::ResetPassword {
        email: to.to_owned(),
        token: SECRET.to_owned(),
        valid_minutes: 60,
        surface: "admin".to_owned(),
    };
    app.park(&notice, reason).await
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
