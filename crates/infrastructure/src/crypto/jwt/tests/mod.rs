use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use proptest::prelude::*;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, EmailAddress, Role};
use vestibule_domain::ports::{TokenError, TokenSigner as _};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Claims, SessionId, Subject, TokenId, TokenUse};

use super::*;

mod former;
mod honest;
mod hostile;

const ACCESS_SECRET: &str = "clé d'accès";
const SETTINGS: JwtSettings<'_> = JwtSettings {
    algorithm: JwtAlgorithm::Hs256,
    access_secret: ACCESS_SECRET,
    refresh_secret: "clé de renouvellement",
    issuer: "vestibule",
    former_access_secret: None,
    former_refresh_secret: None,
    audience: None,
    former_audience: None,
    leeway: LEEWAY,
};
/// How far clocks may be apart.
const LEEWAY: std::time::Duration = std::time::Duration::from_mins(1);
const NOW: OffsetDateTime = datetime!(2026-11-20 12:12:01 UTC);
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const PAYLOAD: &str = r#"{"iss":"vestibule","sub":"00000000-0000-0000-0000-00000000000a","sid":"00000000-0000-0000-0000-00000000000b","jti":"00000000-0000-0000-0000-00000000000c","iat":1795176721,"exp":1795177621,"use":"access","role":"moderator","user_id":42}"#;

/// What former releases signed in place of [`PAYLOAD`].
fn former_payload() -> String {
    PAYLOAD
        .replace(r#""vestibule","#, r#""vestibule","aud":"vestibule-api","#)
        .replace(r#""exp""#, r#""nbf":1795176721,"exp""#)
}

fn claims() -> Claims {
    Claims {
        token_use: TokenUse::Access,
        subject: Subject::Uuid(AccountUuid(Uuid::from_u128(10))),
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
    format!("{message}.{}", crypto::sign(message.as_bytes(), &key, algorithm).unwrap())
}
