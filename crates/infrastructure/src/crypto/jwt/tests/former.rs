//! Audiences, and what former releases signed.

use super::*;

/// A signer that reads what a former release wrote.
const NAMED: JwtSettings<'_> = JwtSettings { audience: Some("vestibule-api"), ..SETTINGS };
const TOLERANT: JwtSettings<'_> = JwtSettings { former_audience: Some("vestibule-api"), ..SETTINGS };

/// A token of a former release.
fn former() -> String {
    forged(HEADER, &former_payload(), Algorithm::HS256)
}

fn verify(settings: JwtSettings<'_>, token: &str, now: OffsetDateTime) -> Result<Claims, TokenError> {
    JwtSigner::new(settings).verify(token, TokenUse::Access, now)
}

#[test]
fn an_audience_is_written_where_one_is_set_and_required_then() {
    let token = JwtSigner::new(NAMED).sign(&claims()).unwrap();
    let payload = PAYLOAD.replace(r#""vestibule","#, r#""vestibule","aud":"vestibule-api","#);
    assert_eq!(token.reveal().split('.').nth(1), Some(encoded(payload).as_str()));
    assert_eq!(verify(NAMED, token.reveal(), NOW), Ok(claims()));
    assert_eq!(verify(NAMED, &signed(&claims()), NOW), Err(TokenError::Foreign));
    let other = JwtSettings { audience: Some("vestibule"), ..SETTINGS };
    assert_eq!(verify(other, token.reveal(), NOW), Err(TokenError::Foreign));
    assert_eq!(verify(SETTINGS, token.reveal(), NOW), Err(TokenError::Foreign));
}

#[test]
fn a_former_audience_is_accepted_beside_what_is_written_and_not_written() {
    let named = JwtSigner::new(NAMED).sign(&claims()).unwrap();
    let renamed = JwtSettings { audience: Some("books"), ..TOLERANT };
    for settings in [TOLERANT, renamed] {
        assert_eq!(verify(settings, named.reveal(), NOW), Ok(claims()));
        let own = JwtSigner::new(settings).sign(&claims()).unwrap();
        assert_eq!(verify(settings, own.reveal(), NOW), Ok(claims()));
        assert_ne!(own, named);
    }
    // Without an audience there is only what the setting says.
    assert_eq!(verify(renamed, &signed(&claims()), NOW), Err(TokenError::Foreign));
    let books = JwtSigner::new(renamed).sign(&claims()).unwrap();
    assert_eq!(verify(TOLERANT, books.reveal(), NOW), Err(TokenError::Foreign));
}

#[test]
fn a_token_of_a_former_release_is_read_with_leeway_until_its_end() {
    let end = claims().expires_at;
    let cases = [
        (NOW - Duration::seconds(61), Err(TokenError::Foreign)),
        (NOW - Duration::seconds(60), Ok(claims())),
        (NOW, Ok(claims())),
        (end - Duration::MICROSECOND, Ok(claims())),
        (end, Err(TokenError::Expired)),
    ];
    for (now, expected) in cases {
        for settings in [NAMED, TOLERANT] {
            assert_eq!(verify(settings, &former(), now), expected, "{now}");
        }
    }
    assert_eq!(verify(SETTINGS, &former(), NOW), Err(TokenError::Foreign));
}

#[test]
fn a_token_of_a_former_release_is_signed_again_to_the_byte() {
    let former = SecretToken::new(former());
    for settings in [NAMED, TOLERANT] {
        let signer = JwtSigner::new(settings);
        assert_eq!(signer.sign_again(&claims(), &former.digest()).unwrap(), Some(former.clone()));
        let own = signer.sign(&claims()).unwrap();
        assert_eq!(signer.sign_again(&claims(), &own.digest()).unwrap(), Some(own));
    }
    // What would not be accepted is not given out.
    assert_eq!(JwtSigner::new(SETTINGS).sign_again(&claims(), &former.digest()).unwrap(), None);
    let other = Claims { account: AccountId(43), ..claims() };
    assert_eq!(JwtSigner::new(NAMED).sign_again(&other, &former.digest()).unwrap(), None);
}
