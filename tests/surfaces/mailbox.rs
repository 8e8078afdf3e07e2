//! The mailbox of development.

use serde_json::json;
use vestibule_domain::accounts::MobileNumber;
use vestibule_domain::messages::{MessageId, Sms};
use vestibule_tests::TestApp;

async fn ask_for_account(app: &TestApp, email: &str) {
    let body = json!({"email": email, "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
}

#[tokio::test]
async fn mail_is_there_as_soon_as_the_request_that_caused_it_is_answered() {
    let app = TestApp::start().await;
    ask_for_account(&app, "ada@example.com").await;
    let answer = app.get("/dev/mailbox/messages?to=Ada@example.com").await;
    let messages = answer.json();
    let message = messages[0].as_object().unwrap();
    let keys: Vec<_> = message.keys().map(String::as_str).collect();
    assert_eq!(keys, ["id", "channel", "to", "subject", "text", "html", "links", "code", "created_at"]);
    assert_eq!(message["channel"], "mail");
    assert_eq!(message["to"], "ada@example.com");
    let code = message["code"].as_str().unwrap();
    assert!(message["links"][0].as_str().unwrap().contains(code));
    assert!(message["text"].as_str().unwrap().contains(code));
}

#[tokio::test]
async fn it_shows_all_newest_first_or_those_to_one_recipient() {
    let app = TestApp::start().await;
    ask_for_account(&app, "ada@example.com").await;
    app.get("/dev/mailbox/messages").await;
    ask_for_account(&app, "eve@example.com").await;
    let all = app.get("/dev/mailbox/messages").await.json();
    let to: Vec<_> = all.as_array().unwrap().iter().map(|message| message["to"].clone()).collect();
    assert_eq!(to, ["eve@example.com", "ada@example.com"]);
    app.get("/dev/mailbox/messages?to=nobody@example.com").await.is(200, "[]");
}

#[tokio::test]
async fn it_can_be_emptied() {
    let app = TestApp::start().await;
    ask_for_account(&app, "ada@example.com").await;
    app.get("/dev/mailbox/messages").await;
    let emptied = app.send(app.request("DELETE", "/dev/mailbox/messages")).await;
    emptied.is(204, "");
    app.get("/dev/mailbox/messages").await.is(200, "[]");
}

#[tokio::test]
async fn the_page_shows_mail_without_letting_it_run() {
    let app = TestApp::start().await;
    ask_for_account(&app, "ada@example.com").await;
    let page = app.get("/dev/mailbox?to=%3Cscript%3E").await;
    assert!(!page.body.contains("<script>"));
    let page = app.get("/dev/mailbox").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("ada@example.com") && page.body.contains("sandbox srcdoc="));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
}

#[tokio::test]
async fn of_a_filter_that_is_given_twice_the_last_counts() {
    let app = TestApp::start().await;
    ask_for_account(&app, "ada@example.com").await;
    let messages = app.get("/dev/mailbox/messages?to=nobody@example.com&to=ada@example.com").await.json();
    assert_eq!(messages.as_array().unwrap().len(), 1);
    app.get("/dev/mailbox/messages?to=ada@example.com&to=nobody@example.com").await.is(200, "[]");
    assert_eq!(app.get("/dev/mailbox?to=a&to=b").await.status, 200);
}

#[tokio::test]
async fn a_delivery_goes_on_when_the_request_that_began_it_is_cut_off() {
    let app = TestApp::on_memory().with("server.request_timeout", "300ms").start().await;
    ask_for_account(&app, "ada@example.com").await;
    // A unit of work that nobody ends keeps the only writer: the delivery waits for it.
    let unit = app.deps.store.begin().await.unwrap();
    app.get("/dev/mailbox/messages").await.is_detail(503, "Service Unavailable");
    drop(unit);
    // One batch is under way at a time, so this one waits for the other, which leaves nothing.
    assert_eq!(app.services.deliver_messages.execute().await.unwrap().total(), 0);
    assert_eq!(app.mailbox.to("ada@example.com").len(), 1);
}

#[tokio::test]
async fn other_methods_are_refused() {
    let app = TestApp::start().await;
    for (path, allow) in [("/dev/mailbox", "GET, HEAD"), ("/dev/mailbox/messages", "GET, HEAD, DELETE")] {
        let answer = app.send(app.request("POST", path)).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), allow);
    }
}

#[tokio::test]
async fn an_sms_is_there_too_and_is_found_by_its_number() {
    let app = TestApp::start().await;
    let to = MobileNumber::parse("+33612345678").unwrap();
    let sms = Sms { to, text: "your code is 246810 <b>".to_owned(), code: Some("246810".to_owned()) };
    app.deps.sms.send(MessageId(uuid::Uuid::nil()), &sms).await.unwrap();
    ask_for_account(&app, "ada@example.com").await;
    // A + that is not encoded is a blank in a query.
    for number in ["%2B33612345678", "+33612345678"] {
        let messages = app.get(&format!("/dev/mailbox/messages?to={number}")).await.json();
        assert_eq!(messages.as_array().unwrap().len(), 1, "{number}");
        assert_eq!(messages[0]["channel"], "sms");
        assert_eq!(messages[0]["to"], "+33612345678");
        assert_eq!(messages[0]["code"], "246810");
        assert_eq!((&messages[0]["subject"], &messages[0]["html"]), (&json!(""), &json!("")));
    }
    let page = app.get("/dev/mailbox?to=%2B33612345678").await.body;
    assert!(page.contains("your code is 246810 &#60;b&#62;") && !page.contains("<iframe"), "{page}");
}
