//! `vestibule contacts reindex`, beside a running server.

use std::future::{pending, ready};

use vestibule::commands::contacts::{Reindexed, reindex};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactSearch, NewContact, Text};
use vestibule_tests::{TestApp, TestAppBuilder, on_servers};

const CONTACTS: u64 = 250;

/// A server whose member has many contacts, none of which the index is known to have.
async fn filled(app: TestAppBuilder) -> (TestApp, AccountId) {
    let app = app.start().await;
    let body = serde_json::json!({"email": "ada@example.com", "password": "Analytical#1843"});
    let registered = app.post("/api/v1/accounts/register/", &body).await.json();
    let owner = AccountId(registered["id"].as_i64().unwrap());
    let mut unit = app.deps.store.begin().await.unwrap();
    for number in 0..CONTACTS {
        let facts = ContactFacts {
            fullname: Text::parse(format!("Number {number}.")).unwrap(),
            email: None,
            phone_number: None,
            birthday: None,
            additional: None,
        };
        unit.contacts().insert(&NewContact { owner, facts, avatar: None }).await.unwrap();
    }
    unit.commit().await.unwrap();
    (app, owner)
}

async fn every_contact_is_gone_through_and_found(app: TestAppBuilder) {
    let (app, owner) = filled(app).await;
    let mut told = Vec::new();
    let done = reindex(&app.services, false, pending(), |contacts| told.push(contacts)).await.unwrap();
    assert_eq!(done, Reindexed { contacts: CONTACTS, is_whole: true });
    assert!(told.len() >= 3 && told.is_sorted(), "{told:?}");
    let mut repositories = app.deps.store.repositories();
    let found = repositories.contacts().find(owner, &ContactSearch::new("number 249.")).await.unwrap();
    assert!(found.is_some());
}

on_servers!(every_contact_is_gone_through_and_found);

#[tokio::test]
async fn every_contact_is_gone_through_and_found_on_sqlite() {
    every_contact_is_gone_through_and_found(TestApp::on_sqlite()).await;
}

#[tokio::test]
async fn one_that_was_stopped_is_resumed_or_begins_anew() {
    let (app, _) = filled(TestApp::on_sqlite()).await;
    let stopped = reindex(&app.services, false, ready(()), |_| {}).await.unwrap();
    assert!(!stopped.is_whole && stopped.contacts > 0 && stopped.contacts < CONTACTS, "{stopped:?}");
    let resumed = reindex(&app.services, true, pending(), |_| {}).await.unwrap();
    assert_eq!(resumed, Reindexed { contacts: CONTACTS - stopped.contacts, is_whole: true });
    assert_eq!(reindex(&app.services, true, pending(), |_| {}).await.unwrap().contacts, 0);
    assert_eq!(reindex(&app.services, false, pending(), |_| {}).await.unwrap().contacts, CONTACTS);
}
