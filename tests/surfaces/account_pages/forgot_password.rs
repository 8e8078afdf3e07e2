//! Asking for another password by an address.

use vestibule_tests::{Answer, TestApp};

use super::owner::{Owner, with_pages};
use crate::admin::person::{email, member};
use crate::contacts::person as contacts;
use crate::visitor::FormOf as _;

const PATH: &str = "/account/forgot-password";
const DONE: &str = "/account/forgot-password?done=reset-requested";

async fn ask(app: &TestApp, address: &str) -> Answer {
    Owner::stranger().post(app, PATH, &[("email", address)]).await
}

/// The link of the newest mail, without the address of the server.
async fn mailed_link(app: &TestApp, address: &str) -> String {
    app.mailed_code(address).await;
    let link = app.mailbox.to(address)[0].mail.links[0].clone();
    link.strip_prefix("http://127.0.0.1:0").expect("the public address").to_owned()
}

fn hidden(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a hidden field");
    field.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_owner_who_forgot_the_password_gets_a_link_that_sets_another_one() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let owner = Owner::stranger();
    let sign_in = owner.page(&app, "/account/login").await;
    assert!(sign_in.contains("<a href=\"/account/forgot-password\">Forgot your password?</a>"), "{sign_in}");
    let page = owner.page(&app, PATH).await;
    assert!(page.contains("<h1>Forgot your password?</h1>"), "{page}");
    assert!(page.contains("<label for=\"email\">E-mail address</label>"), "{page}");
    // As it is typed, with blanks and large letters.
    let answer = owner.post(&app, PATH, &[("email", " Ada@Example.com ")]).await;
    assert_eq!((answer.status, answer.header("location"), &*answer.body), (303, DONE, ""), "{answer:?}");
    let done = owner.page(&app, DONE).await;
    assert!(done.contains("role=\"status\" class=\"done\">If an active account has this address,"), "{done}");

    let link = mailed_link(&app, &email("ada")).await;
    // Its own surface mails no resets.
    assert!(link.starts_with("/account/reset-password?surface=theater&"), "{link}");
    let form = app.get(&link).await.body;
    let (address, token) = (hidden(&form, "email"), hidden(&form, "token"));
    let new = "Difference#1822";
    let values = [("email", &*address), ("token", &*token), ("password", new), ("repeated", new)];
    let changed = owner.post(&app, "/account/reset-password", &values).await;
    assert!(changed.status == 200 && changed.body.contains("Your password is changed"), "{changed:?}");
    assert_eq!(owner.sign_in(&app, "ada", new).await.header("location"), "/account");
}

#[tokio::test]
async fn the_mail_is_that_of_the_surface_through_which_the_account_came() {
    let app = with_pages().start().await;
    contacts::member(&app, contacts::EMAIL).await;
    let mails = app.mails_to(contacts::EMAIL).await;
    assert_eq!(ask(&app, contacts::EMAIL).await.status, 303);
    assert_eq!(app.mails_to(contacts::EMAIL).await, mails + 1);
    let link = mailed_link(&app, contacts::EMAIL).await;
    assert!(link.starts_with("/account/reset-password?surface=contacts&"), "{link}");
}

#[tokio::test]
async fn no_answer_tells_whether_an_address_has_an_account() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let known = ask(&app, &email("ada")).await;
    let unknown = ask(&app, &email("nobody")).await;
    for answer in [&known, &unknown] {
        assert_eq!((answer.status, answer.header("location"), &*answer.body), (303, DONE, ""), "{answer:?}");
        assert!(!answer.headers.contains_key("set-cookie"), "{answer:?}");
    }
    let names = |answer: &Answer| answer.headers.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
    assert_eq!(app.mails_to(&email("nobody")).await, 0);
}

#[tokio::test]
async fn what_is_no_address_is_told_beside_the_form() {
    let app = with_pages().start().await;
    for typed in ["", "ada", "ada@", "<b>@example.com"] {
        let answer = ask(&app, typed).await;
        assert_eq!(answer.status, 422, "{typed}: {answer:?}");
        let fault = "<p role=\"alert\" class=\"fault\" id=\"problem\">This is not an e-mail address.</p>";
        assert!(answer.body.contains(fault) && !answer.body.contains("<b>"), "{typed}: {answer:?}");
    }
}

#[tokio::test]
async fn requests_are_throttled_for_any_address_and_client() {
    let app = TestApp::on_memory().with("account_pages.enabled", "true").start().await;
    member(&app, "ada").await;
    let mails = app.mails_to(&email("ada")).await;
    for name in ["ada", "nobody"] {
        for _ in 0..5 {
            assert_eq!(ask(&app, &email(name)).await.status, 303, "{name}");
        }
        let answer = ask(&app, &email(name)).await;
        assert_eq!(answer.status, 429, "{name}: {answer:?}");
        assert!(
            answer.body.contains("There were too many attempts.")
                && answer.headers.contains_key("retry-after")
        );
    }
    assert_eq!(app.mails_to(&email("ada")).await, mails + 5);
    for number in 12..60 {
        assert_eq!(ask(&app, &email(&format!("n{number}"))).await.status, 303, "{number}");
    }
    assert_eq!(ask(&app, &email("last")).await.status, 429);
}

#[tokio::test]
async fn the_page_is_in_the_language_of_the_browser_and_so_is_the_mail() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let french = |method: &str, path: &str| app.request(method, path).header("accept-language", "fr");
    let page = app.send(french("GET", PATH)).await.body;
    assert!(page.contains("<html lang=\"fr\"") && page.contains("<h1>Mot de passe oublié ?</h1>"), "{page}");
    let post = |address: &str| {
        let request = french("POST", PATH).header("sec-fetch-site", "same-origin");
        app.send(request.form_of(&[("email", address)]))
    };
    assert!(post("ada").await.body.contains("Ce n’est pas une adresse e-mail."));
    assert_eq!(post(&email("ada")).await.status, 303);
    let done = app.send(french("GET", DONE)).await.body;
    assert!(
        done.contains("Si un compte actif a cette adresse, un e-mail avec un lien est en route."),
        "{done}"
    );
    let link = mailed_link(&app, &email("ada")).await;
    assert!(link.ends_with("&lang=fr"), "{link}");
}

#[tokio::test]
async fn a_form_of_another_site_asks_for_nothing() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let mails = app.mails_to(&email("ada")).await;
    for header in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("accept", "*/*")] {
        let request = app.request("POST", PATH).header(header.0, header.1);
        let answer = app.send(request.form_of(&[("email", &email("ada"))])).await;
        assert_eq!(answer.status, 403, "{header:?}: {answer:?}");
    }
    assert_eq!(app.mails_to(&email("ada")).await, mails);
}

#[tokio::test]
async fn where_no_surface_mails_resets_there_is_no_such_page_and_no_link_to_it() {
    let app =
        with_pages().with("surfaces.theater.enabled", "false").with("surfaces.contacts.enabled", "false");
    let app = app.start().await;
    assert!(!Owner::stranger().page(&app, "/account/login").await.contains("forgot-password"));
    let answer = app.get(PATH).await;
    assert!(answer.status == 404 && answer.body.contains("There is no such page."), "{answer:?}");
    assert_eq!(ask(&app, &email("ada")).await.status, 404);
}
