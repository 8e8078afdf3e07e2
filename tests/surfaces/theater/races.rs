//! Requests that meet.

use futures::future::join_all;
use vestibule_tests::{TestAppBuilder, on_every_store};

use super::person::{EMAIL, activate, complete_reset, log_in, refresh, register, request_reset, signed_in};

async fn twenty_registrations_of_one_address_make_one_account(app: TestAppBuilder) {
    let app = app.start().await;
    let answers = join_all((0..20).map(|_| register(&app, EMAIL))).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201], vec![409; 19]].concat());
    assert_eq!(app.mails_to(EMAIL).await, 1);
}

async fn twenty_refreshes_with_one_token_all_succeed(app: TestAppBuilder) {
    let app = app.start().await;
    let (_, token) = signed_in(&app, EMAIL).await;
    for answer in join_all((0..20).map(|_| refresh(&app, &token))).await {
        assert_eq!(answer.status, 200);
    }
}

async fn twenty_activations_with_one_token_activate_once(app: TestAppBuilder) {
    let app = app.start().await;
    register(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    let answers = join_all((0..20).map(|_| activate(&app, EMAIL, &token))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert!(answers.iter().all(|answer| [200, 400].contains(&answer.status)));
}

async fn twenty_resets_with_one_token_change_the_password_once(app: TestAppBuilder) {
    let app = app.start().await;
    signed_in(&app, EMAIL).await;
    request_reset(&app, EMAIL).await;
    let token = app.mailed_code(EMAIL).await;
    let passwords: Vec<_> = (10..30).map(|number| format!("Difference#{number}")).collect();
    let answers =
        join_all(passwords.iter().map(|password| complete_reset(&app, EMAIL, &token, password))).await;
    let winners: Vec<_> = answers
        .iter()
        .zip(&passwords)
        .filter(|(answer, _)| answer.status == 200)
        .map(|(_, new)| new)
        .collect();
    assert_eq!(winners.len(), 1, "{answers:?}");
    assert_eq!(log_in(&app, EMAIL, winners[0]).await.status, 201);
}

async fn sixty_four_logins_and_registrations_at_once_all_get_through(app: TestAppBuilder) {
    let app = app.with("password.queue", "200").start().await;
    signed_in(&app, EMAIL).await;
    let registrations = join_all(
        (0..64).map(async |number| register(&app, &format!("person-{number}@example.com")).await.status),
    );
    let logins = join_all((0..64).map(async |_| log_in(&app, EMAIL, super::person::PASSWORD).await.status));
    let (registrations, logins) = futures::join!(registrations, logins);
    assert_eq!(registrations, [201; 64]);
    assert_eq!(logins, [201; 64]);
}

on_every_store!(
    twenty_registrations_of_one_address_make_one_account,
    twenty_refreshes_with_one_token_all_succeed,
    twenty_activations_with_one_token_activate_once,
    twenty_resets_with_one_token_change_the_password_once,
    sixty_four_logins_and_registrations_at_once_all_get_through,
);
