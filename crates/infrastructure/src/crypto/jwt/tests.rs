use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use proptest::prelude::*;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, Role};
use vestibule_domain::ports::{TokenError, TokenSigner as _};
use vestibule_domain::sessions::{Claims, SessionId, TokenId, TokenUse};

use super::*;

const ACCESS_SECRET: &str = "clé d'accès";
const SETTINGS: JwtSettings<'_> = JwtSettings {
    algorithm: JwtAlgorithm::Hs256,
    access_secret: ACCESS_SECRET,
    refresh_secret: "clé de renouvellement",
    issuer: "vestibule",
    audience: "vestibule-api",
};
const NOW: OffsetDateTime = datetime!(2026-11-20 12:12:01 UTC);
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const PAYLOAD: &str = r#"{"iss":"vestibule","aud":"vestibule-api","sub":"00000000-0000-0000-0000-00000000000a","sid":"00000000-0000-0000-0000-00000000000b","jti":"00000000-0000-0000-0000-00000000000c","iat":1795176721,"nbf":1795176721,"exp":1795177621,"use":"access","role":"moderator","user_id":42}"#;

fn claims() -> Claims {
    Claims {
        token_use: TokenUse::Access,
        subject: AccountUuid(Uuid::from_u128(10)),
        account: AccountId(42),
        session: SessionId(Uuid::from_u128(11)),
        id: TokenId(Uuid::from_u128(12)),
        role: Some(Role::Moderator),
        issued_at: NOW,
        expires_at: NOW + Duration::minutes(15),
    }
}

fn signed(claims: &Claims) -> String {
    JwtSigner::new(SETTINGS).sign(claims).unwrap().reveal().to_owned()
}

fn verified(token: &str) -> Result<Claims, TokenError> {
    JwtSigner::new(SETTINGS).verify(token, TokenUse::Access, NOW)
}

fn encoded(text: impl AsRef<[u8]>) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

/// A token with the access secret's own signature.
fn forged(header: &str, payload: &str, algorithm: Algorithm) -> String {
    let message = format!("{}.{}", encoded(header), encoded(payload));
    let key = EncodingKey::from_secret(ACCESS_SECRET.as_bytes());
    format!(
        "{message}.{}",
        crypto::sign(message.as_bytes(), &key, algorithm).unwrap()
    )
}

#[test]
fn a_token_is_what_another_implementation_makes_of_the_same_claims() {
    // Signatures by Python's hmac module.
    let cases = [
        (JwtAlgorithm::Hs256, "JFfWiMZL1LhnOBKeDIEO8Uwb0slgTurOC9U3LQM6j8o"),
        (
            JwtAlgorithm::Hs384,
            "_B0MJAqHUMKegPeLEQFfUG5GKLZJnkURxKIzHhO68TpUZbfumYaZMI_qG0UjuwxL",
        ),
        (
            JwtAlgorithm::Hs512,
            "WwbYo05YjOhV6dp3tv9zh8OAZLBs4eTszqaQaBWSrpbRy4xH7pwfSsDjwrKyBRBEzYZX4n7ZYu9T9D5Scz4JZg",
        ),
    ];
    for (algorithm, signature) in cases {
        let signer = JwtSigner::new(JwtSettings {
            algorithm,
            ..SETTINGS
        });
        let token = signer.sign(&claims()).unwrap();
        let header = HEADER.replace("HS256", algorithm.name());
        assert_eq!(
            token.reveal(),
            format!("{}.{}.{signature}", encoded(header), encoded(PAYLOAD))
        );
        assert_eq!(signer.verify(token.reveal(), TokenUse::Access, NOW), Ok(claims()));
    }
}

#[test]
fn a_token_without_a_role_says_nothing_of_one() {
    let refresh = Claims {
        token_use: TokenUse::Refresh,
        role: None,
        ..claims()
    };
    let token = signed(&refresh);
    let payload = PAYLOAD.replace(r#""use":"access","role":"moderator""#, r#""use":"refresh""#);
    assert_eq!(token.split('.').nth(1), Some(encoded(payload).as_str()));
    let signer = JwtSigner::new(SETTINGS);
    assert_eq!(signer.verify(&token, TokenUse::Refresh, NOW), Ok(refresh));
}

#[test]
fn a_token_of_one_use_is_not_one_of_the_other() {
    let token = signed(&Claims {
        token_use: TokenUse::Refresh,
        ..claims()
    });
    assert_eq!(verified(&token), Err(TokenError::Invalid));
    // Nor with one secret for both.
    let careless = JwtSigner::new(JwtSettings {
        refresh_secret: ACCESS_SECRET,
        ..SETTINGS
    });
    let token = careless
        .sign(&Claims {
            token_use: TokenUse::Refresh,
            ..claims()
        })
        .unwrap();
    assert_eq!(
        careless.verify(token.reveal(), TokenUse::Access, NOW),
        Err(TokenError::Invalid)
    );
}

#[test]
fn a_token_is_good_from_its_issue_until_just_before_its_end() {
    let signer = JwtSigner::new(SETTINGS);
    let token = signed(&claims());
    let end = claims().expires_at;
    let cases = [
        (NOW - Duration::MICROSECOND, Err(TokenError::Invalid)),
        (NOW, Ok(claims())),
        (end - Duration::MICROSECOND, Ok(claims())),
        (end, Err(TokenError::Expired)),
        (end + Duration::days(3_650), Err(TokenError::Expired)),
    ];
    for (now, expected) in cases {
        assert_eq!(signer.verify(&token, TokenUse::Access, now), expected, "{now}");
    }
}

#[test]
fn the_end_of_a_token_is_told_only_to_those_who_have_one_of_ours() {
    let signer = JwtSigner::new(SETTINGS);
    let later = NOW + Duration::days(1);
    let mut token = signed(&claims());
    let other_use = Claims {
        token_use: TokenUse::Refresh,
        ..claims()
    };
    assert_eq!(
        signer.verify(&signed(&other_use), TokenUse::Access, later),
        Err(TokenError::Invalid)
    );
    let last = token.pop().unwrap();
    token.push(if last == 'A' { 'B' } else { 'A' });
    assert_eq!(
        signer.verify(&token, TokenUse::Access, later),
        Err(TokenError::Invalid)
    );
}

#[test]
fn another_issuer_audience_or_algorithm_is_not_accepted() {
    let others = [
        JwtSettings {
            issuer: "vestibul",
            ..SETTINGS
        },
        JwtSettings {
            audience: "vestibule-api2",
            ..SETTINGS
        },
        JwtSettings {
            algorithm: JwtAlgorithm::Hs384,
            ..SETTINGS
        },
        JwtSettings {
            algorithm: JwtAlgorithm::Hs512,
            ..SETTINGS
        },
        JwtSettings {
            access_secret: "",
            ..SETTINGS
        },
    ];
    for other in others {
        let token = JwtSigner::new(other).sign(&claims()).unwrap();
        assert_eq!(verified(token.reveal()), Err(TokenError::Invalid));
    }
}

#[test]
fn a_header_other_than_ours_is_not_accepted_even_under_our_signature() {
    assert!(verified(&forged(HEADER, PAYLOAD, Algorithm::HS256)).is_ok());
    let headers = [
        r#"{"alg":"none","typ":"JWT"}"#,
        r#"{"alg":"None","typ":"JWT"}"#,
        r#"{"typ":"JWT"}"#,
        r#"{"alg":"HS512","typ":"JWT"}"#,
        r#"{"alg":"RS256","typ":"JWT"}"#,
        r#"{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}"#,
        r#"{"alg":"HS256","typ":"JWT","jku":"https://evil.example/keys"}"#,
        r#"{"alg":"HS256","typ":"JWT","jwk":{"kty":"oct","k":"AA"}}"#,
        r#"{"alg":"HS256","typ":"JWT","x5u":"https://evil.example/cert"}"#,
        r#"{"alg":"HS256","typ":"JWT","crit":["b64"],"b64":false}"#,
        r#"{"alg":"HS256","alg":"none","typ":"JWT"}"#,
        "",
        "{}",
        "null",
    ];
    for header in headers {
        for algorithm in [Algorithm::HS256, Algorithm::HS512] {
            let token = forged(header, PAYLOAD, algorithm);
            assert_eq!(verified(&token), Err(TokenError::Invalid), "{header}");
        }
        let unsigned = format!("{}.{}.", encoded(header), encoded(PAYLOAD));
        assert_eq!(verified(&unsigned), Err(TokenError::Invalid), "{header}");
    }
}

#[test]
fn every_claim_is_required_and_none_may_be_odd() {
    let payloads = [
        PAYLOAD.replace(r#""exp":1795177621,"#, ""),
        PAYLOAD.replace(r#""nbf":1795176721,"#, ""),
        PAYLOAD.replace(r#""iat":1795176721,"#, ""),
        PAYLOAD.replace(r#""iss":"vestibule","#, ""),
        PAYLOAD.replace(r#""aud":"vestibule-api","#, ""),
        PAYLOAD.replace(r#""use":"access","#, ""),
        PAYLOAD.replace(r#","user_id":42"#, ""),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":"1795177621""#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":1795177621.5"#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":9223372036854775807"#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":1e99"#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":1795177621,"exp":1895177621"#),
        PAYLOAD.replace(r#""iat":1795176721"#, r#""iat":-9223372036854775808"#),
        PAYLOAD.replace(r#""aud":"vestibule-api""#, r#""aud":["vestibule-api"]"#),
        PAYLOAD.replace("moderator", "root"),
        PAYLOAD.replace(r#""use":"access""#, r#""use":"reset""#),
        PAYLOAD.replace("42", "9223372036854775808"),
        PAYLOAD.replace("00000000000a", "00000000000g"),
        "{}".to_owned(),
        "[]".to_owned(),
        String::new(),
        "[".repeat(3_000),
    ];
    for payload in payloads {
        let token = forged(HEADER, &payload, Algorithm::HS256);
        assert_eq!(verified(&token), Err(TokenError::Invalid), "{payload}");
    }
}

#[test]
fn a_token_of_over_8_kib_is_not_accepted_whatever_its_signature() {
    let padded = |blanks: usize| {
        let payload = PAYLOAD.replacen('{', &format!("{{{}", " ".repeat(blanks)), 1);
        forged(HEADER, &payload, Algorithm::HS256)
    };
    assert!(padded(5_700).len() < 8_192 && verified(&padded(5_700)).is_ok());
    assert!(padded(5_900).len() > 8_192);
    assert_eq!(verified(&padded(5_900)), Err(TokenError::Invalid));
}

#[test]
fn parts_cut_off_added_or_swapped_make_no_token() {
    let token = signed(&claims());
    let parts: Vec<_> = token.split('.').collect();
    let (header, payload, signature) = (parts[0], parts[1], parts[2]);
    let broken = [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        header.to_owned(),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        format!("{token}."),
        format!("{token}.{signature}"),
        format!(".{token}"),
        format!("{header}.{header}.{payload}.{signature}"),
        format!("{payload}.{header}.{signature}"),
        format!("{token}="),
        format!("{token}\n"),
        format!(" {token}"),
        format!("Bearer {token}"),
    ];
    for text in broken {
        assert_eq!(verified(&text), Err(TokenError::Invalid), "{text:?}");
    }
}

#[test]
fn one_character_changed_anywhere_makes_no_token() {
    let token = signed(&claims());
    for at in 0..token.len() {
        for replacement in ['A', 'B', 'Q', '-', '_', '.', '=', '+', ' '] {
            let mut changed = token.clone();
            changed.replace_range(at..=at, &replacement.to_string());
            if changed != token {
                assert_eq!(verified(&changed), Err(TokenError::Invalid), "{changed}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_text_is_a_token_or_a_reason_to_panic(text in r"\PC{0,40}(\.\PC{0,40}){0,4}") {
        prop_assert_eq!(verified(&text), Err(TokenError::Invalid));
    }

    #[test]
    fn no_bytes_under_our_signature_are_a_reason_to_panic(payload in any::<String>()) {
        prop_assert_eq!(verified(&forged(HEADER, &payload, Algorithm::HS256)), Err(TokenError::Invalid));
    }

    #[test]
    fn claims_survive_the_journey(
        account in any::<i64>(),
        ids in any::<[u128; 3]>(),
        role in proptest::option::of(proptest::sample::select(&Role::ALL[..])),
        token_use in proptest::sample::select(&[TokenUse::Access, TokenUse::Refresh][..]),
        life in 1..100_000_000_i64,
    ) {
        let claims = Claims {
            token_use,
            subject: AccountUuid(Uuid::from_u128(ids[0])),
            account: AccountId(account),
            session: SessionId(Uuid::from_u128(ids[1])),
            id: TokenId(Uuid::from_u128(ids[2])),
            role,
            issued_at: NOW,
            expires_at: NOW + Duration::seconds(life),
        };
        let signer = JwtSigner::new(SETTINGS);
        let token = signer.sign(&claims).unwrap();
        prop_assert!(token.reveal().len() < 512, "the published column holds 512 characters");
        prop_assert_eq!(signer.verify(token.reveal(), token_use, NOW), Ok(claims.clone()));
        prop_assert_eq!(signer.sign(&claims).unwrap(), token);
    }
}
