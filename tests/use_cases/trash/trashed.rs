//! Accounts that lie in the trash.

use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;
use vestibule_application::policy::SessionPolicy;
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountId, AccountToken, AccountTokenKind, AccountUuid, EmailAddress, Password,
    PasswordHash, PendingRegistration, RegistrationId, Role, Username,
};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::sessions::{Claims, RefreshToken, Session, SessionId, Subject, TokenId, TokenUse};
use vestibule_domain::store::Store;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, RESET, address};

const DAY: Duration = Duration::from_hours(24);

/// What an account was before it came into the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Was {
    Active,
    LockedOut,
    NeverActivated,
}

impl Was {
    pub(super) const ALL: [Self; 3] = [Self::Active, Self::LockedOut, Self::NeverActivated];

    fn name(self) -> String {
        format!("{self:?}")
    }
}

/// Use cases, and an account in the trash with all that could bring it back.
pub(super) struct Trashed {
    pub(super) app: UseCases,
    pub(super) id: AccountId,
    pub(super) registration: RegistrationId,
    was: Was,
}

/// All that is kept of the account, but for its sessions.
#[derive(Debug, PartialEq)]
pub(super) struct Kept {
    pub(super) account: Account,
    pub(super) pending: Vec<PendingRegistration>,
    /// For activation and reset.
    pub(super) tokens: [Option<AccountToken>; 2],
}

impl Trashed {
    /// One of each kind, in one store.
    pub(super) async fn each(store: Arc<dyn Store>) -> Vec<Self> {
        let mut each = Vec::new();
        for was in Was::ALL {
            each.push(Self::new(store.clone(), was).await);
        }
        each
    }

    pub(super) async fn new(store: Arc<dyn Store>, was: Was) -> Self {
        let app = UseCases::with(|deps| deps.store = store);
        let now = app.clock.now();
        let hashed_password = app.deps.hasher.hash(&Password::new(PASSWORD)).await.unwrap();
        let details = AccountDetails {
            uuid: AccountUuid(app.deps.ids.random()),
            email: Some(address(&email(was))),
            username: Some(Username::parse(&was.name()).unwrap()),
            display_name: None,
            mobile: None,
            phone_number: None,
            hashed_password: hashed_password.clone(),
            role: Role::User,
            is_active: was == Was::Active,
            email_verified_at: (was != Was::NeverActivated).then_some(now),
            activated_at: None,
            points: 0,
            surface: None,
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: Some(now),
        };
        let id = app.deps.store.repositories().accounts().insert(&details).await.unwrap();
        let registration = RegistrationId(app.deps.ids.random());
        let trashed = Self { app, id, registration, was };
        trashed.keep_what_could_bring_it_back(hashed_password).await;
        trashed
    }

    async fn keep_what_could_bring_it_back(&self, hashed_password: PasswordHash) {
        let now = self.app.clock.now();
        let pending = PendingRegistration {
            id: self.registration,
            account: self.id,
            digest: self.registration_token().digest(),
            hashed_password,
            display_name: None,
            client_address: None,
            created_at: now,
            expires_at: now + DAY,
        };
        let mut repositories = self.app.deps.store.repositories();
        repositories.pending_registrations().insert(&pending).await.unwrap();
        for (kind, secret) in [
            (AccountTokenKind::Activation, self.token_from_before()),
            (AccountTokenKind::PasswordReset, self.reset_token()),
        ] {
            let token = AccountToken {
                kind,
                account: self.id,
                digest: secret.digest(),
                surface: (kind == AccountTokenKind::PasswordReset).then(|| RESET.surface.to_owned()),
                created_at: now,
                expires_at: now + DAY,
            };
            repositories.account_tokens().put(&token).await.unwrap();
        }
    }

    pub(super) fn email(&self) -> EmailAddress {
        address(&email(self.was))
    }

    /// What was mailed for its registration.
    pub(super) fn registration_token(&self) -> SecretToken {
        SecretToken::new(format!("registration of {:?}", self.was))
    }

    /// What was mailed for its activation before registrations were kept.
    pub(super) fn token_from_before(&self) -> SecretToken {
        SecretToken::new(format!("activation of {:?}", self.was))
    }

    pub(super) fn reset_token(&self) -> SecretToken {
        SecretToken::new(format!("reset of {:?}", self.was))
    }

    pub(super) async fn kept(&self) -> Kept {
        let mut repositories = self.app.deps.store.repositories();
        let account = repositories.accounts().by_id(self.id).await.unwrap().unwrap();
        let pending = repositories.pending_registrations().of_account(self.id).await.unwrap();
        let mut tokens = [None, None];
        let kinds = [AccountTokenKind::Activation, AccountTokenKind::PasswordReset];
        for (token, kind) in tokens.iter_mut().zip(kinds) {
            *token = repositories.account_tokens().of_account(kind, self.id).await.unwrap();
        }
        Kept { account, pending, tokens }
    }

    /// Refused without effect: what is kept is as before, and no mail was sent.
    pub(super) async fn is_as(&self, before: &Kept) {
        assert_eq!(self.kept().await, *before, "{:?}", self.was);
        self.app.deliver().await;
        assert_eq!(self.app.mailbox.to(&email(self.was)).len(), 0, "{:?}", self.was);
    }

    /// A session from before the account came into the trash, with its tokens for access and refresh.
    pub(super) async fn session(&self, policy: SessionPolicy) -> (SessionId, SecretToken, SecretToken) {
        let now = self.app.clock.now().replace_nanosecond(0).unwrap();
        let session = Session {
            id: SessionId(self.app.deps.ids.random()),
            account: self.id,
            surface: policy.surface.to_owned(),
            user_agent: None,
            client_address: None,
            created_at: now,
            expires_at: now + policy.session,
            revoked_at: None,
            last_seen_at: None,
        };
        let access = self.sign(TokenUse::Access, session.id, TokenId(Uuid::from_u128(1))).await;
        let id = TokenId(self.app.deps.ids.random());
        let refresh = self.sign(TokenUse::Refresh, session.id, id).await;
        let record = RefreshToken {
            id,
            session: session.id,
            account: self.id,
            parent: None,
            digest: refresh.digest(),
            issued_at: now,
            expires_at: now + DAY,
            rotated_at: None,
        };
        let mut repositories = self.app.deps.store.repositories();
        repositories.sessions().insert(&session).await.unwrap();
        repositories.refresh_tokens().insert(&record).await.unwrap();
        (session.id, access, refresh)
    }

    async fn sign(&self, token_use: TokenUse, session: SessionId, id: TokenId) -> SecretToken {
        let issued_at = self.app.clock.now().replace_nanosecond(0).unwrap();
        let uuid = self.kept().await.account.details.uuid;
        let claims = Claims {
            token_use,
            subject: Subject::Uuid(uuid),
            account: self.id,
            session,
            id,
            role: (token_use == TokenUse::Access).then_some(Role::User),
            issued_at,
            expires_at: issued_at + DAY,
        };
        self.app.deps.signer.sign(&claims).unwrap()
    }

    /// The link that was mailed for a registration; without one, as links were before registrations were kept.
    pub(super) async fn link(&self, registration: Option<RegistrationId>) -> SecretToken {
        let [first, second] = SecretDigest::of(&email(self.was)).halves();
        let session = SessionId(registration.map_or(Uuid::nil(), |registration| registration.0));
        self.sign(TokenUse::Email, session, TokenId(Uuid::from_u128(first ^ second))).await
    }

    pub(super) async fn open_sessions(&self) -> usize {
        self.app.deps.store.repositories().sessions().open(self.id).await.unwrap().len()
    }
}

fn email(was: Was) -> String {
    format!("{}@example.com", was.name().to_lowercase())
}
