//! Failed logins are counted, once a minute for each account, on however many nodes.

use std::time::Duration;

use vestibule_application::sessions::{Device, LogInInput};
use vestibule_domain::accounts::Password;
use vestibule_domain::audit::AuditAction;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{ROTATING, address};

use super::{ADA, of_action};

async fn fail(app: &UseCases, email: &str) {
    let (email, password) = (address(email), Password::new("wrong"));
    let input =
        LogInInput { identifier: email.into(), password, device: Device::default(), policy: ROTATING };
    app.services.log_in.execute(input).await.unwrap_err();
}

async fn counted(app: &UseCases) -> Vec<u64> {
    of_action(app, AuditAction::LogInFailed).await.iter().map(|event| event.times).collect()
}

#[tokio::test]
async fn a_minute_has_one_row_with_the_number_of_failures() {
    let app = UseCases::new();
    app.member(ADA).await;
    for _ in 0..3 {
        fail(&app, ADA).await;
    }
    assert_eq!(counted(&app).await, [3]);
    app.clock.advance(Duration::from_mins(1));
    fail(&app, ADA).await;
    assert_eq!(counted(&app).await, [3, 1]);
}

#[tokio::test]
async fn accounts_are_counted_apart() {
    let app = UseCases::new();
    for email in [ADA, "bob@example.com"] {
        app.member(email).await;
        fail(&app, email).await;
        fail(&app, email).await;
    }
    assert_eq!(counted(&app).await, [2, 2]);
}

#[tokio::test]
async fn addresses_without_an_account_share_a_few_rows_that_name_nobody() {
    let app = UseCases::new();
    for number in 0..40 {
        fail(&app, &format!("{number}@example.com")).await;
    }
    let events = of_action(&app, AuditAction::LogInFailed).await;
    assert!(events.len() <= 16 && events.iter().all(|event| event.account.is_none()), "{events:?}");
    assert_eq!(counted(&app).await.iter().sum::<u64>(), 40);
}
