//! `vestibule users trash`, `restore` and `purge`.

use serde_json::json;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::Store as _;

use crate::operator::{Operator, uuid};

async fn has_bob(operator: &Operator) -> bool {
    operator.store.repositories().accounts().by_id(AccountId(2)).await.unwrap().is_some()
}

fn standing(operator: &Operator) -> String {
    operator.users(&["show", "2", "--json"]).json()["standing"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_account_goes_into_the_trash_with_a_reason_and_its_sessions_end() {
    let operator = Operator::with_two().await;
    let session = operator.signed_in(2, 7).await;
    let trashed = operator.users(&["trash", "bob", "--reason", "asked for it", "--json"]);
    assert_eq!(trashed.out, format!("{}\n", json!({"done": "trashed", "id": 2, "uuid": uuid(2)})));
    operator.did("account_trashed", 2);
    assert_eq!(standing(&operator), "in_trash");
    let mut repositories = operator.store.repositories();
    assert!(!repositories.sessions().state(session.id).await.unwrap().unwrap().is_open);
    let page = vestibule_domain::page::PageRequest::numbered(1, vestibule_domain::page::PageLimit::new(9));
    let [entry] = &repositories.trash().list(page).await.unwrap().items[..] else { panic!("not one entry") };
    assert_eq!((entry.deleted_by, entry.reason.as_str()), (None, "asked for it"));
}

#[tokio::test]
async fn an_account_that_is_in_the_trash_or_the_last_administrator_s_stays_where_it_is() {
    let operator = Operator::with_two().await;
    let told = operator.users(&["trash", "bob@example.com", "--reason", ""]);
    assert_eq!((told.code, told.out.as_str()), (0, "Moved bob (id 2) into the trash.\n"), "{told:?}");
    let again = operator.refused(&["trash", "bob", "--reason", ""]);
    assert!(again.contains("the account is in the trash already"), "{again}");
    let last = operator.refused(&["trash", "ada", "--reason", ""]);
    assert!(last.contains("the account is that of the last administrator"), "{last}");
    let nobody = operator.refused(&["trash", "eve", "--reason", ""]);
    assert!(nobody.contains("there is no such account"), "{nobody}");
}

#[tokio::test]
async fn an_account_comes_back_out_of_the_trash() {
    let operator = Operator::with_two().await;
    assert!(operator.refused(&["restore", "bob"]).contains("the account is not in the trash"));
    assert!(operator.refused(&["restore", "eve"]).contains("there is no such account"));
    for (is_json, told) in [
        (false, "Took bob (id 2) out of the trash.\n".to_owned()),
        (true, format!("{}\n", json!({"done": "restored", "id": 2, "uuid": uuid(2)}))),
    ] {
        assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
        let arguments: &[_] = if is_json { &["restore", "bob", "--json"] } else { &["restore", "bob"] };
        assert_eq!(operator.users(arguments).out, told);
        assert_eq!(standing(&operator), "active");
    }
    assert_eq!(operator.trail()[0].0, "account_restored");
    assert_eq!(operator.trail()[0].1, "operator");
}

#[tokio::test]
async fn a_purge_is_refused_without_a_terminal_to_ask_at_and_done_with_yes() {
    let operator = Operator::with_two().await;
    operator.signed_in(2, 7).await;
    assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
    // A "yes" in a pipe answers nobody's question.
    let refused = operator.refused(&["purge", "bob"]);
    assert!(refused.contains("there is no terminal to ask at; --yes goes on without asking"), "{refused}");
    assert!(has_bob(&operator).await);
    let purged = operator.users(&["purge", "bob", "--yes", "--json"]);
    assert_eq!(purged.out, format!("{}\n", json!({"done": "purged", "id": 2, "uuid": uuid(2)})));
    assert!(!has_bob(&operator).await);
    let (action, actor, surface, account) = operator.trail().swap_remove(0);
    assert_eq!((&*action, &*actor, &*surface), ("account_removed", "operator", "command"));
    assert_eq!(account, uuid(2).to_string());
    assert!(operator.refused(&["purge", "2", "--yes"]).contains("there is no such account"));
}

#[tokio::test]
async fn only_an_account_in_the_trash_is_purged() {
    let operator = Operator::with_two().await;
    let refused = operator.refused(&["purge", "bob", "--yes"]);
    assert!(refused.contains("bob (id 2) is not in the trash, where `vestibule users trash`"), "{refused}");
    assert!(has_bob(&operator).await);
    assert_eq!(operator.trail(), []);
}

#[tokio::test]
async fn a_removal_that_was_cut_off_is_gone_on_with_and_cannot_be_taken_back() {
    let operator = Operator::with_two().await;
    assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
    let now = crate::operator::THEN;
    assert!(operator.store.repositories().trash().begin_removal(AccountId(2), now).await.unwrap());
    assert_eq!(standing(&operator), "being_removed");
    let refused = operator.refused(&["restore", "bob"]);
    assert!(refused.contains("the account is being removed for good"), "{refused}");
    let purged = operator.users(&["purge", "bob", "--yes"]);
    assert_eq!((purged.code, purged.out.as_str()), (0, "Removed bob (id 2) for good.\n"));
    assert!(!has_bob(&operator).await);
}
