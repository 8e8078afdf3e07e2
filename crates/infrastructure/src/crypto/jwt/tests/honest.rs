use super::*;

#[test]
fn a_token_is_what_another_implementation_makes_of_the_same_claims() {
    // Signatures by Python's hmac module.
    let cases = [
        (JwtAlgorithm::Hs256, "eFZD4f8akaSQ-v4eWX2ghfk7dzI4EQUHr55fYnX2lkc"),
        (JwtAlgorithm::Hs384, "gvZ0m91pnWnBPXdD4Ja6TuhNVdw3k303YMAal1ouen_HujwFJLzcWSdjmCpmiAoY"),
        (
            JwtAlgorithm::Hs512,
            "2ElfMlo_cABtVkJJgp4UpGAVGjwyz_jgg7yIhCcXnJuydr2PYGnqXkLi85vrjOMSUvEGHvwF0TKkgDwxFrA7gg",
        ),
    ];
    for (algorithm, signature) in cases {
        let signer = JwtSigner::new(JwtSettings { algorithm, ..SETTINGS });
        let token = signer.sign(&claims()).unwrap();
        let header = HEADER.replace("HS256", algorithm.name());
        assert_eq!(token.reveal(), format!("{}.{}.{signature}", encoded(header), encoded(PAYLOAD)));
        assert_eq!(signer.verify(token.reveal(), TokenUse::Access, NOW), Ok(claims()));
    }
}

#[test]
fn a_token_without_a_role_says_nothing_of_one() {
    let refresh = Claims { token_use: TokenUse::Refresh, role: None, ..claims() };
    let token = signed(&refresh);
    let payload = PAYLOAD.replace(r#""use":"access","role":"moderator""#, r#""use":"refresh""#);
    assert_eq!(token.split('.').nth(1), Some(encoded(payload).as_str()));
    let signer = JwtSigner::new(SETTINGS);
    assert_eq!(signer.verify(&token, TokenUse::Refresh, NOW), Ok(refresh));
}

#[test]
fn a_token_is_good_until_just_before_its_end_and_never_too_early() {
    let signer = JwtSigner::new(SETTINGS);
    let token = signed(&claims());
    let end = claims().expires_at;
    let cases = [
        (NOW - Duration::days(3_650), Ok(claims())),
        (NOW - Duration::MICROSECOND, Ok(claims())),
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
fn a_token_names_an_address_where_it_is_told_to() {
    let email = EmailAddress::parse("zoë@example.com").unwrap();
    let claims = Claims { subject: Subject::Address(email), ..claims() };
    let token = signed(&claims);
    let payload = PAYLOAD.replace("00000000-0000-0000-0000-00000000000a", "zoë@example.com");
    assert_eq!(token.split('.').nth(1), Some(encoded(payload).as_str()));
    assert_eq!(verified(&token), Ok(claims));
}

#[test]
fn a_token_says_the_id_and_the_use_twice_where_it_is_told_to() {
    let subject = Subject::Identity(AccountUuid(Uuid::from_u128(10)));
    let claims = Claims { subject, ..claims() };
    let token = signed(&claims);
    let more = r#""user_id":42,"identity":"00000000-0000-0000-0000-00000000000a","type":"access"}"#;
    let payload = PAYLOAD.replace(r#""user_id":42}"#, more);
    assert_eq!(token.split('.').nth(1), Some(encoded(payload).as_str()));
    assert!(token.len() < 512, "the published column holds 512 characters");
    assert_eq!(verified(&token), Ok(claims));
}

/// Admin contract 4.
#[test]
fn a_token_says_the_opaque_id_in_user_id_where_it_is_told_to() {
    let subject = Subject::UserId(AccountUuid(Uuid::from_u128(10)));
    for (token_use, typ) in [(TokenUse::Access, "access_token"), (TokenUse::Refresh, "refresh_token")] {
        let claims = Claims { token_use, subject: subject.clone(), ..claims() };
        let signer = JwtSigner::new(SETTINGS);
        let token = signer.sign(&claims).unwrap();
        let more =
            format!(r#""user_id":"00000000-0000-0000-0000-00000000000a","account":42,"typ":"{typ}"}}"#);
        let said = if token_use == TokenUse::Access { "access" } else { "refresh" };
        let payload = PAYLOAD
            .replace(r#""user_id":42}"#, &more)
            .replace(r#""use":"access""#, &format!(r#""use":"{said}""#));
        assert_eq!(token.reveal().split('.').nth(1), Some(encoded(payload).as_str()));
        assert_eq!(signer.verify(token.reveal(), token_use, NOW), Ok(claims));
    }
}

proptest! {
    #[test]
    fn claims_survive_the_journey(
        account in any::<i64>(),
        ids in any::<[u128; 3]>(),
        role in proptest::option::of(proptest::sample::select(&Role::ALL[..])),
        token_use in proptest::sample::select(&[TokenUse::Access, TokenUse::Refresh, TokenUse::Email, TokenUse::Recovery][..]),
        life in 1..100_000_000_i64,
    ) {
        let claims = Claims {
            token_use,
            subject: Subject::Uuid(AccountUuid(Uuid::from_u128(ids[0]))),
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
