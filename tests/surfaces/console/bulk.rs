//! Many accounts into the trash, and out of it.

use super::clerk::{Clerk, leads_to_sign_in, staffed};
use crate::admin::person::{admin, log_in, member};

const TRASH: &str = "/console/users/trash";
const RESTORE: &str = "/console/trash/restore";

#[tokio::test]
async fn accounts_that_were_chosen_go_to_the_trash_once_it_is_confirmed_and_come_back() {
    let (app, clerk, ada) = staffed().await;
    let eva = member(&app, "eva").await.id;
    let list = clerk.page(&app, "/console/users").await;
    for id in [&ada, &eva] {
        assert!(
            list.contains(&format!("<input type=\"checkbox\" name=\"account\" value=\"{id}\"")),
            "{list}"
        );
    }
    let chosen = [("account", ada.as_str()), ("account", eva.as_str()), ("account", ada.as_str())];
    let asked = clerk.submit(&app, TRASH, &chosen).await;
    assert_eq!(asked.status, 200, "{asked:?}");
    assert!(
        asked.body.contains("<li><bdi>ada</bdi>") && asked.body.contains("<li><bdi>eva</bdi>"),
        "{asked:?}"
    );
    assert!(asked.body.contains("name=\"confirmed\" value=\"yes\""), "{asked:?}");
    assert_eq!(log_in(&app, "ada").await.status, 200, "nothing happened yet");

    let confirmed = [chosen[0], chosen[1], ("confirmed", "yes"), ("reason", "spam")];
    let done = clerk.submit(&app, TRASH, &confirmed).await;
    assert_eq!(done.body.matches("<td>The account is in the trash.</td>").count(), 2, "{done:?}");
    for name in ["ada", "eva"] {
        assert_eq!(log_in(&app, name).await.status, 401);
    }
    let trash = clerk.page(&app, "/console/trash").await;
    assert_eq!(trash.matches("<td>spam</td>").count(), 2, "{trash}");
    // Each has an event of its own.
    for id in [&ada, &eva] {
        let trail = clerk.page(&app, &format!("/console/audit?account={id}&action=account_trashed")).await;
        assert_eq!(trail.matches("<th scope=\"row\">account_trashed</th>").count(), 1, "{trail}");
    }
    let again = clerk.submit(&app, TRASH, &confirmed).await;
    assert_eq!(again.body.matches("The account is in the trash already.").count(), 2, "{again:?}");

    let asked = clerk.submit(&app, RESTORE, &[chosen[0], chosen[1]]).await;
    assert!(
        asked.body.contains("<li><bdi>eva</bdi>") && !asked.body.contains("name=\"reason\""),
        "{asked:?}"
    );
    let done = clerk.submit(&app, RESTORE, &confirmed[..3]).await;
    assert_eq!(done.body.matches("<td>The account is restored.</td>").count(), 2, "{done:?}");
    assert_eq!(log_in(&app, "ada").await.status, 200);
    let again = clerk.submit(&app, RESTORE, &confirmed[..3]).await;
    assert_eq!(again.body.matches("The account is not in the trash.").count(), 2, "{again:?}");
}

#[tokio::test]
async fn what_cannot_be_done_to_one_account_is_done_to_the_others_and_told() {
    let (app, clerk, ada) = staffed().await;
    let users = clerk.page(&app, "/console/users?role=ADMIN").await;
    let root = users.split("/console/users/").find(|rest| rest.contains("<bdi>root</bdi>")).unwrap();
    let root = root.split('"').next().unwrap();
    let nobody = "00000000-0000-4000-8000-000000000001";
    let values = [("account", root), ("account", nobody), ("account", ada.as_str()), ("confirmed", "yes")];
    let done = clerk.submit(&app, TRASH, &values).await;
    assert_eq!(done.status, 200, "{done:?}");
    for (id, words) in [
        (root, "<td class=\"fault\">The account is that of the last administrator, who has to stay.</td>"),
        (nobody, "<td class=\"fault\">There is no such account.</td>"),
        (ada.as_str(), "<td>The account is in the trash.</td>"),
    ] {
        let row = done.body.split("<tr>").find(|row| row.contains(id)).unwrap();
        assert!(row.contains(words), "{row}");
    }
    assert_eq!(log_in(&app, "root").await.status, 200);
}

#[tokio::test]
async fn whoever_chooses_himself_too_goes_last() {
    let (app, root, ada) = staffed().await;
    let eva = admin(&app, "eva").await.id;
    let clerk = Clerk::signed_in(&app, "eva").await;
    let values = [("account", eva.as_str()), ("account", ada.as_str()), ("confirmed", "yes")];
    let done = clerk.submit(&app, TRASH, &values).await;
    assert_eq!(done.body.matches("<td>The account is in the trash.</td>").count(), 2, "{done:?}");
    leads_to_sign_in(&clerk.get(&app, "/console").await);
    assert!(root.page(&app, "/console/trash").await.contains("Accounts: 2"));
}

#[tokio::test]
async fn a_form_in_which_nobody_is_chosen_or_that_is_none_of_the_session_does_nothing() {
    let (app, clerk, ada) = staffed().await;
    for path in [TRASH, RESTORE] {
        for values in [&[][..], &[("confirmed", "yes")]] {
            let answer = clerk.submit(&app, path, values).await;
            assert_eq!(answer.status, 422, "{answer:?}");
            assert!(answer.body.contains("No account was chosen."), "{answer:?}");
        }
        let answer = clerk.submit(&app, path, &[("account", "x"), ("confirmed", "yes")]).await;
        assert_eq!(answer.status, 400, "{answer:?}");
        let answer = clerk.post(&app, path, &[("account", &ada), ("confirmed", "yes")]).await;
        assert_eq!(answer.status, 403, "{answer:?}");
        let answer = clerk.get(&app, path).await;
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"), "{answer:?}");
        leads_to_sign_in(&Clerk::stranger().post(&app, path, &[("account", &ada)]).await);
    }
    assert_eq!(log_in(&app, "ada").await.status, 200);
}
