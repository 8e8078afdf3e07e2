//! `vestibule users list`, `show` and `sessions`.

use serde_json::{Value, json};
use vestibule_domain::accounts::{AccountDetails, Role};

use crate::operator::{Operator, account, uuid};

/// The operator, and when the accounts were made as it is printed.
async fn operator() -> (Operator, String) {
    let operator = Operator::with_two().await;
    let at = crate::operator::THEN.format(&time::format_description::well_known::Rfc3339).unwrap();
    (operator, at)
}

#[tokio::test]
async fn accounts_are_listed_as_one_object_with_the_page_and_the_total() {
    let (operator, at) = operator().await;
    let listed = operator.users(&["list", "--json", "--page", "2", "--per-page", "1"]);
    let expected = json!({
        "page": 2,
        "per_page": 1,
        "total": 2,
        "total_is_exact": true,
        "accounts": [{
            "id": 2,
            "uuid": uuid(2),
            "email": "bob@example.com",
            "username": "bob",
            "role": "user",
            "created_at": at,
            "updated_at": at,
            "updated_by": null,
        }],
    });
    assert_eq!(listed.out, format!("{expected}\n"), "{listed:?}");
    assert_eq!(operator.trail(), []);
}

#[tokio::test]
async fn accounts_are_listed_a_line_each_and_found_by_a_part_of_their_name() {
    let (operator, at) = operator().await;
    let line = |id: u128, name: &str, role: &str| {
        format!("{id}  {}  {role:9}  {name}@example.com  {name}  {at}\n", uuid(id))
    };
    let (ada, bob) = (line(1, "ada", "admin"), line(2, "bob", "user"));
    for (arguments, expected) in [
        (&[][..], format!("{ada}{bob}2 of 2 accounts.\n")),
        (&["--q", "BO"], format!("{bob}1 of 1 accounts.\n")),
        (&["--q", "nobody"], "0 of 0 accounts.\n".to_owned()),
        (&["--page", "9"], "0 of 2 accounts.\n".to_owned()),
    ] {
        let listed = operator.users(&[&["list"], arguments].concat());
        assert_eq!((listed.code, listed.out), (0, expected), "{arguments:?}");
    }
}

#[tokio::test]
async fn numbers_and_names_that_make_no_sense_are_a_wrong_use() {
    let (operator, _) = operator().await;
    for arguments in [
        &["list", "--page", "0"][..],
        &["list", "--per-page", "0"],
        &["list", "--per-page", "1001"],
        &["show"],
        &["show", " "],
        &["set-role", "bob", "king"],
        &["trash", "bob"],
    ] {
        let ran = operator.users(arguments);
        assert!(ran.code == 2 && ran.out.is_empty(), "{arguments:?}: {ran:?}");
    }
}

#[tokio::test]
async fn an_account_is_shown_by_each_of_its_names_with_all_that_is_known() {
    let (operator, at) = operator().await;
    operator.signed_in(2, 7).await;
    let expected = json!({
        "id": 2,
        "uuid": uuid(2),
        "email": "bob@example.com",
        "username": "bob",
        "display_name": null,
        "mobile": null,
        "phone_number": null,
        "role": "user",
        "standing": "active",
        "points": 0,
        "open_sessions": 1,
        "created_at": at,
        "updated_at": at,
        "email_verified_at": at,
        "deleted_at": null,
    });
    for name in ["2", &uuid(2).to_string(), "bob@example.com", "BOB"] {
        let shown = operator.users(&["show", name, "--json"]);
        assert_eq!(shown.out, format!("{expected}\n"), "{shown:?}");
    }
    for name in ["3", "eve@example.com", "eve"] {
        assert!(operator.refused(&["show", name]).contains("there is no such account"));
    }
}

#[tokio::test]
async fn what_people_typed_stays_on_its_line() {
    let eve = AccountDetails {
        display_name: Some("Eve\nrole               admin".to_owned()),
        is_active: false,
        role: Role::Moderator,
        ..account(1, "eve")
    };
    let operator = Operator::with(&[eve]).await;
    operator.signed_in(1, 7).await;
    let shown = operator.users(&["show", "1"]).out;
    assert!(shown.contains("\ndisplay_name       Eve\\nrole               admin\n"), "{shown}");
    assert!(shown.contains("\nstanding           locked_out\n"), "{shown}");
    assert_eq!(shown.lines().count(), 15, "{shown}");
    let sessions = operator.users(&["sessions", "1"]).out;
    assert!(sessions.ends_with("  theater  192.0.2.7  Mozilla/5.0\\nroot\n"), "{sessions}");
}

#[tokio::test]
async fn open_sessions_are_listed_newest_first_an_object_a_line() {
    let (operator, _) = operator().await;
    let (older, newer) = (operator.signed_in(2, 7).await, operator.signed_in(2, 8).await);
    operator.signed_in(1, 9).await;
    let listed = operator.users(&["sessions", "bob", "--json"]);
    let told: Vec<Value> = listed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let at =
        |time: time::OffsetDateTime| time.format(&time::format_description::well_known::Rfc3339).unwrap();
    let expected = [newer, older].map(|session| {
        json!({
            "id": session.id.0,
            "surface": "theater",
            "client": "192.0.2.7",
            "user_agent": "Mozilla/5.0\nroot",
            "created_at": at(session.created_at),
            "last_seen_at": at(session.created_at),
            "expires_at": at(session.expires_at),
        })
    });
    assert_eq!(told, expected, "{listed:?}");
    assert!(operator.refused(&["sessions", "eve"]).contains("there is no such account"));
}

#[tokio::test]
async fn a_database_in_memory_has_no_accounts_for_commands() {
    let (operator, _) = operator().await;
    let memory = [("VESTIBULE__DATABASE__URL", "memory")];
    for arguments in [&["list"][..], &["end-sessions", "bob"], &["purge", "bob", "--yes"]] {
        let ran = operator.users_with(&memory, arguments);
        assert!(ran.code == 1 && ran.err.contains("those of a running server"), "{ran:?}");
    }
}
