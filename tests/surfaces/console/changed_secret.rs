//! A form that is open while the secret of tokens changes.

use tempfile::TempDir;
use vestibule_tests::TestApp;

use super::clerk::{Clerk, with_console};
use crate::admin::person::{admin, member};

const OLD: [&str; 2] = ["an old secret of access tokens, long", "the old secret of refresh tokens, long"];
const NEW: [&str; 2] = ["a new secret of access tokens, longer", "one new secret of refresh tokens, longer"];

/// A server that signs with some secrets and accepts others as well, on a SQLite file of the test.
async fn server(folder: &TempDir, secrets: [&str; 2], former: Option<[&str; 2]>) -> TestApp {
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("shared.db").display());
    let app = with_console()
        .with("database.url", &url)
        .with("tokens.access_secret", secrets[0])
        .with("tokens.refresh_secret", secrets[1]);
    let app = former.into_iter().fold(app, |app, [access, refresh]| {
        app.with("tokens.former_access_secret", access).with("tokens.former_refresh_secret", refresh)
    });
    app.start().await
}

#[tokio::test]
async fn it_is_taken_while_the_former_secret_is_and_one_of_another_secret_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let before = server(&folder, OLD, None).await;
    admin(&before, "root").await;
    let ada = member(&before, "ada").await.id;
    let clerk = Clerk::signed_in(&before, "root").await;
    let mark = clerk.mark(&before).await;

    let changed = server(&folder, NEW, Some(OLD)).await;
    assert_ne!(clerk.mark(&changed).await, mark);
    let path = format!("/console/users/{ada}");
    let answer = clerk.post(&changed, &format!("{path}/trash"), &[("form", &mark)]).await;
    assert_eq!(answer.header("location"), format!("{path}?done=trashed"), "{answer:?}");
    let forged = "0123456789abcdef".repeat(4);
    let answer = clerk.post(&changed, &format!("{path}/restore"), &[("form", &forged)]).await;
    assert_eq!(answer.status, 403, "{answer:?}");

    // Of a former secret that is accepted no more, nothing is.
    let fresh = Clerk::signed_in(&changed, "root").await;
    let mark = fresh.mark(&changed).await;
    let after = server(&folder, NEW, None).await;
    let answer = fresh.post(&after, &format!("{path}/restore"), &[("form", &mark)]).await;
    assert_eq!(answer.header("location"), format!("{path}?done=restored"), "{answer:?}");
    super::clerk::leads_to_sign_in(&clerk.get(&after, "/console").await);
}
