//! The contract of `TokenSigner`. The form of the tokens is tested beside the code.

use time::Duration;
use time::macros::datetime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, Role};
use vestibule_domain::ports::TokenError;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{Claims, SessionId, Subject, TokenId, TokenUse};
use vestibule_tests::backends::token_signer::Signers;
use vestibule_tests::contract;
use vestibule_tests::use_cases::address;

contract!(token_signer on [jwt, plain]: [
    what_was_signed_is_read,
    equal_claims_give_equal_tokens_and_others_do_not,
    a_token_of_one_use_is_not_taken_for_another,
    a_token_is_expired_from_its_end_on,
    a_token_is_not_refused_for_its_beginning,
    a_token_of_another_secret_is_invalid,
    a_token_that_was_changed_is_invalid,
    what_is_no_token_is_invalid,
    a_token_is_signed_again_by_its_digest_alone,
]);

const USES: [TokenUse; 3] = [TokenUse::Access, TokenUse::Refresh, TokenUse::Email];

fn claims(token_use: TokenUse) -> Claims {
    Claims {
        token_use,
        subject: Subject::Uuid(AccountUuid(Uuid::from_u128(1))),
        account: AccountId(7),
        session: SessionId(Uuid::from_u128(2)),
        id: TokenId(Uuid::from_u128(3)),
        role: (token_use == TokenUse::Access).then_some(Role::Moderator),
        issued_at: datetime!(2026-01-02 03:04:05 UTC),
        expires_at: datetime!(2026-01-02 03:19:05 UTC),
    }
}

async fn what_was_signed_is_read(of: Signers) {
    let signer = of("secret");
    let to_an_address = Claims { subject: Subject::Address(address("ada@example.com")), ..claims(USES[2]) };
    for claims in USES.map(claims).into_iter().chain([to_an_address]) {
        let token = signer.sign(&claims).unwrap();
        assert_eq!(signer.verify(token.reveal(), claims.token_use, claims.issued_at), Ok(claims));
    }
}

async fn equal_claims_give_equal_tokens_and_others_do_not(of: Signers) {
    let claims = claims(TokenUse::Refresh);
    let token = of("secret").sign(&claims).unwrap();
    assert_eq!(of("secret").sign(&claims).unwrap(), token);
    let other = Claims { id: TokenId(Uuid::from_u128(4)), ..claims };
    assert_ne!(of("secret").sign(&other).unwrap(), token);
}

async fn a_token_of_one_use_is_not_taken_for_another(of: Signers) {
    let signer = of("secret");
    for one in USES {
        let token = signer.sign(&claims(one)).unwrap();
        for other in USES.into_iter().filter(|other| *other != one) {
            let refused = signer.verify(token.reveal(), other, claims(one).issued_at);
            assert_eq!(refused, Err(TokenError::Invalid), "{one:?} as {other:?}");
        }
    }
}

async fn a_token_is_expired_from_its_end_on(of: Signers) {
    let (signer, claims) = (of("secret"), claims(TokenUse::Access));
    let token = signer.sign(&claims).unwrap();
    let verify = |now| signer.verify(token.reveal(), TokenUse::Access, now);
    assert!(verify(claims.expires_at - Duration::microseconds(1)).is_ok());
    for late in [Duration::ZERO, Duration::days(400)] {
        assert_eq!(verify(claims.expires_at + late), Err(TokenError::Expired));
    }
}

async fn a_token_is_not_refused_for_its_beginning(of: Signers) {
    let (signer, claims) = (of("secret"), claims(TokenUse::Access));
    let token = signer.sign(&claims).unwrap();
    let early = claims.issued_at - Duration::days(400);
    assert!(signer.verify(token.reveal(), TokenUse::Access, early).is_ok());
}

async fn a_token_of_another_secret_is_invalid(of: Signers) {
    for token_use in USES {
        let claims = claims(token_use);
        let token = of("another").sign(&claims).unwrap();
        let late = claims.expires_at + Duration::days(1);
        for now in [claims.issued_at, late] {
            let refused = of("secret").verify(token.reveal(), token_use, now);
            assert_eq!(refused, Err(TokenError::Invalid), "{token_use:?}");
        }
    }
}

async fn a_token_that_was_changed_is_invalid(of: Signers) {
    let (signer, claims) = (of("secret"), claims(TokenUse::Access));
    let token = signer.sign(&claims).unwrap().reveal().to_owned();
    for at in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        let changed = String::from_utf8(changed).unwrap();
        let refused = signer.verify(&changed, TokenUse::Access, claims.issued_at);
        assert_eq!(refused, Err(TokenError::Invalid), "{at}");
    }
}

async fn what_is_no_token_is_invalid(of: Signers) {
    let long = "a.".repeat(8 * 1024);
    for text in ["", ".", "..", "a.b.c", "a.b.c.d", &long] {
        let refused = of("secret").verify(text, TokenUse::Access, claims(TokenUse::Access).issued_at);
        assert_eq!(refused, Err(TokenError::Invalid), "{text}");
    }
}

async fn a_token_is_signed_again_by_its_digest_alone(of: Signers) {
    let (signer, claims) = (of("secret"), claims(TokenUse::Refresh));
    let token = signer.sign(&claims).unwrap();
    let again = signer.sign_again(&claims, &token.digest()).unwrap();
    assert_eq!(again, Some(token));
    assert_eq!(signer.sign_again(&claims, &SecretDigest::of("another")).unwrap(), None);
}
