//! The signer.

use std::iter;
use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto};
use time::OffsetDateTime;
use vestibule_domain::ports::{SignError, TokenError, TokenSigner};
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::sessions::{Claims, TokenUse};

use serde::Deserialize;

use super::JwtAlgorithm;
use super::verified::Verified;
use super::wire::{Form, Wire};

/// The longest token that is parsed, in bytes. Our own are far shorter.
const MAX_TOKEN: usize = 8 * 1024;

/// How tokens are signed. There is no `Debug`, because this holds the secrets.
#[derive(Clone, Copy)]
pub struct JwtSettings<'a> {
    /// The one algorithm that signs and is accepted.
    pub algorithm: JwtAlgorithm,
    /// The secret of access tokens. Its UTF-8 bytes are the key, so that other services can share it.
    pub access_secret: &'a str,
    /// The secret of refresh tokens. Its UTF-8 bytes are the key.
    pub refresh_secret: &'a str,
    /// Another secret of access tokens, which is accepted and signs none.
    pub former_access_secret: Option<&'a str>,
    /// Another secret of refresh tokens: likewise.
    pub former_refresh_secret: Option<&'a str>,
    /// `iss`.
    pub issuer: &'a str,
    /// The claim `aud`, which is written and required. With `None` it is not written, and a token that carries one is
    /// refused.
    pub audience: Option<&'a str>,
    /// An audience that is no longer written, and that a token may still carry.
    pub former_audience: Option<&'a str>,
    /// How far ahead an `nbf` may be; whole seconds. It never prolongs a token that has expired.
    pub leeway: Duration,
}

/// Signs and verifies tokens with a key for each use; those of e-mail and recovery tokens are derived from the
/// refresh secret.
///
/// Nothing of a payload is read before its signature was found valid. To be accepted, a token needs our header, byte
/// for byte. Of any other header only the algorithm is read, and it has to be ours. So a token can neither choose an
/// algorithm nor name or bring a key (RFC 8725 §2.1, §3.1).
pub struct JwtSigner {
    algorithm: Algorithm,
    name: &'static str,
    /// The encoded header with the full stop behind it.
    header: String,
    access: Keys,
    refresh: Keys,
    email: Keys,
    recovery: Keys,
    issuer: String,
    audience: Option<String>,
    former_audience: Option<String>,
    leeway: i64,
    verified: Verified,
}

/// The keys of a use.
struct Keys {
    current: Key,
    /// A key that is accepted as well.
    former: Option<Key>,
}

struct Key {
    sign: EncodingKey,
    verify: DecodingKey,
}

impl Keys {
    /// Those that `key` makes of the secrets.
    fn new(current: &str, former: Option<&str>, key: impl Fn(&str) -> Key) -> Self {
        Self { current: key(current), former: former.map(key) }
    }

    /// The current one first.
    fn all(&self) -> impl Iterator<Item = &Key> {
        iter::once(&self.current).chain(&self.former)
    }
}

impl Key {
    fn new(secret: &[u8]) -> Self {
        Self { sign: EncodingKey::from_secret(secret), verify: DecodingKey::from_secret(secret) }
    }

    /// That of the UTF-8 bytes of a secret.
    fn of(secret: &str) -> Self {
        Self::new(secret.as_bytes())
    }

    /// That of one more use of a secret: HMAC-SHA256 of a label.
    fn derived(secret: &str, label: &[u8]) -> Self {
        Self::new(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), label).as_ref())
    }
}

impl JwtSigner {
    /// The settings check that the secrets are long, random and different.
    pub fn new(settings: JwtSettings<'_>) -> Self {
        // The header is written out because the library would put `typ` first. This is the published form (theater
        // contract 3).
        let refresh = |key: &dyn Fn(&str) -> Key| {
            Keys::new(settings.refresh_secret, settings.former_refresh_secret, key)
        };
        let header = format!(r#"{{"alg":"{}","typ":"JWT"}}"#, settings.algorithm.name());
        Self {
            algorithm: settings.algorithm.into(),
            name: settings.algorithm.name(),
            header: format!("{}.", URL_SAFE_NO_PAD.encode(header)),
            access: Keys::new(settings.access_secret, settings.former_access_secret, Key::of),
            refresh: refresh(&Key::of),
            email: refresh(&|secret| Key::derived(secret, b"vestibule email tokens v1")),
            recovery: refresh(&|secret| Key::derived(secret, b"vestibule recovery tokens v1")),
            issuer: settings.issuer.to_owned(),
            audience: settings.audience.map(str::to_owned),
            former_audience: settings.former_audience.map(str::to_owned),
            leeway: i64::try_from(settings.leeway.as_secs()).unwrap_or(i64::MAX),
            verified: Verified::new(),
        }
    }

    fn keys(&self, token_use: TokenUse) -> &Keys {
        match token_use {
            TokenUse::Access => &self.access,
            TokenUse::Refresh => &self.refresh,
            TokenUse::Email => &self.email,
            TokenUse::Recovery => &self.recovery,
        }
    }

    /// The payload of a token that is signed for this use, and whether its header is ours.
    fn open(&self, token: &str, token_use: TokenUse) -> Option<(Vec<u8>, bool)> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        // A fourth part would end up in the payload, which is not base64 then.
        let (payload, is_ours) = match signed.strip_prefix(&self.header) {
            Some(payload) => (payload, true),
            None => (self.behind_foreign_header(signed)?, false),
        };
        let is_signed = self.keys(token_use).all().any(|key| {
            crypto::verify(signature, signed.as_bytes(), &key.verify, self.algorithm).unwrap_or_default()
        });
        if is_signed { Some((URL_SAFE_NO_PAD.decode(payload).ok()?, is_ours)) } else { None }
    }

    /// The payload behind a header that another service wrote with our algorithm. Nothing else of the header is read.
    fn behind_foreign_header<'t>(&self, signed: &'t str) -> Option<&'t str> {
        let (header, payload) = signed.split_once('.')?;
        let header: ForeignHeader = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        (header.alg == self.name).then_some(payload)
    }

    /// The claims of a payload that this signer wrote for this use.
    fn read(&self, payload: &[u8], token_use: TokenUse, now: i64) -> Option<Read> {
        let wire: Wire<'_> = serde_json::from_slice(payload).ok()?;
        let is_early = wire.nbf.is_some_and(|nbf| now.saturating_add(self.leeway) < nbf);
        if wire.iss != self.issuer || !self.expects(wire.aud.as_deref()) || is_early {
            return None;
        }
        Some(Read {
            claims: wire.claims(token_use)?,
            has_expired: now >= wire.exp,
            has_nbf: wire.nbf.is_some(),
        })
    }
}

/// What a payload says.
struct Read {
    claims: Claims,
    has_expired: bool,
    has_nbf: bool,
}

impl JwtSigner {
    /// Whether a token may have this audience.
    fn expects(&self, audience: Option<&str>) -> bool {
        let is_former = audience.is_some() && audience == self.former_audience.as_deref();
        is_former || audience == self.audience.as_deref()
    }

    fn sign_with(&self, key: &Key, form: Form<'_>, claims: &Claims) -> Result<SecretToken, SignError> {
        let wire = Wire::new(claims, &self.issuer, form);
        let payload = serde_json::to_vec(&wire).map_err(|error| SignError(Box::new(error)))?;
        let mut token = self.header.clone();
        URL_SAFE_NO_PAD.encode_string(payload, &mut token);
        let signature = crypto::sign(token.as_bytes(), &key.sign, self.algorithm)
            .map_err(|error| SignError(Box::new(error)))?;
        token.push('.');
        token.push_str(&signature);
        Ok(SecretToken::new(token))
    }

    /// The forms in which tokens are accepted. The form that is written comes first.
    fn forms(&self) -> impl Iterator<Item = Form<'_>> {
        let audiences =
            [self.audience.as_deref(), self.former_audience.as_deref().or(self.audience.as_deref())];
        [false, true]
            .into_iter()
            .flat_map(move |has_nbf| audiences.map(|audience| Form { audience, has_nbf }))
    }
}

impl TokenSigner for JwtSigner {
    fn sign(&self, claims: &Claims) -> Result<SecretToken, SignError> {
        let form = Form { audience: self.audience.as_deref(), has_nbf: false };
        self.sign_with(&self.keys(claims.token_use).current, form, claims)
    }

    fn sign_again(&self, claims: &Claims, digest: &SecretDigest) -> Result<Option<SecretToken>, SignError> {
        for key in self.keys(claims.token_use).all() {
            for form in self.forms() {
                let token = self.sign_with(key, form, claims)?;
                if token.digest() == *digest {
                    return Ok(Some(token));
                }
            }
        }
        Ok(None)
    }

    fn verify(&self, token: &str, token_use: TokenUse, now: OffsetDateTime) -> Result<Claims, TokenError> {
        // Whole seconds round down, so that a token is expired exactly from `exp` on.
        let now = now.unix_timestamp();
        if token_use == TokenUse::Access
            && let Some(claims) = self.verified.get(token)
        {
            if now < claims.expires_at.unix_timestamp() {
                return Ok(claims);
            }
            self.verified.forget(token);
            return Err(TokenError::Expired);
        }
        let (payload, is_ours) = self.open(token, token_use).ok_or(TokenError::Invalid)?;
        let Some(read) = self.read(&payload, token_use, now).filter(|_| is_ours) else {
            return Err(not_ours(&payload, now));
        };
        if read.has_expired {
            return Err(TokenError::Expired);
        }
        // Whether one with `nbf` is too early has to be looked at each time.
        if token_use == TokenUse::Access && !read.has_nbf {
            self.verified.keep(token, &read.claims);
        }
        Ok(read.claims)
    }
}

/// The error for a payload that is signed with our key and not in a form of ours.
fn not_ours(payload: &[u8], now: i64) -> TokenError {
    match serde_json::from_slice::<ForeignClaims>(payload) {
        Ok(ForeignClaims { exp: Some(exp) }) if now >= exp => TokenError::Expired,
        Ok(_) => TokenError::Foreign,
        Err(_) => TokenError::Invalid,
    }
}

#[derive(Deserialize)]
struct ForeignHeader {
    alg: String,
}

#[derive(Deserialize)]
struct ForeignClaims {
    exp: Option<i64>,
}
