//! Failed logins at several nodes are counted together.

use std::sync::Arc;

use vestibule_application::sessions::{Device, LogInInput};
use vestibule_domain::accounts::Password;
use vestibule_domain::audit::{AuditAction, AuditFilter};
use vestibule_domain::store::Store;
use vestibule_use_case_tests::use_cases::{ROTATING, address};
use vestibule_use_case_tests::{UseCases, at_once};

on_stores![two_nodes_count_into_one_row];

const ADA: &str = "ada@example.com";

async fn two_nodes_count_into_one_row(store: Arc<dyn Store>) {
    let node = || Arc::new(UseCases::with(|deps| deps.store = store.clone()));
    let nodes = [node(), node()];
    nodes[0].member(ADA).await;
    at_once(8, |number| {
        let node = nodes[number % 2].clone();
        async move {
            let (email, password) = (address(ADA), Password::new("wrong"));
            let input = LogInInput {
                identifier: email.into(),
                password,
                device: Device::default(),
                policy: ROTATING,
            };
            node.services.log_in.execute(input).await.unwrap_err();
        }
    })
    .await;
    let filter = AuditFilter { action: Some(AuditAction::LogInFailed), ..AuditFilter::default() };
    let events = store.repositories().audit().list(&filter, None, 1000).await.unwrap();
    assert_eq!(events.iter().map(|event| event.times).collect::<Vec<_>>(), [8]);
}
