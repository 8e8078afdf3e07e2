//! Who may see and do what, and who no longer may.

use std::time::Duration;

use vestibule_application::accounts::{Administrator, ChangeRoleInput, NamedAccount};
use vestibule_domain::accounts::Role;
use vestibule_tests::TestApp;

use super::clerk::{Clerk, leads_to_sign_in, staffed};
use crate::admin::person::{admin, member};

pub(super) async fn set_role(app: &TestApp, name: &str, role: Role) {
    let administrator = Administrator::operator();
    let named = NamedAccount::parse(name).unwrap();
    let found = app.services.inspect_account.execute(administrator, &named).await.unwrap();
    let input = ChangeRoleInput { administrator, account: found.account.id, role };
    app.services.change_role.execute(input).await.unwrap();
}

#[tokio::test]
async fn a_moderator_sees_the_overview_and_nobodys_account() {
    let (app, root, ada) = staffed().await;
    member(&app, "mia").await;
    set_role(&app, "mia", Role::Moderator).await;
    let mia = Clerk::signed_in(&app, "mia").await;
    let page = mia.page(&app, "/console").await;
    assert!(page.contains("<dt>Accounts</dt><dd>3</dd>"), "{page}");
    assert!(!page.contains("/console/users"), "{page}");
    let account = format!("/console/users/{ada}");
    for path in [
        "/console/users",
        "/console/trash",
        "/console/audit",
        "/console/messages",
        "/console/system",
        account.as_str(),
    ] {
        let answer = mia.get(&app, path).await;
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.body.contains("This is for administrators alone."), "{answer:?}");
        assert!(!answer.body.contains("ada@example.com"), "{answer:?}");
    }
    for path in ["reset", "role", "trash", "restore", "purge", "sessions/end"] {
        let answer = mia.submit(&app, &format!("{account}/{path}"), &[("role", "ADMIN")]).await;
        assert_eq!(answer.status, 403, "{path}: {answer:?}");
    }
    for path in ["/console/users/trash", "/console/trash/restore"] {
        let answer = mia.submit(&app, path, &[("account", &ada), ("confirmed", "yes")]).await;
        assert_eq!(answer.status, 403, "{path}: {answer:?}");
    }
    assert!(root.page(&app, &account).await.contains("<dd>active</dd>"));
}

#[tokio::test]
async fn a_role_that_is_lowered_while_a_page_is_open_holds_at_once() {
    let (app, root, ada) = staffed().await;
    admin(&app, "eva").await;
    let eva = Clerk::signed_in(&app, "eva").await;
    let mark = eva.mark(&app).await;
    set_role(&app, "eva", Role::Moderator).await;
    let path = format!("/console/users/{ada}/trash");
    let answer = eva.post(&app, &path, &[("form", &mark)]).await;
    assert_eq!(answer.status, 403, "{answer:?}");
    assert!(answer.body.contains("This is for administrators alone."));
    set_role(&app, "eva", Role::User).await;
    for answer in [eva.get(&app, "/console").await, eva.post(&app, &path, &[("form", &mark)]).await] {
        assert_eq!(answer.status, 403, "{answer:?}");
        assert!(answer.body.contains("This account may not use the console."), "{answer:?}");
    }
    assert!(root.page(&app, &format!("/console/users/{ada}")).await.contains("<dd>active</dd>"));
}

#[tokio::test]
async fn a_session_that_is_ended_elsewhere_is_over_at_once() {
    let (app, root, _) = staffed().await;
    let eva = admin(&app, "eva").await.id;
    app.clock.advance(Duration::from_secs(1));
    let one = Clerk::signed_in(&app, "eva").await;
    app.clock.advance(Duration::from_secs(1));
    let other = Clerk::signed_in(&app, "eva").await;
    let path = format!("/console/users/{eva}");
    let page = root.page(&app, &path).await;
    let ends: Vec<_> = page.split("/sessions/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    // The newest first: that of `other`, that of `one`, and that of the surface that eva signed up at; then all.
    assert_eq!(ends.len(), 4, "{page}");
    let answer = root.submit(&app, &format!("{path}/sessions/{}", ends[0]), &[]).await;
    assert_eq!(answer.header("location"), format!("{path}?done=session-ended"));
    assert_eq!(one.get(&app, "/console").await.status, 200);
    leads_to_sign_in(&other.get(&app, "/console").await);
    // Once more there is nothing to end.
    let again = root.submit(&app, &format!("{path}/sessions/{}", ends[0]), &[]).await;
    assert_eq!(again.status, 404, "{again:?}");
    assert!(again.body.contains("The session has ended already."));

    root.submit(&app, &format!("{path}/sessions/end"), &[]).await;
    for clerk in [one, other] {
        leads_to_sign_in(&clerk.get(&app, "/console").await);
    }
}

#[tokio::test]
async fn the_session_of_one_account_is_not_ended_by_way_of_another() {
    let (app, root, ada) = staffed().await;
    let eva = admin(&app, "eva").await.id;
    let clerk = Clerk::signed_in(&app, "eva").await;
    let page = root.page(&app, &format!("/console/users/{eva}")).await;
    let session = page.split("/sessions/").nth(1).unwrap().split('/').next().unwrap();
    let path = format!("/console/users/{ada}/sessions/{session}/end");
    assert_eq!(root.submit(&app, &path, &[]).await.status, 404);
    assert_eq!(clerk.get(&app, "/console").await.status, 200);
}
