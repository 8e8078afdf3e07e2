//! Readers of a session while it is changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use vestibule_application::Actor;
use vestibule_application::accounts::{Administrator, ChangeRoleInput, DeactivateAccountInput};
use vestibule_application::sessions::LogOutInput;
use vestibule_domain::accounts::{AccountId, Role};
use vestibule_domain::secret::SecretToken;
use vestibule_use_case_tests::UseCases;

/// A change, and whether what is served is from after it.
#[derive(Clone, Copy)]
enum Change {
    Role,
    LogOut,
    Deactivation,
}

impl Change {
    async fn make(self, app: &UseCases, admin: Administrator, account: AccountId, actor: Actor) {
        match self {
            Self::Role => {
                let input = ChangeRoleInput { administrator: admin, account, role: Role::Moderator };
                app.services.change_role.execute(input).await.unwrap();
            }
            Self::LogOut => {
                app.services.log_out.execute(LogOutInput { session: actor.session }).await.unwrap();
            }
            Self::Deactivation => {
                let input = DeactivateAccountInput { administrator: admin, account };
                app.services.deactivate_account.execute(input).await.unwrap();
            }
        }
    }

    fn is_seen_in(self, served: Option<Actor>) -> bool {
        match self {
            Self::Role => served.is_some_and(|actor| actor.role == Role::Moderator),
            Self::LogOut | Self::Deactivation => served.is_none(),
        }
    }
}

/// Readers go on while the change is made; every reading that begins after the answer has to see it.
pub(crate) async fn no_reader_is_served_the_past(app: UseCases) {
    let app = Arc::new(app);
    let admin = app.admin().await;
    for round in 0..5 {
        for change in [Change::Role, Change::LogOut, Change::Deactivation] {
            let email = format!("{round}-{}@example.com", change as u8);
            let account = app.member(&email).await;
            let token = app.log_in(&email).await.access_token;
            let actor = app.actor(&token).await.unwrap();
            let acknowledged = Arc::new(AtomicBool::new(false));
            let readers: Vec<_> = (0..4)
                .map(|_| tokio::spawn(read(app.clone(), token.clone(), acknowledged.clone(), change)))
                .collect();
            change.make(&app, admin, account, actor).await;
            acknowledged.store(true, Ordering::SeqCst);
            for reader in readers {
                reader.await.unwrap();
            }
        }
    }
}

async fn read(app: Arc<UseCases>, token: SecretToken, acknowledged: Arc<AtomicBool>, change: Change) {
    let mut after = 0;
    while after < 20 {
        let is_after = acknowledged.load(Ordering::SeqCst);
        let served = app.actor(&token).await;
        if is_after {
            assert!(change.is_seen_in(served), "a state from before the change was served");
            after += 1;
        }
        tokio::task::yield_now().await;
    }
}
