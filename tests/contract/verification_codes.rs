//! The contract of `VerificationCodeRepository`.

use time::Duration;
use vestibule_domain::accounts::MobileNumber;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Constraint;
use vestibule_domain::verification::{CodeKey, CodePurpose, VerificationCode};
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOBODY, NOW, Stored, add_account, conflict, email};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_code_is_kept_and_read_back_by_a_try,
    a_new_code_takes_the_place_of_the_last_one,
    codes_of_other_recipients_channels_and_purposes_are_others,
    a_code_of_nobody_is_refused,
    a_code_is_tried_so_often_and_no_more,
    tries_at_once_do_not_pass_the_limit,
    a_try_of_a_unit_that_is_dropped_does_not_count,
    an_expired_code_is_not_tried,
    a_code_becomes_a_proof_once,
    a_proof_is_no_code_any_more,
    a_proof_is_used_once_by_its_prover,
    an_expired_proof_is_none,
    of_two_uses_of_a_proof_at_once_one_succeeds,
    a_code_is_removed_once,
    what_has_expired_is_purged,
]);

fn key(address: &str) -> CodeKey {
    CodeKey::mail(&email(address), CodePurpose::Address)
}

fn digest(secret: &str) -> SecretDigest {
    SecretDigest::of(secret)
}

fn code(key: CodeKey, secret: &str) -> VerificationCode {
    VerificationCode {
        key,
        account: None,
        digest: digest(secret),
        attempts: 0,
        created_at: NOW,
        expires_at: NOW + Duration::minutes(10),
        verified_at: None,
    }
}

async fn put(store: &Stored, code: &VerificationCode) {
    store.repositories().verification_codes().put(code).await.unwrap();
}

async fn tried(store: &Stored, key: &CodeKey) -> Option<VerificationCode> {
    store.repositories().verification_codes().count_try(key, 5, NOW).await.unwrap()
}

async fn prove(store: &Stored, key: &CodeKey, secret: &str) -> bool {
    let until = NOW + Duration::minutes(20);
    let mut repositories = store.repositories();
    let codes = repositories.verification_codes();
    codes.prove(key, &digest(secret), &digest("prover"), NOW + MOMENT, until).await.unwrap()
}

async fn a_code_is_kept_and_read_back_by_a_try(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let kept = VerificationCode { account: Some(account), ..code(key("ada@example.com"), "1234") };
    put(&store, &kept).await;
    assert_eq!(tried(&store, &kept.key).await, Some(VerificationCode { attempts: 1, ..kept }));
}

async fn a_new_code_takes_the_place_of_the_last_one(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "1234")).await;
    tried(&store, &key).await;
    assert!(prove(&store, &key, "1234").await);
    let newer = VerificationCode { created_at: NOW + MOMENT, ..code(key.clone(), "5678") };
    put(&store, &newer).await;
    assert_eq!(tried(&store, &key).await, Some(VerificationCode { attempts: 1, ..newer }));
}

async fn codes_of_other_recipients_channels_and_purposes_are_others(store: Stored) {
    let number = MobileNumber::parse("+33612345678").unwrap();
    let keys = [
        key("ada@example.com"),
        key("eve@example.com"),
        CodeKey::sms(&number, CodePurpose::Address),
        CodeKey::sms(&number, CodePurpose::Activation),
    ];
    for (number, key) in keys.iter().enumerate() {
        put(&store, &code(key.clone(), &number.to_string())).await;
    }
    for (number, key) in keys.iter().enumerate() {
        assert_eq!(tried(&store, key).await.unwrap().digest, digest(&number.to_string()));
    }
}

async fn a_code_of_nobody_is_refused(store: Stored) {
    let code = VerificationCode { account: Some(NOBODY), ..code(key("ada@example.com"), "1234") };
    let put = store.repositories().verification_codes().put(&code).await;
    assert_eq!(conflict(put), Constraint::ForeignKey);
}

async fn a_code_is_tried_so_often_and_no_more(store: Stored) {
    let key = key("ada@example.com");
    assert_eq!(tried(&store, &key).await, None);
    put(&store, &code(key.clone(), "1234")).await;
    for attempts in 1..=5 {
        assert_eq!(tried(&store, &key).await.unwrap().attempts, attempts);
    }
    assert_eq!(tried(&store, &key).await, None);
}

async fn tries_at_once_do_not_pass_the_limit(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "1234")).await;
    let tries = at_once(20, |_| {
        let (store, key) = (store.clone(), key.clone());
        async move {
            let mut unit = store.begin().await.unwrap();
            let tried = unit.verification_codes().count_try(&key, 5, NOW).await.unwrap();
            unit.commit().await.unwrap();
            tried
        }
    });
    let mut attempts: Vec<_> = tries.await.into_iter().flatten().map(|code| code.attempts).collect();
    attempts.sort_unstable();
    assert_eq!(attempts, [1, 2, 3, 4, 5]);
}

async fn a_try_of_a_unit_that_is_dropped_does_not_count(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "1234")).await;
    let mut unit = store.begin().await.unwrap();
    assert!(unit.verification_codes().count_try(&key, 5, NOW).await.unwrap().is_some());
    drop(unit);
    assert_eq!(tried(&store, &key).await.unwrap().attempts, 1);
}

async fn an_expired_code_is_not_tried(store: Stored) {
    let key = key("ada@example.com");
    let kept = code(key.clone(), "1234");
    put(&store, &kept).await;
    let mut repositories = store.repositories();
    let codes = repositories.verification_codes();
    assert!(codes.count_try(&key, 5, kept.expires_at).await.unwrap().is_none());
    assert!(codes.count_try(&key, 5, kept.expires_at - MOMENT).await.unwrap().is_some());
}

async fn a_code_becomes_a_proof_once(store: Stored) {
    let key = key("ada@example.com");
    assert!(!prove(&store, &key, "1234").await);
    put(&store, &code(key.clone(), "1234")).await;
    assert!(!prove(&store, &key, "4321").await);
    assert!(prove(&store, &key, "1234").await);
    assert!(!prove(&store, &key, "1234").await);
    assert!(!prove(&store, &key, "prover").await);
}

async fn a_proof_is_no_code_any_more(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "1234")).await;
    assert!(prove(&store, &key, "1234").await);
    assert_eq!(tried(&store, &key).await, None);
}

async fn a_proof_is_used_once_by_its_prover(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "prover")).await;
    let mut repositories = store.repositories();
    let codes = repositories.verification_codes();
    // Before it is one.
    assert!(!codes.has_proof(&key, &digest("prover"), NOW).await.unwrap());
    assert!(!codes.use_proof(&key, &digest("prover"), NOW).await.unwrap());
    assert!(prove(&store, &key, "prover").await);
    assert!(!codes.has_proof(&key, &digest("another"), NOW).await.unwrap());
    assert!(!codes.use_proof(&key, &digest("another"), NOW).await.unwrap());
    assert!(codes.has_proof(&key, &digest("prover"), NOW).await.unwrap());
    assert!(codes.use_proof(&key, &digest("prover"), NOW).await.unwrap());
    assert!(!codes.has_proof(&key, &digest("prover"), NOW).await.unwrap());
    assert!(!codes.use_proof(&key, &digest("prover"), NOW).await.unwrap());
}

async fn an_expired_proof_is_none(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "1234")).await;
    assert!(prove(&store, &key, "1234").await);
    let until = NOW + Duration::minutes(20);
    let mut repositories = store.repositories();
    let codes = repositories.verification_codes();
    assert!(codes.has_proof(&key, &digest("prover"), until - MOMENT).await.unwrap());
    assert!(!codes.has_proof(&key, &digest("prover"), until).await.unwrap());
    assert!(!codes.use_proof(&key, &digest("prover"), until).await.unwrap());
}

async fn of_two_uses_of_a_proof_at_once_one_succeeds(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "1234")).await;
    assert!(prove(&store, &key, "1234").await);
    let uses = at_once(2, |_| {
        let (store, key) = (store.clone(), key.clone());
        async move {
            let mut repositories = store.repositories();
            repositories.verification_codes().use_proof(&key, &digest("prover"), NOW).await.unwrap()
        }
    });
    assert_eq!(uses.await.into_iter().filter(|is_used| *is_used).count(), 1);
}

async fn a_code_is_removed_once(store: Stored) {
    let key = key("ada@example.com");
    put(&store, &code(key.clone(), "1234")).await;
    let mut repositories = store.repositories();
    assert!(repositories.verification_codes().remove(&key).await.unwrap());
    assert!(!repositories.verification_codes().remove(&key).await.unwrap());
}

async fn what_has_expired_is_purged(store: Stored) {
    for (number, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
        let expires_at = NOW + MOMENT * u32::try_from(number).unwrap();
        put(&store, &VerificationCode { expires_at, ..code(key(&format!("{name}@example.com")), name) })
            .await;
    }
    let mut repositories = store.repositories();
    let codes = repositories.verification_codes();
    assert_eq!(codes.purge_expired(NOW + 2 * MOMENT, 2).await.unwrap(), 2);
    assert_eq!(codes.purge_expired(NOW + 2 * MOMENT, 2).await.unwrap(), 1);
    assert_eq!(codes.purge_expired(NOW + 2 * MOMENT, 2).await.unwrap(), 0);
    assert!(codes.remove(&key("d@example.com")).await.unwrap());
}
