//! Whom a page or a form of the console turns away.

use reqwest::RequestBuilder;
use vestibule_application::accounts::{Administrator, ChangeRoleInput, NamedAccount};
use vestibule_domain::accounts::Role;
use vestibule_tests::TestApp;

use super::clerk::{Clerk, leads_to_sign_in};
use crate::admin::person::member;
use crate::visitor::FormOf as _;

/// A moderator who is signed in.
pub(super) async fn moderator(app: &TestApp) -> Clerk {
    member(app, "mia").await;
    let administrator = Administrator::operator();
    let named = NamedAccount::parse("mia").unwrap();
    let account = app.services.inspect_account.execute(administrator, &named).await.unwrap().account.id;
    let input = ChangeRoleInput { administrator, account, role: Role::Moderator };
    app.services.change_role.execute(input).await.unwrap();
    Clerk::signed_in(app, "mia").await
}

/// Whether a page is for administrators alone.
pub(super) async fn is_guarded(app: &TestApp, moderator: &Clerk, path: &str) {
    leads_to_sign_in(&Clerk::stranger().get(app, path).await);
    let answer = moderator.get(app, path).await;
    assert_eq!(answer.status, 403, "{path}: {answer:?}");
    assert!(answer.body.contains("This is for administrators alone."), "{path}: {answer:?}");
}

/// Whether a form is for administrators alone, and from their pages. `body` makes a body of the mark of a session.
pub(super) async fn takes_no_foreign_form(
    app: &TestApp,
    root: &Clerk,
    moderator: &Clerk,
    path: &str,
    body: impl Fn(RequestBuilder, &str) -> RequestBuilder,
) {
    let own = |request: RequestBuilder| request.header("sec-fetch-site", "same-origin");
    let (mark, other) = (root.mark(app).await, moderator.mark(app).await);
    let post = |mark: &str| own(body(app.request("POST", path), mark));
    leads_to_sign_in(&Clerk::stranger().send(app, post(&mark)).await);
    let answer = moderator.send(app, post(&other)).await;
    assert_eq!(answer.status, 403, "{path}: {answer:?}");
    assert!(answer.body.contains("This is for administrators alone."), "{path}: {answer:?}");
    for mark in ["", "x", other.as_str()] {
        let answer = root.send(app, post(mark)).await;
        assert_eq!(answer.status, 403, "{path}: {answer:?}");
        assert!(answer.body.contains("The form is of an earlier sign-in."), "{path}: {answer:?}");
    }
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let request = body(app.request("POST", path), &mark).header(name, value);
        let answer = root.send(app, request).await;
        assert_eq!(answer.status, 403, "{name}: {value}: {answer:?}");
        assert!(answer.body.contains("another site"), "{path}: {answer:?}");
    }
    let answer = root.send(app, body(app.request("POST", path), &mark)).await;
    assert_eq!(answer.status, 403, "neither header: {answer:?}");
}

/// A form as a body, with its mark.
pub(super) fn form<'v>(
    values: &'v [(&'v str, &'v str)],
) -> impl Fn(RequestBuilder, &str) -> RequestBuilder + 'v {
    move |request: RequestBuilder, mark: &str| {
        let values: Vec<_> = [("form", mark)].into_iter().chain(values.iter().copied()).collect();
        request.form_of(&values)
    }
}
