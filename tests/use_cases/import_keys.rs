//! Keys of other systems: kept for as long as hashes need them.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::accounts::{
    Administrator, ExpectedAccounts, ImportAccountsError, KeepImportKeysError, KeptImportKeys,
};
use vestibule_application::maintenance::Purgeable;
use vestibule_application::policy::Retention;
use vestibule_domain::accounts::import::{ImportKey, ImportedAccount, ImportedPassword};
use vestibule_domain::accounts::{AccountId, Password, PasswordHash};
use vestibule_domain::ports::{Clock as _, HashError, ImportKeySource as _, Verification};
use vestibule_infrastructure::crypto::{BcryptHasher, BcryptSettings};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::use_cases::address;
use vestibule_use_case_tests::{PlainSealer, UseCases};

use crate::imports::row;

const NAME: &str = "SALT_KEY";
const VALUE: &str = "sample-SALT_7!q";
const PASSWORD: &str = "after change 2";
const DAY: Duration = Duration::from_hours(24);

/// With a hasher that reads the keys that are kept.
fn cases() -> UseCases {
    UseCases::with(|deps| {
        let keys = KeptImportKeys::new(deps.store.clone(), deps.sealer.clone());
        let hasher = BcryptHasher::new(BcryptSettings::with_cost(4)).unwrap();
        deps.hasher = Arc::new(hasher.with_import_keys(Arc::new(keys)));
    })
}

async fn keep(cases: &UseCases, name: &str, value: &str) -> Result<(), KeepImportKeysError> {
    let key = ImportKey { name: name.to_owned(), value: value.to_owned() };
    cases.services.keep_import_keys.execute(Administrator::operator(), &[key]).await
}

async fn kept(cases: &UseCases) -> Vec<ImportKey> {
    KeptImportKeys::new(cases.deps.store.clone(), cases.deps.sealer.clone()).load().await.unwrap()
}

/// The hash of [`PASSWORD`] in a system with this key.
fn hash() -> PasswordHash {
    PasswordHash::new("{foreign}md5-salt-key;around,,@SALT_KEY;digest,md5,1!vKYkWypM6lhrUAu34PbbxQ")
}

async fn set_hash(cases: &UseCases, account: AccountId, hash: &PasswordHash) {
    let mut repositories = cases.deps.store.repositories();
    assert!(repositories.accounts().set_password(account, hash, cases.clock.now()).await.unwrap());
}

/// How many keys a purge removes.
async fn purge(cases: &UseCases) -> u64 {
    let retention = Retention {
        unactivated_accounts: None,
        parked_messages: None,
        sent_messages: None,
        audit_events: None,
        trashed_accounts: None,
    };
    let purged = cases.services.purge_expired.execute_while(retention, || true).await.unwrap().unwrap();
    purged.of(Purgeable::ImportKeys)
}

#[tokio::test]
async fn a_key_is_read_back_and_does_not_stand_in_the_store() {
    let cases = cases();
    keep(&cases, NAME, VALUE).await.unwrap();
    assert_eq!(kept(&cases).await, [ImportKey { name: NAME.to_owned(), value: VALUE.to_owned() }]);
    let stored = cases.deps.store.repositories().import_keys().all().await.unwrap();
    assert!(!stored[0].sealed.windows(VALUE.len()).any(|bytes| bytes == VALUE.as_bytes()));
}

#[tokio::test]
async fn a_key_whose_seal_was_moved_to_another_name_is_not_read() {
    let cases = cases();
    keep(&cases, NAME, VALUE).await.unwrap();
    let mut repositories = cases.deps.store.repositories();
    let mut stored = repositories.import_keys().all().await.unwrap().remove(0);
    "PEPPER".clone_into(&mut stored.name);
    repositories.import_keys().keep(&stored).await.unwrap();
    let names: Vec<_> = kept(&cases).await.into_iter().map(|key| key.name).collect();
    assert_eq!(names, [NAME]);
}

#[tokio::test]
async fn a_key_that_hashes_need_is_not_replaced_by_another_of_its_name() {
    let cases = cases();
    keep(&cases, NAME, "not needed yet").await.unwrap();
    keep(&cases, NAME, VALUE).await.unwrap();
    let account = cases.member("ada@example.com").await;
    set_hash(&cases, account, &hash()).await;
    let told = keep(&cases, NAME, "another").await.unwrap_err();
    assert!(matches!(&told, KeepImportKeysError::Taken(name) if name == NAME), "{told}");
    assert_eq!(kept(&cases).await[0].value, VALUE);
    keep(&cases, NAME, VALUE).await.unwrap();
}

#[tokio::test]
async fn accounts_that_need_a_key_are_not_added_beside_another_of_its_name() {
    let cases = cases();
    let keys = [ImportKey { name: NAME.to_owned(), value: VALUE.to_owned() }];
    let imported = async |email: &str| {
        let account = ImportedAccount { password: ImportedPassword::Hash(hash()), ..row(email) };
        let imports = &cases.services.import_accounts;
        imports.execute(Administrator::operator(), &[account], &keys, &mut ExpectedAccounts::default()).await
    };
    // Both imports find the name free, and the second one keeps its key before the first has added an account.
    keep(&cases, NAME, VALUE).await.unwrap();
    keep(&cases, NAME, "another").await.unwrap();
    let told = imported("ada@example.com").await.unwrap_err();
    assert!(matches!(&told, ImportAccountsError::KeyTaken(name) if name == NAME), "{told}");
    let ada = address("ada@example.com");
    assert_eq!(cases.deps.store.repositories().accounts().by_email(&ada).await.unwrap(), None);
    keep(&cases, NAME, VALUE).await.unwrap();
    assert_eq!(imported("ada@example.com").await.unwrap().added, 1);
}

#[tokio::test]
async fn a_key_of_a_server_with_other_secrets_is_kept_anew() {
    let cases = cases();
    let other = PlainSealer::new("other");
    let elsewhere = UseCases::with(|deps| {
        deps.store = cases.deps.store.clone();
        deps.sealer = Arc::new(other);
    });
    keep(&elsewhere, NAME, VALUE).await.unwrap();
    let account = cases.member("ada@example.com").await;
    set_hash(&cases, account, &hash()).await;
    assert_eq!(kept(&cases).await, []);
    keep(&cases, NAME, VALUE).await.unwrap();
    assert_eq!(kept(&cases).await[0].value, VALUE);
}

#[tokio::test]
async fn a_hash_is_compared_with_a_key_that_was_kept_after_the_server_had_read_the_keys() {
    let cases = cases();
    let verify = async || cases.deps.hasher.verify(&Password::new(PASSWORD), Some(hash())).await;
    keep(&cases, "PEPPER", "another system's").await.unwrap();
    assert_eq!(verify().await.unwrap(), Verification::Wrong);
    keep(&cases, NAME, VALUE).await.unwrap();
    assert_eq!(verify().await.unwrap(), Verification::RightButOutdated);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_was_replaced_serves_half_a_minute_later() {
    let cases = cases();
    let verify = async || cases.deps.hasher.verify(&Password::new(PASSWORD), Some(hash())).await;
    keep(&cases, NAME, "mistyped").await.unwrap();
    assert_eq!(verify().await.unwrap(), Verification::Wrong);
    keep(&cases, NAME, VALUE).await.unwrap();
    tokio::time::advance(Duration::from_secs(30)).await;
    assert_eq!(verify().await.unwrap(), Verification::RightButOutdated);
    // What was read serves while the keys are out of reach.
    tokio::time::advance(Duration::from_secs(30)).await;
    cases.faults.fail_everything(Fault::Unavailable);
    assert_eq!(verify().await.unwrap(), Verification::RightButOutdated);
}

#[tokio::test]
async fn no_password_counts_as_wrong_because_the_keys_were_out_of_reach() {
    let cases = cases();
    keep(&cases, NAME, VALUE).await.unwrap();
    cases.faults.fail_everything(Fault::Unavailable);
    let told = cases.deps.hasher.verify(&Password::new(PASSWORD), Some(hash())).await;
    assert!(matches!(told, Err(HashError::Failed(_))));
}

#[tokio::test]
async fn a_key_goes_a_day_after_the_import_once_no_hash_needs_it() {
    let cases = cases();
    let account = cases.member("ada@example.com").await;
    let own = cases.deps.store.repositories().accounts().by_id(account).await.unwrap().unwrap();
    keep(&cases, NAME, VALUE).await.unwrap();
    cases.clock.advance(DAY);
    assert_eq!(purge(&cases).await, 0, "an import may still be under way");
    set_hash(&cases, account, &hash()).await;
    cases.clock.advance(DAY);
    assert_eq!(purge(&cases).await, 0, "a hash needs it");
    set_hash(&cases, account, &own.details.hashed_password).await;
    assert_eq!(purge(&cases).await, 1);
    assert_eq!(kept(&cases).await, []);
}
