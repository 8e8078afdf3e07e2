//! `[brand]`, `[links]` and `mail.templates`: what people see of the operator.

use std::fs;
use std::path::Path;

use serde_json::json;
use vestibule_tests::{TestApp, TestAppBuilder};

use crate::account_pages::owner::Owner;
use crate::admin::person::{PASSWORD, member};

const EMAIL: &str = "ada@example.com";

const LOGO: &str = r#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;

async fn asked_for_reset(app: &TestApp) {
    let body = json!({"email": EMAIL, "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    let token = app.mailed_code(EMAIL).await;
    let body = json!({"email": EMAIL, "token": token});
    assert_eq!(app.post("/api/v1/accounts/activate/", &body).await.status, 200);
    app.post("/api/v1/accounts/password-reset/request/", &json!({"email": EMAIL})).await;
    app.mailed_code(EMAIL).await;
}

fn with_console() -> TestAppBuilder {
    TestApp::on_memory().with("console.enabled", "true").with("account_pages.enabled", "true")
}

#[tokio::test]
async fn name_and_logo_stand_at_the_head_of_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let logo = folder.path().join("logo.svg");
    fs::write(&logo, LOGO).unwrap();
    let app = with_console().with("brand.name", "Acme & Sons").with("brand.logo", logo.to_str().unwrap());
    let app = app.with("server.public_url", "http://127.0.0.1:0/base").start().await;
    for path in [
        "/account/activate?email=a%40b.co&token=x",
        "/account/reset-password?email=a%40b.co&token=x",
        "/account/login",
        "/console/login",
        "/dev/mailbox",
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains(" – Acme &#38; Sons</title>"), "{path}: {}", page.body);
        let head = "<p class=\"brand\"><img src=\"/base/account/logo\" alt=\"\"> Acme &#38; Sons</p>";
        assert!(page.body.contains(head), "{path}: {}", page.body);
        assert!(!page.body.contains("Vestibule"), "{path}: {}", page.body);
        assert!(page.header("content-security-policy").contains("img-src 'self'"), "{path}");
    }
    let shown = app.get("/account/logo").await;
    assert_eq!((shown.status, shown.body.as_str()), (200, LOGO));
    assert_eq!(shown.header("content-type"), "image/svg+xml");
    let policy = shown.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("sandbox"), "{policy}");
    let request = app.request("GET", "/account/logo").header("if-none-match", shown.header("etag"));
    assert_eq!(app.send(request).await.status, 304);
}

#[tokio::test]
async fn without_a_logo_there_is_none() {
    let app = TestApp::start().await;
    app.get("/account/logo").await.is_detail(404, "Not Found");
    let page = app.get("/account/activate").await;
    assert!(page.body.contains("<p class=\"brand\">Vestibule</p>"), "{}", page.body);
}

#[tokio::test]
async fn refusals_that_no_handler_words_have_the_name_too() {
    let app = TestApp::on_memory().with("brand.name", "Acme").with("server.max_body", "1KiB").start().await;
    let request = app.request("POST", "/account/activate").header("accept-language", "fr");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body("x".repeat(2048));
    let answer = app.send(request).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("Ce lien n’est plus valable – Acme</title>"), "{}", answer.body);
}

#[tokio::test]
async fn mails_lead_to_the_front_end_of_the_operator() {
    let app = TestApp::on_memory()
        .with("brand.name", "Acme")
        .with("links.activate", "https://www.example.org/#/activate")
        .with("links.reset", "https://www.example.org/reset?theme=dark")
        .start()
        .await;
    asked_for_reset(&app).await;
    let [reset, activation] = &app.mailbox.to(EMAIL)[..] else { panic!("two mails") };
    let token = activation.mail.code.as_deref().unwrap();
    let link = format!("https://www.example.org/#/activate?email=ada%40example.com&token={token}&lang=en");
    assert_eq!(activation.mail.links, [link]);
    assert!(activation.mail.text.contains("An account at Acme was requested"), "{}", activation.mail.text);
    let token = reset.mail.code.as_deref().unwrap();
    let link = format!(
        "https://www.example.org/reset?theme=dark&surface=theater&email=ada%40example.com&token={token}&lang=en"
    );
    assert_eq!(reset.mail.links, [link]);
}

#[tokio::test]
async fn a_page_that_is_done_leads_on() {
    let activated = async |builder: TestAppBuilder| {
        let app = builder.start().await;
        let body = json!({"email": EMAIL, "password": "Analytical#1843"});
        assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
        let form = format!("email={EMAIL}&token={}", app.mailed_code(EMAIL).await);
        let request = app.request("POST", "/account/activate");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        let page = app.send(request).await;
        assert!(page.body.contains("Your account is active"), "{}", page.body);
        page.body.split("<a href=\"").skip(1).map(|link| link.split('"').next().unwrap().to_owned()).collect()
    };
    let leads: Vec<String> = activated(TestApp::on_memory()).await;
    assert_eq!(leads, Vec::<String>::new());
    let leads: Vec<String> = activated(TestApp::on_memory().with("account_pages.enabled", "true")).await;
    assert_eq!(leads, ["/account"]);
    let builder = TestApp::on_memory().with("account_pages.enabled", "true");
    let leads: Vec<String> = activated(builder.with("links.after", "https://www.example.org/?a=1&b=2")).await;
    assert_eq!(leads, ["https://www.example.org/?a=1&#38;b=2"]);
}

#[tokio::test]
async fn the_page_for_a_new_password_says_whose_and_which_rules_before_the_first_mistake() {
    let app = TestApp::start().await;
    let whose = async |email: &str| {
        let page =
            app.get(&format!("/account/reset-password?surface=theater&email={email}&token=x")).await.body;
        page.contains(&format!("For the account of <strong class=\"address\">{email}</strong>"))
    };
    assert!(whose(EMAIL).await);
    // Whoever makes up a link does not have the page say what he likes.
    assert!(!whose("Call-0800-EVIL").await);
    let rules = async |surface: &str, language: &str| {
        let path = format!("/account/reset-password?surface={surface}&email=ada&token=x&lang={language}");
        let page = app.get(&path).await.body;
        assert!(!page.contains("role=\"alert\""), "{page}");
        let list = page.split("id=\"rules\">").nth(1).unwrap().split("</ul>").next().unwrap().to_owned();
        list.split("<li>")
            .skip(1)
            .map(|rule| rule.trim().trim_end_matches("</li>").to_owned())
            .collect::<Vec<_>>()
    };
    let of_theater = [
        "Use at least 8 characters.",
        "Add a capital letter (A–Z).",
        "Add a small letter (a–z).",
        "Add a digit.",
        "Add one of these characters: @$!%*?#&#38;",
    ];
    assert_eq!(rules("theater", "en").await, of_theater);
    assert_eq!(rules("contacts", "fr").await[0], "Utilisez au moins 6 caractères.");
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[tokio::test]
async fn mails_are_worded_by_the_templates_of_the_operator() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            (
                "reset_password.en.txt",
                "Subject: {{ product }}: a new password\n\nFor {{ email }}, within {{ valid }}: {{ link }}",
            ),
            ("reset_password.en.html", "<p>{{ product }}, {{ token }}</p>"),
            (".hidden.txt", "no template"),
            ("logo.png", "no template"),
        ],
    );
    let app = TestApp::on_memory()
        .with("brand.name", "A&B")
        .with("mail.templates", folder.path().to_str().unwrap())
        .start()
        .await;
    asked_for_reset(&app).await;
    let [reset, activation] = &app.mailbox.to(EMAIL)[..] else { panic!("two mails") };
    let (token, link) = (reset.mail.code.as_deref().unwrap(), &reset.mail.links[0]);
    assert_eq!(reset.mail.subject, "A&B: a new password");
    assert_eq!(reset.mail.text, format!("For {EMAIL}, within 24 hours: {link}"));
    assert_eq!(reset.mail.html, format!("<p>A&amp;B, {token}</p>"));
    // What has no template of its own.
    assert_eq!(activation.mail.subject, "Activate your account");
}

#[tokio::test]
async fn a_template_knows_what_a_mail_lacks_and_takes_in_others() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("_layout.html", "<main>{% block main %}{% endblock %}</main>"),
            (
                "activate_account.en.txt",
                "Subject: Go\r\n\r\n{% if requested_at is defined %}At {{ requested_at }}{% if client_address is \
                 defined %} from {{ client_address }}{% endif %}. {% endif %}{{ link }}",
            ),
            (
                "activate_account.en.html",
                "{% extends '_layout.html' %}{% block main %}<a href=\"{{ link }}\">Go</a>{% endblock %}",
            ),
        ],
    );
    let app = TestApp::on_memory().with("mail.templates", folder.path().to_str().unwrap()).start().await;
    let body = json!({"email": EMAIL, "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    app.mailed_code(EMAIL).await;
    let mail = &app.mailbox.to(EMAIL)[0].mail;
    assert!(mail.text.starts_with("At 20") && mail.text.contains(" from 127.0.0.1. http"), "{}", mail.text);
    let link = mail.links[0].replace('/', "&#x2f;").replace('&', "&amp;").replace("&amp;#x2f;", "&#x2f;");
    assert_eq!(mail.html, format!("<main><a href=\"{link}\">Go</a></main>"));
}

#[tokio::test]
async fn a_template_words_what_an_owner_is_told_of_a_deletion() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            (
                "account_deleted.en.txt",
                "Subject: {{ product }}: gone\n\n{{ email }}{% if until is defined %}, until {{ until }}{% endif %}{% if \
                 link is defined %}: {{ link }}{% endif %}",
            ),
            ("account_deleted.en.html", "<p>Gone</p>"),
            ("account_restored.en.txt", "Subject: {{ product }}: back\n\nHello {{ email }}"),
            ("account_restored.en.html", "<p>Back</p>"),
        ],
    );
    let app = with_console().with("brand.name", "Acme").with("rate_limit.enabled", "false");
    let app = app.with("mail.templates", folder.path().to_str().unwrap()).start().await;
    member(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    owner.submit(&app, "/account/delete", &[]).await;
    app.mails_to(EMAIL).await;
    let mail = &app.mailbox.to(EMAIL)[0].mail;
    assert_eq!((mail.subject.as_str(), mail.html.as_str()), ("Acme: gone", "<p>Gone</p>"));
    let expected = format!("{EMAIL}, until 2026-02-01 03:04: {}", mail.links[0]);
    assert_eq!(mail.text, expected);
    owner.post(&app, "/account/come-back", &[("identifier", EMAIL), ("password", PASSWORD)]).await;
    app.mails_to(EMAIL).await;
    let mail = &app.mailbox.to(EMAIL)[0].mail;
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Acme: back", "Hello ada@example.com"));
}
