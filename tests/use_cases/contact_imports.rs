//! Contacts that move in.

use vestibule_application::accounts::Administrator;
use vestibule_application::contacts::{ImportContactsError, ImportedContacts};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{ContactFacts, ContactId, NewContact, Text};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;

const OPERATOR: fn() -> Administrator = Administrator::operator;

fn contact(name: &str) -> ImportedContact {
    let facts = ContactFacts {
        fullname: Text::parse(name).unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    ImportedContact { facts, avatar: None }
}

fn contacts(names: &[&str]) -> Vec<ImportedContact> {
    names.iter().map(|name| contact(name)).collect()
}

async fn names(cases: &UseCases, account: AccountId) -> Vec<String> {
    let found = cases.deps.store.repositories().contacts().after(account, ContactId(0), 99).await.unwrap();
    found.into_iter().map(|contact| contact.facts.fullname.into()).collect()
}

async fn account(cases: &UseCases) -> AccountId {
    cases.member("ada@example.com").await
}

#[tokio::test]
async fn contacts_are_added_once_and_as_often_as_the_file_has_them() {
    let cases = UseCases::new();
    let ada = account(&cases).await;
    let imports = &cases.services.import_contacts;
    let batch = contacts(&["Bob", "Eve", "Bob"]);
    for expected in [ImportedContacts { added: 3, here: 0 }, ImportedContacts { added: 0, here: 3 }] {
        let mut known = imports.known(OPERATOR(), ada).await.unwrap();
        assert_eq!(imports.execute(OPERATOR(), ada, &batch, &mut known).await.unwrap(), expected);
    }
    // One more of a name that is there twice, in another batch of the same file.
    let mut known = imports.known(OPERATOR(), ada).await.unwrap();
    for (name, added) in [("Bob", 0), ("Bob", 0), ("Bob", 1), ("Eve", 0), ("Eve", 1)] {
        let imported = imports.execute(OPERATOR(), ada, &contacts(&[name]), &mut known).await.unwrap();
        assert_eq!(imported.added, added, "{name}");
    }
    assert_eq!(names(&cases, ada).await, ["Bob", "Eve", "Bob", "Bob", "Eve"]);
}

#[tokio::test]
async fn what_others_add_meanwhile_is_seen() {
    let cases = UseCases::new();
    let ada = account(&cases).await;
    let imports = &cases.services.import_contacts;
    let mut known = imports.known(OPERATOR(), ada).await.unwrap();
    imports.execute(OPERATOR(), ada, &contacts(&["Bob"]), &mut known).await.unwrap();
    let facts = contact("Eve").facts;
    let new = NewContact { owner: ada, facts, avatar: None };
    cases.deps.store.repositories().contacts().insert(&new).await.unwrap();
    let imported = imports.execute(OPERATOR(), ada, &contacts(&["Eve", "Zoe"]), &mut known).await.unwrap();
    assert_eq!(imported, ImportedContacts { added: 1, here: 1 });
}

#[tokio::test]
async fn a_look_tells_the_same_and_writes_nothing() {
    let cases = UseCases::new();
    let ada = account(&cases).await;
    let imports = &cases.services.import_contacts;
    let mut known = imports.known(OPERATOR(), ada).await.unwrap();
    imports.execute(OPERATOR(), ada, &contacts(&["Bob"]), &mut known).await.unwrap();
    let mut known = imports.known(OPERATOR(), ada).await.unwrap();
    let look = imports.look(&mut known, &contacts(&["Bob", "Bob", "Eve"]));
    assert_eq!(look, ImportedContacts { added: 2, here: 1 });
    assert_eq!(names(&cases, ada).await, ["Bob"]);
}

#[tokio::test]
async fn a_batch_that_fails_leaves_nothing_and_counts_for_nothing() {
    let cases = UseCases::new();
    let ada = account(&cases).await;
    let imports = &cases.services.import_contacts;
    let mut known = imports.known(OPERATOR(), ada).await.unwrap();
    cases.faults.fail_commit(Fault::Unavailable);
    let batch = contacts(&["Bob"]);
    assert!(imports.execute(OPERATOR(), ada, &batch, &mut known).await.is_err());
    assert_eq!(names(&cases, ada).await, Vec::<String>::new());
    let imported = imports.execute(OPERATOR(), ada, &batch, &mut known).await.unwrap();
    assert_eq!(imported, ImportedContacts { added: 1, here: 0 });
}

#[tokio::test]
async fn an_account_that_is_gone_or_in_the_trash_gets_no_contacts() {
    let cases = UseCases::new();
    let ada = account(&cases).await;
    let imports = &cases.services.import_contacts;
    let mut known = imports.known(OPERATOR(), ada).await.unwrap();
    let now = cases.deps.clock.now();
    cases.deps.store.repositories().trash().put(&[ada], None, now, "").await.unwrap();
    let refused = imports.execute(OPERATOR(), ada, &contacts(&["Bob"]), &mut known).await.unwrap_err();
    assert!(matches!(refused, ImportContactsError::InTrash), "{refused}");
    let nobody = AccountId(4_711);
    let refused = imports.execute(OPERATOR(), nobody, &contacts(&["Bob"]), &mut known).await.unwrap_err();
    assert!(matches!(refused, ImportContactsError::NotFound), "{refused}");
}
