use super::*;

#[test]
fn a_token_is_what_another_implementation_makes_of_the_same_claims() {
    // Signatures by Python's hmac module.
    let cases = [
        (JwtAlgorithm::Hs256, "JFfWiMZL1LhnOBKeDIEO8Uwb0slgTurOC9U3LQM6j8o"),
        (JwtAlgorithm::Hs384, "_B0MJAqHUMKegPeLEQFfUG5GKLZJnkURxKIzHhO68TpUZbfumYaZMI_qG0UjuwxL"),
        (
            JwtAlgorithm::Hs512,
            "WwbYo05YjOhV6dp3tv9zh8OAZLBs4eTszqaQaBWSrpbRy4xH7pwfSsDjwrKyBRBEzYZX4n7ZYu9T9D5Scz4JZg",
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
fn a_token_is_good_from_its_issue_until_just_before_its_end() {
    let signer = JwtSigner::new(SETTINGS);
    let token = signed(&claims());
    let end = claims().expires_at;
    let cases = [
        (NOW - Duration::MICROSECOND, Err(TokenError::Foreign)),
        (NOW, Ok(claims())),
        (end - Duration::MICROSECOND, Ok(claims())),
        (end, Err(TokenError::Expired)),
        (end + Duration::days(3_650), Err(TokenError::Expired)),
    ];
    for (now, expected) in cases {
        assert_eq!(signer.verify(&token, TokenUse::Access, now), expected, "{now}");
    }
}

proptest! {
    #[test]
    fn claims_survive_the_journey(
        account in any::<i64>(),
        ids in any::<[u128; 3]>(),
        role in proptest::option::of(proptest::sample::select(&Role::ALL[..])),
        token_use in proptest::sample::select(&[TokenUse::Access, TokenUse::Refresh, TokenUse::Email][..]),
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
