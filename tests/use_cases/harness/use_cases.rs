//! The use cases on adapters that need no service and are built fast.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use vestibule_application::accounts::{ActivateAccountInput, Administrator, RegisterAccountInput};
use vestibule_application::policy::{
    BreachedPolicy, BreachedScope, MailProof, RegistrationPolicy, ResetPolicy, Rotation, SessionPolicy,
    TokenSubject,
};
use vestibule_application::sessions::{Device, LogInInput, LoggedIn};
use vestibule_application::{Actor, Deps, Services};
use vestibule_domain::accounts::{AccountId, EmailAddress, NewPassword, Password, PasswordPolicy, Role};
use vestibule_domain::messages::{Language, MessageId, Notice, OutboxMessage};
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::SecretToken;
use vestibule_infrastructure::crypto::{BcryptHasher, BcryptSettings};
use vestibule_infrastructure::faulty::FaultyStore;
use vestibule_infrastructure::memory::{
    CapturedMail, MemoryAnswers, MemoryBreachedPasswords, MemoryCache, MemoryObjects, MemoryRateLimiter,
    MemoryStore,
};
use vestibule_infrastructure::system::{SystemClock, SystemIds, SystemRandom};
use vestibule_infrastructure::templates::{AskamaTemplates, Links};

use crate::{FixedClock, PlainCodes, PlainPictures, PlainSealer, PlainSigner};

/// A surface that rotates refresh tokens.
pub const ROTATING: SessionPolicy = SessionPolicy {
    surface: "rotating",
    access: Duration::from_mins(15),
    subject: TokenSubject::Uuid,
    refresh: Duration::from_hours(168),
    session: Duration::from_hours(720),
    rotation: Rotation::Rotate { grace: Duration::from_secs(10) },
};

/// A surface at which a refresh token stays valid after a refresh.
pub const KEEPING: SessionPolicy = SessionPolicy { surface: "keeping", rotation: Rotation::Keep, ..ROTATING };

/// A surface whose mailed tokens last a day.
pub const REGISTRATION: RegistrationPolicy = RegistrationPolicy {
    activation_life: Duration::from_hours(24),
    activation_interval: Duration::from_mins(1),
    proof: MailProof::Token,
};

/// Reset tokens of that surface.
pub const RESET: ResetPolicy = ResetPolicy { surface: "theater", token_life: Duration::from_hours(24) };

/// How far the clocks of machines may differ.
pub const LEEWAY: Duration = Duration::from_mins(1);

/// The password of every account.
pub const PASSWORD: &str = "correct horse";

/// The use cases and their ports, with a clock that stands still until the test moves it.
pub struct UseCases {
    /// The clock of the ports.
    pub clock: FixedClock,
    /// The ports on which the use cases run.
    pub deps: Deps,
    /// The use cases under test.
    pub services: Arc<Services>,
    /// Plans faults of the store.
    pub faults: FaultyStore,
    /// The captured mail and SMS.
    pub mailbox: CapturedMail,
}

impl UseCases {
    /// Use cases on the memory adapters.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// Use cases on the memory adapters, of which the test replaces some.
    pub fn with(replace: impl FnOnce(&mut Deps)) -> Self {
        let clock = FixedClock::new();
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let faults = FaultyStore::new(Arc::new(MemoryStore::new()));
        let mailbox = CapturedMail::new(shared.clone());
        let mut deps = Deps {
            store: Arc::new(faults.clone()),
            cache: Arc::new(MemoryCache::new(shared.clone())),
            answers: Some(Arc::new(MemoryAnswers::new(1 << 20))),
            limiter: Arc::new(MemoryRateLimiter::new(shared.clone())),
            clock: shared,
            ids: Arc::new(SystemIds),
            random: Arc::new(SystemRandom),
            hasher: Arc::new(BcryptHasher::new(BcryptSettings::with_cost(4)).unwrap()),
            breached: Arc::new(MemoryBreachedPasswords::default()),
            signer: Arc::new(PlainSigner::new("a secret of the tokens")),
            sealer: Arc::new(PlainSealer::new("a secret of the seals")),
            codes: Arc::new(PlainCodes::new("a secret of the codes")),
            templates: Arc::new(AskamaTemplates::new(
                Links::to_own_pages("https://accounts.example.org", "/confirm"),
                "Vestibule",
            )),
            mailer: Arc::new(mailbox.clone()),
            sms: Arc::new(mailbox.clone()),
            objects: Arc::new(MemoryObjects::new(Arc::new(SystemClock))),
            pictures: Arc::new(PlainPictures),
            leeway: LEEWAY,
            mail_waiting: Arc::new(Notify::new()),
            subject_at: |surface| (surface != "console").then_some(TokenSubject::Uuid),
            sessions_per_account: 100,
            uploads_per_account: None,
            breached_policy: BreachedPolicy { scope: BreachedScope::Everyone, accepts_unknown: false },
            default_language: Language::En,
            keeps_sent_messages: true,
        };
        replace(&mut deps);
        let services = Arc::new(Services::new(&deps));
        Self { clock, deps, services, faults, mailbox }
    }

    /// Registers an inactive account.
    pub async fn registered(&self, email: &str) -> AccountId {
        let input = RegisterAccountInput {
            email: address(email),
            display_name: None,
            password: new_password(PASSWORD),
            client_address: None,
            language: None,
            policy: REGISTRATION,
        };
        self.services.register_account.execute(input).await.unwrap().id
    }

    /// Registers and activates.
    pub async fn member(&self, email: &str) -> AccountId {
        let id = self.registered(email).await;
        let token = SecretToken::new(self.mailed_code(email).await);
        let input = ActivateAccountInput { email: address(email), token };
        self.services.activate_account.execute(input).await.unwrap();
        id
    }

    /// Logs in at the surface that rotates refresh tokens.
    pub async fn log_in(&self, email: &str) -> LoggedIn {
        let input = LogInInput {
            identifier: address(email).into(),
            password: Password::new(PASSWORD),
            device: Device::default(),
            policy: ROTATING,
        };
        self.services.log_in.execute(input).await.unwrap()
    }

    /// The actor of an access token; `None` if it is refused.
    pub async fn actor(&self, access_token: &SecretToken) -> Option<Actor> {
        self.services.verify_access.execute(access_token.reveal()).await.ok()
    }

    /// An administrator, signed in.
    pub async fn admin(&self) -> Administrator {
        let id = self.member("admin@example.com").await;
        let now = self.clock.now();
        self.deps.store.repositories().accounts().set_role(id, Role::Admin, now).await.unwrap();
        let session = self.log_in("admin@example.com").await;
        Administrator::with_role(&self.actor(&session.access_token).await.unwrap()).unwrap()
    }

    /// Queues a notice, as a use case does.
    pub async fn queue(&self, notice: &Notice) {
        let now = self.clock.now();
        let message = OutboxMessage {
            id: MessageId(self.deps.ids.time_ordered(now)),
            sealed_notice: self.deps.sealer.seal(&serde_json::to_vec(notice).unwrap()).unwrap(),
            channel: notice.channel(),
            language: self.deps.default_language,
            created_at: now,
            available_at: now,
            attempts: 0,
        };
        self.deps.store.repositories().outbox().enqueue(&message).await.unwrap();
    }

    /// Delivers waiting messages.
    pub async fn deliver(&self) {
        while self.services.deliver_messages.execute().await.unwrap().total() > 0 {}
    }

    /// Delivers waiting messages, and answers the code in the newest mail to an address.
    pub async fn mailed_code(&self, address: &str) -> String {
        self.deliver().await;
        self.mailbox
            .to(address)
            .first()
            .and_then(|newest| newest.mail.code.clone())
            .expect("a mail with a code")
    }
}

impl Default for UseCases {
    fn default() -> Self {
        Self::new()
    }
}

/// Parses an address that is known to be valid.
pub fn address(email: &str) -> EmailAddress {
    EmailAddress::parse(email).unwrap()
}

/// Accepts any text as a password.
pub const ANY_PASSWORD: PasswordPolicy = PasswordPolicy {
    min_chars: 1,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

/// A new password, under a policy that accepts any text.
pub fn new_password(text: &str) -> NewPassword {
    ANY_PASSWORD.check(text).unwrap()
}
