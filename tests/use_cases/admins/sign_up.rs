//! Accounts that are active at once.

use std::collections::BTreeSet;

use vestibule_application::accounts::{Appointer, SignUpAs, SignUpError};
use vestibule_application::{CodedError as _, codes};
use vestibule_domain::accounts::Role;
use vestibule_use_case_tests::UseCases;

use super::people::{admin, email, input, signed_up, user};

#[tokio::test]
async fn whoever_signs_up_can_log_in_at_once() {
    let app = UseCases::new();
    assert_eq!(user(&app, "Ada").await.role, Role::User);
    assert_eq!(admin(&app, "root").await.role, Role::Admin);
    assert!(app.mailbox.to(&email("ada")).is_empty());
}

#[tokio::test]
async fn only_an_administrator_appoints_another_once_the_door_is_shut() {
    let app = UseCases::new();
    let refused = Appointer::with_role(&user(&app, "ada").await).unwrap_err();
    assert_eq!(refused.code(), codes::ADMINISTRATORS_ONLY);
    assert!(Appointer::with_role(&admin(&app, "root").await).is_ok());
}

#[tokio::test]
async fn a_taken_address_is_told_before_a_taken_name() {
    let app = UseCases::new();
    signed_up(&app, "ada").await;
    let taken = app.services.sign_up.execute(input("ada", SignUpAs::User)).await.unwrap_err();
    assert!(matches!(taken, SignUpError::EmailTaken), "{taken:?}");
    let mut other = input("eva", SignUpAs::User);
    other.username = input("ada", SignUpAs::User).username;
    let taken = app.services.sign_up.execute(other).await.unwrap_err();
    assert_eq!(taken.code(), codes::USERNAME_TAKEN);
}

#[tokio::test]
async fn five_free_names_that_begin_with_the_taken_one_are_suggested() {
    let app = UseCases::new();
    signed_up(&app, "ada").await;
    let mut other = input("eva", SignUpAs::User);
    other.username = input("ada", SignUpAs::User).username;
    let calls = app.faults.calls();
    let Err(SignUpError::UsernameTaken { suggestions }) = app.services.sign_up.execute(other).await else {
        panic!("the name was free")
    };
    // The insertion, the look-up of the address, and one question for all names.
    assert_eq!(app.faults.calls() - calls, 3);
    let names: BTreeSet<_> = suggestions.names().iter().map(|name| name.as_str().to_owned()).collect();
    assert_eq!(names.len(), 5);
    for name in names {
        assert!(name.starts_with("ada") && name.len() > 3, "{name}");
        let mut wanted = input(&format!("as-{name}"), SignUpAs::User);
        wanted.username = vestibule_domain::accounts::Username::parse(&name).unwrap();
        app.services.sign_up.execute(wanted).await.unwrap();
    }
}
