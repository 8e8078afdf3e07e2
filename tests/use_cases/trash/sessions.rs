//! Login, and the sessions from before.

use std::sync::Arc;

use vestibule_application::sessions::{
    Device, LogInError, LogInInput, LogOutInput, Mismatch, RefreshAccessError, RefreshAccessInput,
    VerifyAccessError,
};
use vestibule_domain::accounts::Password;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::use_cases::{KEEPING, PASSWORD, ROTATING};

use super::trashed::Trashed;

on_stores![
    it_cannot_log_in,
    its_refresh_tokens_are_not_exchanged,
    its_access_tokens_give_no_access,
    its_sessions_can_be_ended,
];

async fn it_cannot_log_in(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let before = trashed.kept().await;
        for password in [PASSWORD, "a wrong one"] {
            let input = LogInInput {
                identifier: trashed.email().into(),
                password: Password::new(password),
                device: Device::default(),
                policy: ROTATING,
            };
            let refused = trashed.app.services.log_in.execute(input).await;
            // As if there were no such account, whether the password is right or not.
            let unknown = LogInError::WrongCredentials(Mismatch::UnknownAccount);
            assert_eq!(format!("{:?}", refused.unwrap_err()), format!("{unknown:?}"));
            assert_eq!(trashed.open_sessions().await, 0);
            trashed.is_as(&before).await;
        }
    }
}

async fn its_refresh_tokens_are_not_exchanged(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        for policy in [ROTATING, KEEPING] {
            let (session, _, refresh_token) = trashed.session(policy).await;
            let digest = refresh_token.digest();
            let input = RefreshAccessInput { refresh_token, policy };
            let refused = trashed.app.services.refresh_access.execute(input).await;
            assert!(matches!(refused, Err(RefreshAccessError::Unknown)), "{refused:?}");
            let mut repositories = trashed.app.deps.store.repositories();
            let newest = repositories.refresh_tokens().newest(session).await.unwrap().unwrap();
            assert_eq!((newest.digest, newest.rotated_at), (digest, None));
        }
    }
}

/// Every use case that acts for somebody asks for an `Actor`, and only this one makes them: contacts, uploads,
/// pictures, movies and the changes of other accounts are behind it.
async fn its_access_tokens_give_no_access(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let (_, access_token, _) = trashed.session(ROTATING).await;
        let refused = trashed.app.services.verify_access.execute(access_token.reveal()).await;
        assert!(matches!(refused, Err(VerifyAccessError::Revoked)), "{refused:?}");
    }
}

async fn its_sessions_can_be_ended(store: Arc<dyn Store>) {
    for trashed in Trashed::each(store).await {
        let (session, ..) = trashed.session(ROTATING).await;
        assert_eq!(trashed.open_sessions().await, 1);
        trashed.app.services.log_out.execute(LogOutInput { session }).await.unwrap();
        assert_eq!(trashed.open_sessions().await, 0);
    }
}
