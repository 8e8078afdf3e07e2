//! One account that does the same thing many times at once.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use vestibule_application::sessions::RefreshAccessInput;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::use_cases::ROTATING;
use vestibule_use_case_tests::{UseCases, at_once};

on_stores![logins_do_not_pass_the_cap, exchanges_give_one_successor_and_the_session_lives];

const ADA: &str = "ada@example.com";

async fn logins_do_not_pass_the_cap(store: Arc<dyn Store>) {
    const CAP: usize = 10;
    let app = Arc::new(UseCases::with(|deps| {
        deps.sessions_per_account = CAP as u64;
        deps.store = store;
    }));
    let account = app.member(ADA).await;
    for _ in 0..CAP - 3 {
        app.clock.advance(Duration::from_secs(1));
        app.log_in(ADA).await;
    }
    at_once(15, |_| {
        let app = Arc::clone(&app);
        async move { app.log_in(ADA).await }
    })
    .await;
    assert_eq!(app.deps.store.repositories().sessions().open(account).await.unwrap().len(), CAP);
}

async fn exchanges_give_one_successor_and_the_session_lives(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    app.member(ADA).await;
    let token = app.log_in(ADA).await.refresh_token;
    let exchange = |refresh_token| {
        app.services.refresh_access.execute(RefreshAccessInput { refresh_token, policy: ROTATING })
    };
    let answers = join_all((0..20).map(|_| exchange(token.clone()))).await;
    let successors: HashSet<String> = answers
        .into_iter()
        .map(|answer| answer.unwrap().refresh_token.unwrap().reveal().to_owned())
        .collect();
    assert_eq!(successors.len(), 1);
    for successor in successors {
        assert!(exchange(SecretToken::new(successor)).await.is_ok());
    }
}
