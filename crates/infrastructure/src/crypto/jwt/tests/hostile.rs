use super::*;

#[test]
fn a_token_of_one_use_is_never_one_of_another() {
    let signer = JwtSigner::new(SETTINGS);
    let uses = [TokenUse::Access, TokenUse::Refresh, TokenUse::Email, TokenUse::Recovery];
    for signed_for in uses {
        let token = signed(&Claims { token_use: signed_for, ..claims() });
        for token_use in uses {
            let verified = signer.verify(&token, token_use, NOW);
            assert_eq!(verified.is_ok(), token_use == signed_for, "{signed_for:?} as {token_use:?}");
        }
    }
}

#[test]
fn a_token_of_one_use_is_not_one_of_the_other() {
    let token = signed(&Claims { token_use: TokenUse::Refresh, ..claims() });
    assert_eq!(verified(&token), Err(TokenError::Invalid));
    // Nor with one secret for both.
    let careless = JwtSigner::new(JwtSettings { refresh_secret: ACCESS_SECRET, ..SETTINGS });
    let token = careless.sign(&Claims { token_use: TokenUse::Refresh, ..claims() }).unwrap();
    assert_eq!(careless.verify(token.reveal(), TokenUse::Access, NOW), Err(TokenError::Foreign));
}

#[test]
fn the_end_of_a_token_is_told_only_to_those_who_have_one_of_ours() {
    let signer = JwtSigner::new(SETTINGS);
    let later = NOW + Duration::days(1);
    let mut token = signed(&claims());
    let other_use = Claims { token_use: TokenUse::Refresh, ..claims() };
    assert_eq!(signer.verify(&signed(&other_use), TokenUse::Access, later), Err(TokenError::Invalid));
    let last = token.pop().unwrap();
    token.push(if last == 'A' { 'B' } else { 'A' });
    assert_eq!(signer.verify(&token, TokenUse::Access, later), Err(TokenError::Invalid));
}

#[test]
fn another_issuer_audience_or_algorithm_is_not_accepted() {
    let others = [
        JwtSettings { issuer: "vestibul", ..SETTINGS },
        JwtSettings { audience: Some("vestibule"), ..SETTINGS },
        JwtSettings { algorithm: JwtAlgorithm::Hs384, ..SETTINGS },
        JwtSettings { algorithm: JwtAlgorithm::Hs512, ..SETTINGS },
        JwtSettings { access_secret: "", ..SETTINGS },
    ];
    for other in others {
        let token = JwtSigner::new(other).sign(&claims()).unwrap();
        assert!(is_refused(&verified(token.reveal())));
    }
}

#[test]
fn a_token_that_names_two_accounts_is_not_accepted() {
    let other = "00000000-0000-0000-0000-0000000000ff";
    for rest in [
        format!(r#""user_id":42,"identity":"{other}","type":"access"}}"#),
        format!(r#""user_id":"{other}","account":42,"typ":"access_token"}}"#),
        format!(r#""user_id":"{}""#, Uuid::from_u128(10)) + "}",
        r#""user_id":42,"account":42}"#.to_owned(),
    ] {
        let payload = PAYLOAD.replace(r#""user_id":42}"#, &rest);
        assert!(is_refused(&verified(&forged(HEADER, &payload, Algorithm::HS256))), "{rest}");
    }
}

/// Who has the key may hear more than `Invalid`, and is not let in either.
fn is_refused(outcome: &Result<Claims, TokenError>) -> bool {
    matches!(outcome, Err(TokenError::Invalid | TokenError::Foreign))
}

#[test]
fn who_has_the_key_hears_whether_a_token_is_expired_or_foreign() {
    for header in [HEADER, r#"{"typ": "JWT", "alg": "HS256"}"#] {
        let verified = |payload: &str| verified(&forged(header, payload, Algorithm::HS256));
        assert_eq!(verified(r#"{"user_id":1,"exp":1}"#), Err(TokenError::Expired));
        assert_eq!(verified(r#"{"user_id":1,"exp":99999999999}"#), Err(TokenError::Foreign));
        assert_eq!(verified("{}"), Err(TokenError::Foreign));
        assert_eq!(verified("no claims"), Err(TokenError::Invalid));
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
            let is_well_signed =
                header.starts_with(r#"{"alg":"HS256","typ""#) && algorithm == Algorithm::HS256;
            let expected = if is_well_signed { TokenError::Foreign } else { TokenError::Invalid };
            assert_eq!(verified(&forged(header, PAYLOAD, algorithm)), Err(expected), "{header}");
        }
        let unsigned = format!("{}.{}.", encoded(header), encoded(PAYLOAD));
        assert_eq!(verified(&unsigned), Err(TokenError::Invalid), "{header}");
    }
}

#[test]
fn every_claim_is_required_and_none_may_be_odd() {
    let payloads = [
        PAYLOAD.replace(r#""exp":1795177621,"#, ""),
        PAYLOAD.replace(r#""iat":1795176721,"#, ""),
        PAYLOAD.replace(r#""iss":"vestibule","#, ""),
        PAYLOAD.replace(r#""iss":"vestibule","#, r#""iss":"vestibule","aud":"vestibule","#),
        PAYLOAD.replace(r#""iss":"vestibule","#, r#""iss":"vestibule","aud":"","#),
        PAYLOAD.replace(r#""iss":"vestibule","#, r#""iss":"vestibule","aud":[],"#),
        PAYLOAD.replace(r#""iat":1795176721,"#, r#""iat":1795176721.5,"#),
        PAYLOAD.replace(r#""exp":1795177621,"#, r#""nbf":1795176782,"exp":1795177621,"#),
        PAYLOAD.replace(r#""exp":1795177621,"#, r#""nbf":"1795176721","exp":1795177621,"#),
        PAYLOAD.replace(r#""use":"access","#, ""),
        PAYLOAD.replace(r#","user_id":42"#, ""),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":"1795177621""#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":1795177621.5"#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":9223372036854775807"#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":1e99"#),
        PAYLOAD.replace(r#""exp":1795177621"#, r#""exp":1795177621,"exp":1895177621"#),
        PAYLOAD.replace(r#""iat":1795176721"#, r#""iat":-9223372036854775808"#),
        PAYLOAD.replace("moderator", "root"),
        PAYLOAD.replace(r#""use":"access""#, r#""use":"reset""#),
        PAYLOAD.replace("42", "9223372036854775808"),
        PAYLOAD.replace("42", "42.0"),
        PAYLOAD.replace("42", r#""42""#),
        PAYLOAD.replace("42", "true"),
        PAYLOAD.replace("42", "null"),
        PAYLOAD.replace("42", "[42]"),
        PAYLOAD.replace("00000000000a", "00000000000g"),
        "{}".to_owned(),
        "[]".to_owned(),
        String::new(),
        "[".repeat(3_000),
    ];
    for payload in payloads {
        let outcome = verified(&forged(HEADER, &payload, Algorithm::HS256));
        assert!(is_refused(&outcome), "{payload}: {outcome:?}");
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
}

proptest! {
    /// A signer takes the signature of a token for granted that it verified before, and nothing else.
    #[test]
    fn a_token_is_judged_alike_whatever_was_verified_before(
        asked in prop::collection::vec((0_usize..5, 0_usize..4, 0_usize..6, prop::option::weighted(0.3, (any::<prop::sample::Index>(), 0_u8..128))), 1..30),
    ) {
        let uses = [TokenUse::Access, TokenUse::Refresh, TokenUse::Email, TokenUse::Recovery];
        let mut tokens = uses.map(|token_use| signed(&Claims { token_use, ..claims() })).to_vec();
        tokens.push(forged(HEADER, &PAYLOAD.replace(r#""exp""#, r#""nbf":1795176721,"exp""#), Algorithm::HS256));
        let end = claims().expires_at;
        // The clock also goes back, before what `nbf` allows.
        let times = [NOW - LEEWAY - Duration::SECOND, NOW - LEEWAY, NOW, end - Duration::SECOND, end, end + Duration::SECOND];
        let signer = JwtSigner::new(SETTINGS);
        for (token, token_use, time, change) in asked {
            let mut token = tokens[token].clone().into_bytes();
            if let Some((place, byte)) = change {
                *place.get_mut(&mut token) = byte;
            }
            let token = String::from_utf8(token).unwrap();
            let judged = signer.verify(&token, uses[token_use], times[time]);
            prop_assert_eq!(judged, JwtSigner::new(SETTINGS).verify(&token, uses[token_use], times[time]));
        }
    }
}
