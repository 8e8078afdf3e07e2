//! One account that does the same thing many times at once.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use vestibule_application::Actor;
use vestibule_application::sessions::{Device, LogInInput, RefreshAccessInput};
use vestibule_application::trash::{TrashOwnAccountError, TrashOwnAccountInput};
use vestibule_domain::accounts::Password;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, address};
use vestibule_use_case_tests::{UseCases, at_once};

on_stores![
    logins_do_not_pass_the_cap,
    exchanges_give_one_successor_and_the_session_lives,
    deletions_move_the_account_once_and_one_mail_tells_it,
    who_comes_back_signs_in_and_one_mail_tells_it,
];

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

/// Ada, who is signed in.
async fn with_ada(store: Arc<dyn Store>) -> (Arc<UseCases>, Actor) {
    let app = Arc::new(UseCases::with(|deps| deps.store = store));
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    let ada = app.actor(&session.access_token).await.unwrap();
    (app, ada)
}

async fn delete(app: &UseCases, actor: Actor) -> Result<(), TrashOwnAccountError> {
    let input = TrashOwnAccountInput { actor, stays: None, language: None };
    app.services.trash_own_account.execute(input).await
}

/// How many mails with this subject Ada has got.
async fn mails(app: &UseCases, subject: &str) -> usize {
    app.deliver().await;
    app.mailbox.to(ADA).iter().filter(|message| message.mail.subject == subject).count()
}

async fn deletions_move_the_account_once_and_one_mail_tells_it(store: Arc<dyn Store>) {
    let (app, ada) = with_ada(store).await;
    let done = at_once(4, |_| {
        let app = Arc::clone(&app);
        async move { delete(&app, ada).await }
    })
    .await;
    let (moved, refused): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_ok);
    assert_eq!(moved.len(), 1, "{refused:?}");
    assert!(
        refused.iter().all(|refused| matches!(refused, Err(TrashOwnAccountError::NotFound))),
        "{refused:?}"
    );
    assert_eq!(mails(&app, "Your account was deleted").await, 1);
}

async fn who_comes_back_signs_in_and_one_mail_tells_it(store: Arc<dyn Store>) {
    let (app, ada) = with_ada(store).await;
    delete(&app, ada).await.unwrap();
    at_once(4, |_| {
        let app = Arc::clone(&app);
        let input = LogInInput {
            identifier: address(ADA).into(),
            password: Password::new(PASSWORD),
            device: Device::default(),
            policy: ROTATING,
        };
        async move { app.services.restore_own_account.execute(input, None).await.unwrap() }
    })
    .await;
    assert_eq!(mails(&app, "Your account is back").await, 1);
}
