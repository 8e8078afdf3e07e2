//! Registration, confirmation and reset.

use std::net::IpAddr;
use std::sync::Arc;

use vestibule_application::accounts::{
    ActivateAccountError, ActivateAccountInput, CompletePasswordResetError, CompletePasswordResetInput,
    ConfirmEmailError, ConfirmationRequested, PasswordResetRequested, RegisterAccountError,
    RegisterAccountInput, RequestConfirmationInput, RequestPasswordResetInput,
};
use vestibule_application::policy::{MailProof, RegistrationPolicy};
use vestibule_domain::accounts::PasswordHash;
use vestibule_domain::ports::MockPasswordHasher;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{REGISTRATION, RESET, new_password};

use super::trashed::Trashed;

on_stores![
    its_registration_does_not_activate_it,
    its_token_from_before_registrations_does_not_activate_it,
    its_expired_token_is_not_removed,
    its_link_does_not_confirm_it,
    its_confirmation_mail_is_not_sent_again,
    it_gets_no_password_reset,
    its_reset_token_sets_no_password,
    its_reset_token_is_refused_before_anything_is_hashed,
    a_wrong_token_does_not_cancel_its_reset,
    its_address_stays_taken_and_nothing_is_registered,
    nothing_is_compared_with_its_registrations,
];

async fn activate(trashed: &Trashed, token: SecretToken) {
    let input = ActivateAccountInput { email: trashed.email(), token };
    let refused = trashed.app.services.activate_account.execute(input).await;
    assert!(matches!(refused, Err(ActivateAccountError::InvalidToken)), "{refused:?}");
}

async fn its_registration_does_not_activate_it(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        activate(&trashed, trashed.registration_token()).await;
        trashed.is_as(&before).await;
    }
}

async fn its_token_from_before_registrations_does_not_activate_it(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        activate(&trashed, trashed.token_from_before()).await;
        trashed.is_as(&before).await;
    }
}

async fn its_expired_token_is_not_removed(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        trashed.app.clock.advance(REGISTRATION.activation_life);
        activate(&trashed, trashed.token_from_before()).await;
        trashed.is_as(&before).await;
    }
}

async fn its_link_does_not_confirm_it(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        for registration in [Some(trashed.registration), None] {
            let link = trashed.link(registration).await;
            let refused = trashed.app.services.confirm_email.execute(link.reveal()).await;
            assert!(matches!(refused, Err(ConfirmEmailError::AccountGone)), "{refused:?}");
            trashed.is_as(&before).await;
        }
    }
}

async fn its_confirmation_mail_is_not_sent_again(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        for proof in [MailProof::Token, MailProof::Link] {
            let policy = RegistrationPolicy { proof, ..REGISTRATION };
            let input = RequestConfirmationInput { email: trashed.email(), language: None, policy };
            let requested = trashed.app.services.request_confirmation.execute(input).await.unwrap();
            assert_eq!(requested, ConfirmationRequested::UnknownAddress);
            trashed.is_as(&before).await;
        }
    }
}

async fn it_gets_no_password_reset(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        let input = RequestPasswordResetInput { email: trashed.email(), language: None, policy: RESET };
        let requested = trashed.app.services.request_password_reset.execute(input).await.unwrap();
        assert_eq!(requested, PasswordResetRequested::UnknownAddress);
        trashed.is_as(&before).await;
    }
}

async fn complete(trashed: &Trashed, token: SecretToken, with_address: bool) {
    let input = CompletePasswordResetInput {
        email: with_address.then(|| trashed.email()),
        token,
        password: new_password("another password"),
        language: None,
    };
    let refused = trashed.app.services.complete_password_reset.execute(input).await;
    assert!(matches!(refused, Err(CompletePasswordResetError::InvalidToken)), "{refused:?}");
}

async fn its_reset_token_sets_no_password(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        // The rules for passwords are no secret, and whether the token is good is judged when it is used.
        let shown = trashed.app.services.show_password_reset.execute(&trashed.reset_token()).await.unwrap();
        assert_eq!(shown.as_deref(), Some(RESET.surface));
        for with_address in [true, false] {
            complete(&trashed, trashed.reset_token(), with_address).await;
            trashed.is_as(&before).await;
        }
    }
}

/// The same use cases with a hasher that does what it is told to, and nothing else.
fn with_hasher(store: &Arc<dyn Store>, hasher: MockPasswordHasher) -> UseCases {
    UseCases::with(|deps| {
        deps.store = store.clone();
        deps.hasher = Arc::new(hasher);
    })
}

async fn its_reset_token_is_refused_before_anything_is_hashed(store: Arc<dyn Store>) {
    for mut trashed in Trashed::each(store.clone()).await {
        trashed.app = with_hasher(&store, MockPasswordHasher::new());
        for with_address in [true, false] {
            complete(&trashed, trashed.reset_token(), with_address).await;
        }
    }
}

async fn a_wrong_token_does_not_cancel_its_reset(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        for with_address in [true, false] {
            complete(&trashed, SecretToken::new("a wrong one"), with_address).await;
            trashed.is_as(&before).await;
        }
    }
}

async fn register(trashed: &Trashed, client_address: Option<IpAddr>) {
    let input = RegisterAccountInput {
        email: trashed.email(),
        display_name: Some("another".to_owned()),
        password: new_password("another password"),
        client_address,
        language: None,
        policy: REGISTRATION,
    };
    let refused = trashed.app.services.register_account.execute(input).await;
    assert!(matches!(refused, Err(RegisterAccountError::EmailTaken { .. })), "{refused:?}");
}

async fn its_address_stays_taken_and_nothing_is_registered(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        // From another client than its own registration, and from the same.
        for client_address in [Some([192, 0, 2, 1].into()), None] {
            register(&trashed, client_address).await;
            trashed.is_as(&before).await;
        }
    }
}

async fn nothing_is_compared_with_its_registrations(store: Arc<dyn Store>) {
    for mut trashed in Trashed::each(store.clone()).await {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().times(1).returning(|_| Ok(PasswordHash::new("$2b$04$hash")));
        trashed.app = with_hasher(&store, hasher);
        register(&trashed, None).await;
    }
}
