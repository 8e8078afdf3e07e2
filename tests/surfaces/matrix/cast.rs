//! Who comes.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use vestibule_application::Actor;
use vestibule_application::accounts::{
    Administrator, ChangeRoleInput, DeactivateAccountInput, OwnerOrAdministrator,
};
use vestibule_application::trash::TrashAccountInput;
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountUuid, EmailAddress, MobileNumber, Password, PasswordHash, Role, Username,
};
use vestibule_domain::ports::Clock as _;
use vestibule_tests::TestApp;

use crate::contacts::person as contacts;
use crate::mobile::person as mobile;
use crate::points::person as points;
use crate::theater::person as theater;

pub(super) const PASSWORD: &str = "Analytical#1843";

/// Who asks for what belongs to the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// Without a token.
    Anonymous,
    /// Another account without a role.
    Regular,
    /// The owner of the account, contact or balance of which the request is.
    Owner,
    /// Another account, of a moderator.
    Moderator,
    /// Another account, of an administrator.
    Administrator,
    /// An administrator when the token was issued, and nothing now.
    Demoted,
    /// An administrator, moved into the trash after the token was issued.
    Trashed,
    /// An administrator, locked out after the token was issued.
    LockedOut,
}

impl Caller {
    pub(super) const ALL: [Self; 8] = [
        Self::Anonymous,
        Self::Regular,
        Self::Owner,
        Self::Moderator,
        Self::Administrator,
        Self::Demoted,
        Self::Trashed,
        Self::LockedOut,
    ];

    fn role(self) -> Role {
        match self {
            Self::Anonymous | Self::Regular | Self::Owner => Role::User,
            Self::Moderator => Role::Moderator,
            Self::Administrator | Self::Demoted | Self::Trashed | Self::LockedOut => Role::Admin,
        }
    }
}

/// The tokens of a login. A surface without refresh tokens has an empty one.
#[derive(Clone, Default)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
}

/// A server and its first administrator.
pub(super) struct House {
    pub(super) app: TestApp,
    pub(super) root: Actor,
    pub(super) root_token: String,
    hash: PasswordHash,
    people: AtomicU64,
}

impl House {
    pub(super) async fn new(posture: &str) -> Self {
        let app =
            TestApp::on_memory().with("rate_limit.enabled", "false").with("posture", posture).start().await;
        let hash = app.deps.hasher.hash(&Password::new(PASSWORD)).await.unwrap();
        let root = Actor {
            account: vestibule_domain::accounts::AccountId(0),
            uuid: AccountUuid::NOBODY,
            role: Role::Admin,
            session: vestibule_domain::sessions::SessionId(uuid::Uuid::nil()),
        };
        let mut house = Self { app, root, root_token: String::new(), hash, people: AtomicU64::new(0) };
        let account = house.account(Role::Admin).await;
        house.root_token = house.sign_in("theater", &account).await.access;
        house.root = house.app.services.verify_access.execute(&house.root_token).await.unwrap();
        house
    }

    /// A number that was not used before.
    pub(super) fn number(&self) -> u64 {
        1_000_000 + self.people.fetch_add(1, Ordering::Relaxed)
    }

    /// A new account that can sign in everywhere.
    pub(super) async fn account(&self, role: Role) -> Account {
        self.insert(role, true).await
    }

    /// A new account that waits for the code that was sent to its number.
    pub(super) async fn waiting(&self) -> Account {
        self.insert(Role::User, false).await
    }

    async fn insert(&self, role: Role, is_active: bool) -> Account {
        let (number, now) = (self.number(), self.app.clock.now());
        let details = AccountDetails {
            uuid: AccountUuid(self.app.deps.ids.random()),
            email: Some(EmailAddress::parse(&format!("person{number}@example.com")).unwrap()),
            username: Some(Username::parse(&format!("person{number}")).unwrap()),
            display_name: None,
            mobile: Some(MobileNumber::parse(&format!("0170{number}")).unwrap()),
            phone_number: None,
            hashed_password: self.hash.clone(),
            role,
            is_active,
            email_verified_at: is_active.then_some(now),
            activated_at: is_active.then_some(now),
            points: 10,
            surface: None,
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        };
        let id = self.app.deps.store.repositories().accounts().insert(&details).await.unwrap();
        Account { id, details }
    }

    /// The caller's account; of the owner it is this one.
    pub(super) async fn account_of(&self, caller: Caller, owner: &Account) -> Option<Account> {
        match caller {
            Caller::Anonymous => None,
            Caller::Owner => Some(owner.clone()),
            other => Some(self.account(other.role()).await),
        }
    }

    /// Logs in at a surface.
    pub(super) async fn sign_in(&self, surface: &str, account: &Account) -> Tokens {
        let (app, email) = (&self.app, account.details.email.as_ref().unwrap().as_str());
        let answer = match surface {
            "theater" => theater::log_in(app, email, PASSWORD).await,
            "contacts" => contacts::log_in(app, email, PASSWORD).await,
            "admin" => app.post("/api/v1/auth/login", &json!({"email": email, "password": PASSWORD})).await,
            "points" => points::log_in(app, email, PASSWORD).await,
            "mobile" => {
                mobile::log_in(app, account.details.username.as_ref().unwrap().as_str(), PASSWORD).await
            }
            other => panic!("nobody signs in at {other}"),
        };
        assert!([200, 201].contains(&answer.status), "{surface}: {answer:?}");
        let refresh = answer.json()["refresh_token"].as_str().unwrap_or_default().to_owned();
        Tokens { access: answer.text("access_token"), refresh }
    }

    /// What becomes of the caller after the token was issued.
    pub(super) async fn change(&self, caller: Caller, account: &Account) {
        let administrator = Administrator::with_role(&self.root).unwrap();
        let (services, account_id) = (&self.app.services, account.id);
        match caller {
            Caller::Trashed => self.trash(account).await,
            Caller::LockedOut => {
                let input = DeactivateAccountInput { administrator, account: account_id };
                services.deactivate_account.execute(input).await.unwrap();
            }
            Caller::Demoted => {
                let input = ChangeRoleInput { administrator, account: account_id, role: Role::User };
                services.change_role.execute(input).await.unwrap();
            }
            _ => {}
        }
    }

    /// Moves an account into the trash.
    pub(super) async fn trash(&self, account: &Account) {
        let who = OwnerOrAdministrator::of(&self.root, account.details.uuid).unwrap();
        let input = TrashAccountInput { who, reason: String::new() };
        self.app.services.trash_account.execute(input).await.unwrap();
    }
}
