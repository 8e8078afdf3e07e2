//! Every use case that changes an account leaves one event, and no other one leaves any.

use std::time::Duration;

use vestibule_application::Services;
use vestibule_application::accounts::{
    ActivateAccountInput, Administrator, ChangeRoleInput, CompletePasswordResetInput, CreateAdminInput,
    DeactivateAccountInput, RegisterAccountInput, RequestConfirmationInput, RequestPasswordResetInput,
};
use vestibule_application::contacts::SetContactAvatarInput;
use vestibule_application::policy::{MailProof, RegistrationPolicy, Retention};
use vestibule_application::sessions::{Device, LogInInput, LogOutInput, RefreshAccessInput};
use vestibule_domain::accounts::{AccountId, Password, Role};
use vestibule_domain::audit::AuditAction::*;
use vestibule_domain::contacts::{ContactFacts, ContactId, NewContact, Text};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::SessionId;
use vestibule_use_case_tests::PICTURE;
use vestibule_use_case_tests::use_cases::{PASSWORD, REGISTRATION, RESET, ROTATING, address, new_password};

use super::watched::{NOTHING, Watched};
use super::{ADA, ROOT};

const BOB: &str = "bob@example.com";
const EVE: &str = "eve@example.com";
const LINK: RegistrationPolicy = RegistrationPolicy { proof: MailProof::Link, ..REGISTRATION };
const HOUR: Duration = Duration::from_hours(1);
const KEEPS_EVENTS: Retention = Retention {
    unactivated_accounts: Some(HOUR),
    parked_messages: Some(HOUR),
    sent_messages: Some(HOUR),
    audit_events: None,
    trashed_accounts: None,
};

impl Watched {
    async fn register(&self, email: &str, password: &str, policy: RegistrationPolicy) -> bool {
        let input = RegisterAccountInput {
            email: address(email),
            display_name: None,
            password: new_password(password),
            client_address: None,
            language: None,
            policy,
        };
        self.app.services.register_account.execute(input).await.is_ok()
    }

    async fn log_in(&self, email: &str, password: &str) -> Option<(SecretToken, SessionId)> {
        let password = Password::new(password);
        let input = LogInInput {
            identifier: address(email).into(),
            password,
            device: Device::default(),
            policy: ROTATING,
        };
        let opened = self.app.services.log_in.execute(input).await.ok()?;
        let session = self.app.actor(&opened.access_token).await.unwrap().session;
        Some((opened.refresh_token, session))
    }

    async fn refresh(&self, token: &SecretToken) -> bool {
        let input = RefreshAccessInput { refresh_token: token.clone(), policy: ROTATING };
        self.app.services.refresh_access.execute(input).await.is_ok()
    }

    async fn request_reset(&self, email: &str) {
        let input = RequestPasswordResetInput { email: address(email), language: None, policy: RESET };
        self.app.services.request_password_reset.execute(input).await.unwrap();
    }

    async fn complete_reset(&self, token: String) -> bool {
        let input = CompletePasswordResetInput {
            email: Some(address(ADA)),
            token: SecretToken::new(token),
            password: new_password(PASSWORD),
            language: None,
        };
        self.app.services.complete_password_reset.execute(input).await.is_ok()
    }
}

#[tokio::test]
async fn each_change_of_an_account_leaves_one_event() {
    let mut watched = Watched::new();
    registrations(&mut watched).await;
    sessions(&mut watched).await;
    resets(&mut watched).await;
    administration(&mut watched).await;
    limits(&mut watched).await;
}

async fn registrations(watched: &mut Watched) {
    assert!(watched.register(ADA, PASSWORD, REGISTRATION).await);
    watched.recorded("a registration", &[(AccountRegistered, "anonymous", true)]).await;
    assert!(!watched.register(ADA, "another horse", REGISTRATION).await);
    watched.recorded("another one", &[(RegistrationRepeated, "anonymous", true)]).await;

    for (email, is_known) in [(ADA, true), (EVE, false)] {
        let input = RequestConfirmationInput { email: address(email), language: None, policy: REGISTRATION };
        watched.app.services.request_confirmation.execute(input).await.unwrap();
        let expected = [(ConfirmationRequested, "anonymous", is_known)];
        watched.recorded("another confirmation mail", &expected).await;
    }

    let activate = async |token: String| {
        let input = ActivateAccountInput { email: address(ADA), token: SecretToken::new(token) };
        watched.app.services.activate_account.execute(input).await.is_ok()
    };
    assert!(!activate("wrong".to_owned()).await);
    assert!(activate(watched.app.mailed_code(ADA).await).await);
    watched.recorded("an activation", &[(AccountActivated, "account", true)]).await;
    watched.register(ADA, PASSWORD, REGISTRATION).await;
    watched.recorded("a registration of an active account", NOTHING).await;

    watched.register(BOB, PASSWORD, LINK).await;
    watched.recorded("a registration", &[(AccountRegistered, "anonymous", true)]).await;
    let link = watched.app.mailed_code(BOB).await;
    for expected in [&[(AccountActivated, "account", true)], NOTHING] {
        watched.app.services.confirm_email.execute(&link).await.unwrap();
        watched.recorded("a confirmation", expected).await;
    }
}

async fn sessions(watched: &mut Watched) {
    // The mail of the older registration decided whose password it is.
    let password = if watched.log_in(ADA, PASSWORD).await.is_some() { PASSWORD } else { "another horse" };
    watched.begin_here().await;

    let (token, session) = watched.log_in(ADA, password).await.unwrap();
    watched.recorded("a login", &[(LoggedIn, "account", true)]).await;
    assert!(watched.log_in(ADA, "wrong").await.is_none());
    watched.recorded("a failed login", &[(LogInFailed, "anonymous", true)]).await;
    assert!(watched.log_in(EVE, "wrong").await.is_none());
    watched.recorded("a login of nobody", &[(LogInFailed, "anonymous", false)]).await;

    assert!(watched.refresh(&token).await);
    watched.recorded("a refresh", NOTHING).await;
    for expected in [&[(RefreshTokenReused, "anonymous", true)], NOTHING] {
        assert!(!watched.refresh(&token).await);
        watched.recorded("a refresh with a spent token", expected).await;
    }
    watched.app.services.log_out.execute(LogOutInput { session }).await.unwrap();
    watched.recorded("a logout of what is over", NOTHING).await;

    let (_, session) = watched.log_in(ADA, password).await.unwrap();
    watched.recorded("a login", &[(LoggedIn, "account", true)]).await;
    for expected in [&[(LoggedOut, "account", true)], NOTHING] {
        watched.app.services.log_out.execute(LogOutInput { session }).await.unwrap();
        watched.recorded("a logout", expected).await;
    }
}

async fn resets(watched: &mut Watched) {
    for (email, is_known) in [(EVE, false), (ADA, true)] {
        watched.request_reset(email).await;
        let expected = [(PasswordResetRequested, "anonymous", is_known)];
        watched.recorded("a request for a reset", &expected).await;
    }
    for is_under_way in [true, false] {
        assert!(!watched.complete_reset("wrong".to_owned()).await);
        let expected = [(PasswordResetFailed, "anonymous", is_under_way)];
        watched.recorded("a wrong reset token", &expected).await;
    }
    watched.request_reset(ADA).await;
    watched.recorded("a request for a reset", &[(PasswordResetRequested, "anonymous", true)]).await;
    let code = watched.app.mailed_code(ADA).await;
    assert!(watched.complete_reset(code).await);
    watched.recorded("a reset", &[(PasswordReset, "account", true)]).await;
}

async fn administration(watched: &mut Watched) {
    let administrator = Administrator::operator();
    let create = CreateAdminInput {
        administrator,
        email: address(ROOT),
        username: None,
        password: new_password(PASSWORD),
    };
    watched.app.services.create_admin.execute(create).await.unwrap();
    watched.recorded("a new administrator", &[(AdminCreated, "operator", true)]).await;
    let session = watched.app.log_in(ROOT).await;
    watched.recorded("a login", &[(LoggedIn, "account", true)]).await;
    let actor = watched.app.actor(&session.access_token).await.unwrap();
    let root = Administrator::with_role(&actor).unwrap();

    let account = AccountId(1);
    for (administrator, kind, role) in
        [(administrator, "operator", Role::Moderator), (root, "account", Role::User)]
    {
        for expected in [&[(RoleChanged, kind, true)][..], NOTHING] {
            let input = ChangeRoleInput { administrator, account, role };
            watched.app.services.change_role.execute(input).await.unwrap();
            watched.recorded("another role, and the same once more", expected).await;
        }
    }

    let owner = actor.account;
    let facts = ContactFacts {
        fullname: Text::parse("Bob").unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    let contact = NewContact { owner, facts, avatar: None };
    let id: ContactId = watched.app.deps.store.repositories().contacts().insert(&contact).await.unwrap();
    let upload = PICTURE.to_vec();
    let input = SetContactAvatarInput { actor, id, upload, url_of: &|key| format!("/{key}") };
    watched.app.services.set_contact_avatar.execute(input).await.unwrap();
    watched.recorded("a picture", &[(AvatarSet, "account", true)]).await;

    let deactivate = DeactivateAccountInput { administrator: root, account };
    watched.app.services.deactivate_account.execute(deactivate).await.unwrap();
    watched.recorded("a lockout", &[(AccountDeactivated, "account", true)]).await;
    assert!(watched.log_in(ADA, PASSWORD).await.is_none());
    watched.recorded("a login of who is locked out", &[(LogInRefused, "anonymous", true)]).await;

    watched.register(EVE, PASSWORD, REGISTRATION).await;
    watched.recorded("a registration", &[(AccountRegistered, "anonymous", true)]).await;
    for expected in [NOTHING, &[(UnactivatedAccountsRemoved, "system", false)], NOTHING] {
        watched.app.services.purge_expired.execute_while(KEEPS_EVENTS, || true).await.unwrap();
        watched.recorded("a purge", expected).await;
        watched.app.clock.advance(26 * HOUR);
    }
}

async fn limits(watched: &mut Watched) {
    for _ in 0..100 {
        assert!(watched.log_in(BOB, "wrong").await.is_none());
    }
    watched.recorded("guesses", &[(LogInFailed, "anonymous", true)]).await;
    for _ in 0..3 {
        assert!(watched.log_in(BOB, PASSWORD).await.is_none());
    }
    watched.recorded("attempts over the limit", &[(LogInLimitReached, "anonymous", true)]).await;
}

/// Every use case, so that a new one does not compile before somebody has asked whether it changes an account: then it
/// has its place above, too.
#[expect(dead_code, clippy::too_many_lines, reason = "compiling it is the test, and it is a list")]
fn no_use_case_is_forgotten(services: &Services) {
    let Services {
        // They change accounts.
        register_account: _,
        edit_mobile: _,
        remove_own_account: _,
        activate_account: _,
        confirm_email: _,
        request_confirmation: _,
        request_password_reset: _,
        complete_password_reset: _,
        create_admin: _,
        deactivate_account: _,
        change_role: _,
        log_in: _,
        log_out: _,
        // `../console.rs`.
        end_session: _,
        prove_again: _,
        // `../account_pages.rs`.
        enter_account: _,
        end_own_session: _,
        end_other_sessions: _,
        restore_own_account: _,
        // `../own_deletions.rs`.
        trash_own_account: _,
        // `../messages`.
        retry_message: _,
        // `../test_messages.rs`.
        send_test_message: _,
        // `operator.rs`.
        end_sessions: _,
        send_password_reset: _,
        // `tests/commands/users_import.rs`.
        import_accounts: _,
        keep_import_keys: _,
        export_accounts: _,
        // `tests/commands/contacts_import.rs`.
        import_contacts: _,
        export_contacts: _,
        // `tests/commands/users_archive.rs`, `tests/commands/users_erase.rs`.
        archive_account: _,
        erase_account: _,
        // Those of points, mobile and admin: `points.rs`, `mobile.rs`, `admins.rs`.
        register_at_once: _,
        issue_recovery: _,
        recover_password: _,
        set_own_password: _,
        register_mobile: _,
        activate_mobile: _,
        change_password: _,
        sign_up: _,
        edit_account: _,
        set_profile_picture: _,
        trash_account: _,
        trash_accounts: _,
        restore_account: _,
        remove_account: _,
        // When a code is wrong.
        verify_code: _,
        // When a token comes twice.
        refresh_access: _,
        // Where accounts are purged.
        purge_expired: _,
        set_contact_avatar: _,
        // It changes a balance. The ledger `points_entries` is the record of that, append-only and with its actor and
        // reason, so it is not recorded a second time.
        change_points: _,
        // They change none.
        send_code: _,
        list_accounts: _,
        show_account: _,
        show_points_history: _,
        reconcile_points: _,
        list_directory: _,
        show_directory_entry: _,
        browse_directory: _,
        find_addresses: _,
        search_addresses: _,
        continue_session: _,
        show_overview: _,
        show_statistics: _,
        keep_counts: _,
        keep_sightings: _,
        list_trash: _,
        browse_trash: _,
        list_sessions: _,
        inspect_account: _,
        list_audit_events: _,
        show_password_reset: _,
        verify_access: _,
        list_messages: _,
        list_sent_messages: _,
        deliver_messages: _,
        free_dead_leases: _,
        preview_message: _,
        list_movies: _,
        browse_movies: _,
        show_movie: _,
        create_movie: _,
        change_movie: _,
        edit_movie: _,
        remove_movie: _,
        import_movies: _,
        export_movies: _,
        count_upload: _,
        store_picture: _,
        show_picture: _,
        remove_picture: _,
        sweep_orphans: _,
        list_contacts: _,
        inspect_contacts: _,
        find_contact: _,
        list_birthdays: _,
        create_contact: _,
        change_contact: _,
        remove_contact: _,
        rebuild_contact_index: _,
        answers: _,
    } = services;
}
