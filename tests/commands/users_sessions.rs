//! `vestibule users set-role`, `send-reset` and `end-sessions`.

use serde_json::json;
use time::Duration;
use vestibule_domain::accounts::{AccountDetails, AccountId, AccountTokenKind, Role};
use vestibule_domain::messages::{InstanceId, Language, Lease};
use vestibule_domain::store::Store as _;

use crate::operator::{Operator, THEN, account, uuid};

const NOTE: &str = "may accept access tokens as before for up to 60 s";

async fn role_of_bob(operator: &Operator) -> Role {
    operator.store.repositories().accounts().by_id(AccountId(2)).await.unwrap().unwrap().details.role
}

#[tokio::test]
async fn an_account_gets_another_role() {
    let operator = Operator::with_two().await;
    let told = operator.users(&["set-role", "bob", "moderator", "--json"]);
    let expected =
        json!({"done": "role_set", "id": 2, "uuid": uuid(2), "old_role": "user", "role": "moderator"});
    assert_eq!(told.out, format!("{expected}\n"), "{told:?}");
    operator.did("role_changed", 2);
    assert_eq!(role_of_bob(&operator).await, Role::Moderator);
    let told = operator.users(&["set-role", "2", "admin"]);
    assert_eq!(told.out, "bob (id 2) is admin now, and was moderator.\n");
    assert!(told.err.contains(NOTE), "{told:?}");
    assert_eq!(role_of_bob(&operator).await, Role::Admin);
}

#[tokio::test]
async fn a_role_that_an_account_has_already_changes_nothing_and_says_so() {
    let operator = Operator::with_two().await;
    let told = operator.users(&["set-role", "bob", "user"]);
    assert_eq!(
        (told.code, &*told.out),
        (0, "bob (id 2) is user already: nothing was changed.\n"),
        "{told:?}"
    );
    // A command before may have been cut off after its change.
    assert!(told.err.contains(NOTE), "{told:?}");
    assert!(operator.trail().iter().all(|(action, ..)| action != "role_changed"));
}

#[tokio::test]
async fn no_role_is_given_to_nobody_or_taken_from_the_last_administrator() {
    let operator = Operator::with_two().await;
    let last = operator.refused(&["set-role", "ada", "user"]);
    assert!(last.contains("the account is that of the last administrator"), "{last}");
    assert!(operator.refused(&["set-role", "eve", "user"]).contains("there is no such account"));
    assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
    assert!(operator.refused(&["set-role", "bob", "admin"]).contains("there is no such account"));
}

#[tokio::test]
async fn a_reset_is_mailed_with_the_rules_of_a_surface() {
    let operator = Operator::with_two().await;
    for (arguments, surface, minutes) in
        [(&[][..], "theater", 1_440), (&["--surface", "contacts"], "contacts", 30)]
    {
        let told = operator.users(&[&["send-reset", "bob", "--json"], arguments].concat());
        let expected = json!({
            "done": "reset_queued", "id": 2, "uuid": uuid(2), "surface": surface, "valid_minutes": minutes,
        });
        assert_eq!(told.out, format!("{expected}\n"), "{told:?}");
    }
    let [newest, _] = &operator.trail()[..] else { panic!("not two events") };
    assert_eq!((&*newest.0, &*newest.1), ("password_reset_requested", "operator"));
    let told = operator.users(&["send-reset", "bob"]).out;
    assert!(
        told.starts_with("Queued a mail to bob (id 2) with a link that is good for 1440 minutes;"),
        "{told}"
    );
    let mut repositories = operator.store.repositories();
    let kind = AccountTokenKind::PasswordReset;
    assert!(repositories.account_tokens().of_account(kind, AccountId(2)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_reset_is_mailed_in_the_language_of_the_surface() {
    const OWN: &str = "VESTIBULE__SURFACES__CONTACTS__LANGUAGE";
    const COMMON: &str = "VESTIBULE__MAIL__DEFAULT_LANGUAGE";
    let operator = Operator::with_two().await;
    for (number, variables, expected) in [
        (1, &[][..], Language::En),
        (2, &[(OWN, "fr")], Language::Fr),
        (3, &[(COMMON, "fr")], Language::Fr),
        (4, &[(COMMON, "fr"), (OWN, "en")], Language::En),
    ] {
        let ran = operator.users_with(variables, &["send-reset", "bob", "--surface", "contacts"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let far = THEN + Duration::days(40_000);
        let mut repositories = operator.store.repositories();
        let claimed = repositories
            .outbox()
            .claim(Lease(uuid(number)), InstanceId(uuid(number)), far, far + Duration::days(1), 9)
            .await
            .unwrap();
        let languages: Vec<_> = claimed.iter().map(|message| message.language).collect();
        assert_eq!(languages, [expected], "{variables:?}");
    }
}

#[tokio::test]
async fn no_reset_is_mailed_to_whom_it_would_not_help() {
    let locked_out = AccountDetails { is_active: false, ..account(3, "eve") };
    let nameless = AccountDetails { email: None, ..account(4, "grace") };
    let operator = Operator::with(&[account(1, "ada"), account(2, "bob"), locked_out, nameless]).await;
    assert_eq!(operator.users(&["trash", "ada", "--reason", ""]).code, 0);
    for (name, why) in [
        ("ada", "there is no such account, or it is in the trash"),
        ("nobody", "there is no such account"),
        ("eve", "the account is not active"),
        ("grace", "the account has no e-mail address"),
    ] {
        let refused = operator.refused(&["send-reset", name]);
        assert!(refused.contains(why), "{refused}");
    }
    let refused = operator.refused(&["send-reset", "bob", "--surface", "points"]);
    assert!(refused.contains("mails no password resets; theater, contacts do"), "{refused}");
    let off = [
        ("VESTIBULE__SURFACES__THEATER__ENABLED", "false"),
        ("VESTIBULE__SURFACES__CONTACTS__ENABLED", "false"),
    ];
    let ran = operator.users_with(&off, &["send-reset", "bob"]);
    assert!(ran.code == 1 && ran.err.contains("no surface that is served mails password resets"), "{ran:?}");
    assert_eq!(operator.trail().len(), 1, "the one in the trash");
}

#[tokio::test]
async fn all_sessions_of_an_account_end_and_of_no_other() {
    let operator = Operator::with_two().await;
    let (one, other) = (operator.signed_in(2, 7).await, operator.signed_in(2, 8).await);
    let ada = operator.signed_in(1, 9).await;
    let told = operator.users(&["end-sessions", "bob", "--json"]);
    let expected = json!({"done": "sessions_ended", "id": 2, "uuid": uuid(2), "ended_sessions": 2});
    assert_eq!(told.out, format!("{expected}\n"), "{told:?}");
    assert!(told.err.contains(NOTE), "{told:?}");
    operator.did("sessions_ended", 2);
    for (session, is_open) in [(one, false), (other, false), (ada, true)] {
        let state = operator.store.repositories().sessions().state(session.id).await.unwrap().unwrap();
        assert_eq!(state.is_open, is_open);
    }
    let told = operator.users(&["end-sessions", "bob"]);
    assert_eq!((told.code, &*told.out, &*told.err), (0, "bob (id 2) had no open session.\n", ""));
    operator.did("sessions_ended", 2);
    operator.signed_in(2, 10).await;
    assert_eq!(operator.users(&["end-sessions", "bob"]).out, "Ended the session of bob (id 2).\n");
    assert!(operator.refused(&["end-sessions", "eve"]).contains("there is no such account"));
}
