//! What owners are told of their own deletions, and of coming back.

use std::time::Duration;

use vestibule_application::accounts::{
    ActivateMobileInput, Administrator, MobileProof, OwnerOrAdministrator, RegisterMobileInput,
};
use vestibule_application::messages::{ListMessagesInput, ListSentMessagesInput};
use vestibule_application::policy::{CodePolicy, DELETIONS_PER_ACCOUNT};
use vestibule_application::sessions::{Device, Identifier, LogInError, LogInInput, LoggedIn};
use vestibule_application::trash::{
    RestoreAccountInput, TrashAccountInput, TrashOwnAccountError, TrashOwnAccountInput,
};
use vestibule_application::{Actor, CodedError as _, ErrorKind, Services};
use vestibule_domain::accounts::{MobileNumber, Password, Role, Username};
use vestibule_domain::audit::{AuditAction, AuditFilter};
use vestibule_domain::messages::{Language, Queue};
use vestibule_domain::ports::{Clock as _, Limit};
use vestibule_domain::statistics::CountKind;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, address, new_password};

const ADA: &str = "ada@example.com";
const MONTH: Duration = Duration::from_hours(30 * 24);
const DELETED: &str = "Your account was deleted";
const RESTORED: &str = "Your account is back";

/// Ada, who is signed in.
async fn with_ada() -> (UseCases, Actor) {
    let app = UseCases::new();
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    let ada = app.actor(&session.access_token).await.unwrap();
    (app, ada)
}

async fn delete(services: &Services, actor: Actor) -> Result<(), TrashOwnAccountError> {
    let input = TrashOwnAccountInput { actor, stays: Some(MONTH), language: None };
    services.trash_own_account.execute(input).await
}

fn credentials(identifier: impl Into<Identifier>) -> LogInInput {
    LogInInput {
        identifier: identifier.into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy: ROTATING,
    }
}

async fn come_back(services: &Services) -> Result<LoggedIn, LogInError> {
    services.restore_own_account.execute(credentials(address(ADA)), None).await
}

/// The subjects of the mails to Ada about her deletions, the oldest first.
async fn told(app: &UseCases) -> Vec<String> {
    app.deliver().await;
    let mails = app.mailbox.to(ADA).into_iter().rev();
    mails.map(|message| message.mail.subject).filter(|subject| subject != "Activate your account").collect()
}

#[tokio::test]
async fn the_owner_is_told_of_both_with_the_day_until_which_the_account_comes_back() {
    let (app, ada) = with_ada().await;
    delete(&app.services, ada).await.unwrap();
    assert_eq!(told(&app).await, [DELETED]);
    let mail = &app.mailbox.to(ADA)[0].mail;
    assert!(mail.text.contains("Until 1 February 2026 at 03:04 UTC, you can bring it back"), "{}", mail.text);
    assert_eq!(mail.links, ["https://accounts.example.org/account/login"]);
    assert_eq!(mail.code, None);
    app.clock.advance(MONTH - Duration::from_secs(1));
    come_back(&app.services).await.unwrap();
    assert_eq!(told(&app).await, [DELETED, RESTORED]);
}

/// The address may be a stranger's, who would get two mails each time.
#[tokio::test]
async fn who_deletes_and_comes_back_over_and_over_is_refused_before_anything_happens() {
    let (app, mut ada) = with_ada().await;
    let most = DELETIONS_PER_ACCOUNT.max as usize;
    for _ in 0..most {
        delete(&app.services, ada).await.unwrap();
        let session = come_back(&app.services).await.unwrap();
        ada = app.actor(&session.access_token).await.unwrap();
    }
    let refused = delete(&app.services, ada).await.unwrap_err();
    assert_eq!(refused.code().kind(), ErrorKind::RateLimited, "{refused:?}");
    assert_eq!(told(&app).await.len(), 2 * most);
    app.log_in(ADA).await;
    app.clock.advance(DELETIONS_PER_ACCOUNT.window);
    let session = app.log_in(ADA).await;
    let ada = app.actor(&session.access_token).await.unwrap();
    delete(&app.services, ada).await.unwrap();
}

#[tokio::test]
async fn a_deletion_ends_all_sessions_and_is_once_in_the_trail() {
    let (app, ada) = with_ada().await;
    let other = app.log_in(ADA).await;
    delete(&app.services, ada).await.unwrap();
    assert!(app.actor(&other.access_token).await.is_none());
    let again = delete(&app.services, ada).await;
    assert!(matches!(again, Err(TrashOwnAccountError::NotFound)), "{again:?}");
    let filter = AuditFilter { action: Some(AuditAction::AccountTrashed), ..AuditFilter::default() };
    let events = app.deps.store.repositories().audit().list(&filter, None, 9).await.unwrap();
    let [event] = &events[..] else { panic!("{events:?}") };
    assert_eq!((event.actor.account(), event.account), (Some(ada.uuid), Some(ada.uuid)));
    assert_eq!(event.details.as_deref(), Some(r#"{"ended_sessions":2,"has_reason":false}"#));
}

#[tokio::test]
async fn both_are_in_the_language_of_the_request() {
    let (app, actor) = with_ada().await;
    let language = Some(Language::Fr);
    let input = TrashOwnAccountInput { actor, stays: Some(MONTH), language };
    app.services.trash_own_account.execute(input).await.unwrap();
    assert_eq!(told(&app).await, ["Votre compte a été supprimé"]);
    let mail = &app.mailbox.to(ADA)[0].mail;
    assert!(mail.text.contains("Jusqu’au 1er février 2026 à 03:04 UTC, vous pouvez"), "{}", mail.text);
    app.services.restore_own_account.execute(credentials(address(ADA)), language).await.unwrap();
    assert_eq!(told(&app).await[1..], ["Votre compte est de retour"]);
}

#[tokio::test]
async fn where_the_trash_is_kept_for_ever_no_day_is_told() {
    for stays in [None, Some(Duration::MAX)] {
        let (app, actor) = with_ada().await;
        let input = TrashOwnAccountInput { actor, stays, language: None };
        app.services.trash_own_account.execute(input).await.unwrap();
        assert_eq!(told(&app).await, [DELETED]);
        let text = &app.mailbox.to(ADA)[0].mail.text;
        assert!(text.contains("At any time you can bring it back") && !text.contains("UTC"), "{text}");
    }
}

#[tokio::test]
async fn staff_is_told_that_an_administrator_brings_it_back() {
    for role in [Role::Moderator, Role::Admin] {
        let (app, ada) = with_ada().await;
        let administrator = app.admin().await;
        let now = app.clock.now();
        app.deps.store.repositories().accounts().set_role(ada.account, role, now).await.unwrap();
        delete(&app.services, ada).await.unwrap();
        assert_eq!(told(&app).await, [DELETED], "{role}");
        let mail = &app.mailbox.to(ADA)[0].mail;
        assert!(mail.text.contains("an administrator can bring it back"), "{}", mail.text);
        assert!(!mail.text.contains("sign in") && mail.links.is_empty(), "{}", mail.text);
        let refused = come_back(&app.services).await;
        assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{refused:?}");
        // What an administrator does is not the owner's doing.
        let restore = RestoreAccountInput { administrator, account: ada.uuid };
        app.services.restore_account.execute(restore).await.unwrap();
        assert_eq!(told(&app).await, [DELETED], "{role}");
    }
}

#[tokio::test]
async fn the_last_administrator_stays_and_is_told_nothing() {
    let (app, ada) = with_ada().await;
    let now = app.clock.now();
    app.deps.store.repositories().accounts().set_role(ada.account, Role::Admin, now).await.unwrap();
    let refused = delete(&app.services, ada).await;
    assert!(matches!(refused, Err(TrashOwnAccountError::LastAdmin)), "{refused:?}");
    assert_eq!(told(&app).await, [""; 0]);
}

#[tokio::test]
async fn what_moves_accounts_elsewhere_tells_nothing() {
    let (app, ada) = with_ada().await;
    let owner = OwnerOrAdministrator::of(&ada, ada.uuid).unwrap();
    for who in [owner, OwnerOrAdministrator::operator(ada.uuid)] {
        let input = TrashAccountInput { who, reason: String::new() };
        app.services.trash_account.execute(input).await.unwrap();
        let restore = RestoreAccountInput { administrator: Administrator::operator(), account: ada.uuid };
        app.services.restore_account.execute(restore).await.unwrap();
    }
    // It is not in the trash any more, so this is a login.
    come_back(&app.services).await.unwrap();
    assert_eq!(told(&app).await, [""; 0]);
}

#[tokio::test]
async fn an_account_without_an_address_comes_and_goes_untold() {
    let app = UseCases::new();
    let (name, mobile) = (Username::parse("ada").unwrap(), MobileNumber::parse("+33612345678").unwrap());
    let policy = CodePolicy {
        life: Duration::from_mins(15),
        tries: 5,
        per_recipient: Limit { max: 1, window: Duration::from_mins(1) },
    };
    let register = RegisterMobileInput {
        username: name.clone(),
        mobile: mobile.clone(),
        password: new_password(PASSWORD),
        language: None,
        policy,
    };
    app.services.register_mobile.execute(register).await.unwrap();
    let activate = ActivateMobileInput {
        mobile,
        code: None,
        proof: MobileProof::NumberAlone,
        client_address: None,
        language: None,
        policy,
    };
    app.services.activate_mobile.execute(activate).await.unwrap();
    app.deliver().await;
    let opened = app.services.log_in.execute(credentials(name.clone())).await.unwrap();
    let ada = app.actor(&opened.access_token).await.unwrap();
    delete(&app.services, ada).await.unwrap();
    app.services.restore_own_account.execute(credentials(name), None).await.unwrap();
    assert_eq!(app.services.deliver_messages.execute().await.unwrap().total(), 0);
}

#[tokio::test]
async fn a_change_that_is_tried_again_is_told_once() {
    let (app, ada) = with_ada().await;
    app.faults.fail_commit(Fault::Retryable);
    delete(&app.services, ada).await.unwrap();
    assert_eq!(told(&app).await, [DELETED]);
    app.faults.fail_commit(Fault::Retryable);
    come_back(&app.services).await.unwrap();
    assert_eq!(told(&app).await, [DELETED, RESTORED]);
}

#[tokio::test]
async fn whatever_call_fails_a_change_is_made_and_told_both_or_neither() {
    let (app, ada) = with_ada().await;
    for call in 1.. {
        app.faults.fail_call(call, Fault::Unexpected);
        let is_done = delete(&app.services, ada).await.is_ok();
        app.faults.heal();
        assert_eq!(told(&app).await.len(), usize::from(is_done), "call {call}");
        if is_done {
            assert!(call > 6, "it takes a lock, changes, an event and a message: {call}");
            break;
        }
    }
    for call in 1.. {
        app.faults.fail_call(call, Fault::Unexpected);
        let is_done = come_back(&app.services).await.is_ok();
        app.faults.heal();
        let account = app.deps.store.repositories().accounts().by_id(ada.account).await.unwrap().unwrap();
        let is_back = account.details.deleted_at.is_none();
        assert!(is_back || !is_done);
        assert_eq!(told(&app).await.len(), 1 + usize::from(is_back), "call {call}");
        if is_back {
            assert!(call > 4, "it takes a lock, a change, an event and a message: {call}");
            break;
        }
    }
}

#[tokio::test]
async fn both_are_sealed_while_they_wait_and_counted_and_recorded_once_they_are_sent() {
    let (app, ada) = with_ada().await;
    let mails = async || {
        app.services.keep_counts.execute().await.unwrap();
        let mut repositories = app.deps.store.repositories();
        let counts = repositories.daily_counts().since(app.clock.now().date()).await.unwrap();
        counts.iter().filter(|count| count.kind == CountKind::Mails).map(|count| count.amount).sum::<u64>()
    };
    let before = mails().await;
    delete(&app.services, ada).await.unwrap();
    app.clock.advance(Duration::from_secs(1));
    come_back(&app.services).await.unwrap();
    let administrator = Administrator::operator();
    let input = ListMessagesInput { administrator, queue: Queue::Waiting, after: None, limit: 9 };
    let waiting = app.services.list_messages.execute(input).await.unwrap().items;
    let kinds: Vec<_> = waiting.iter().map(|waits| (waits.kind, waits.recipient.as_deref())).collect();
    assert_eq!(kinds, [(Some("account_deleted"), Some(ADA)), (Some("account_restored"), Some(ADA))]);
    for waits in &waiting {
        let sealed = &waits.queued.message.sealed_notice;
        assert!(!sealed.windows(ADA.len()).any(|part| part == ADA.as_bytes()));
    }
    app.deliver().await;
    assert_eq!(mails().await - before, 2);
    let input = ListSentMessagesInput { administrator, after: None, limit: 9 };
    let sent = app.services.list_sent_messages.execute(input).await.unwrap().items;
    let kinds: Vec<_> = sent.iter().map(|sent| (sent.kind.as_str(), sent.recipient.as_str())).collect();
    assert!(
        kinds.contains(&("account_deleted", ADA)) && kinds.contains(&("account_restored", ADA)),
        "{kinds:?}"
    );
}
