//! `[tokens]`: how tokens are signed.

use std::fmt::Write as _;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::choice::choice;
use crate::development_secrets::DevelopmentSecrets;
use crate::expect::{choice, duration_within, parsed, text};
use crate::reader::{Reader, Section};
use crate::secret::Secret;
use crate::sheet::Sheet;

/// Shortest secret, in bytes: as long as the digest of HS256.
pub(crate) const SHORTEST: usize = 32;

/// Longest leeway. Leases of messages outlast the sending by more than this, so that a machine whose clock is ahead
/// does not take over a message that is being sent.
pub(crate) const MOST_LEEWAY: Duration = Duration::from_mins(2);

/// SHA-256 of sample secrets that everybody can read in the repositories they were published in.
const PUBLISHED: [&str; 5] = [
    "9fca71506005b46414b6041e0b266caf40404f3fc383b48f0e9531ffeebec5ce",
    "fbdc5abb753f3c9a709d704b8da5ab1c73a4c38fc72b4207b415c05d037f4bf0",
    "43ff653c760b193e834873ea932b34b8c443be2441fbdc4833545e68a54a6975",
    "eae2b67903fe70eed55d773a4d5ec4a24dd0c7d833e708d264f261c541874b11",
    "43fdadee5d10f97f469aa813928867eec0cc78253f4b738de6b235943d18ca81",
];

choice! {
    /// The signature of tokens: HMAC with SHA-2.
    pub enum TokenAlgorithm {
        /// HMAC with SHA-256.
        Hs256 = "HS256",
        /// HMAC with SHA-384.
        Hs384 = "HS384",
        /// HMAC with SHA-512.
        Hs512 = "HS512",
    }
}

/// `[tokens]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSettings {
    /// Key of access tokens, at least 32 bytes. Always there in production.
    pub access_secret: Option<Secret>,
    /// Key of refresh tokens, at least 32 bytes, not the same. Always there in production.
    pub refresh_secret: Option<Secret>,
    /// Another key of access tokens, which is accepted and signs none: the one of before, or the one to come.
    pub former_access_secret: Option<Secret>,
    /// Another key of refresh tokens, and of all that is kept under it: likewise.
    pub former_refresh_secret: Option<Secret>,
    /// The signature of every token.
    pub algorithm: TokenAlgorithm,
    /// Claim `iss`. Never empty.
    pub issuer: String,
    /// Claim `aud`. `None` writes no such claim, and refuses tokens that carry one.
    pub audience: Option<String>,
    /// An audience that is no longer written, but still accepted.
    pub former_audience: Option<String>,
    /// How far clocks of several machines may be apart: from 1 second to 2 minutes.
    pub leeway: Duration,
}

/// Both keys, wherever they come from. The bytes of the text are the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSecrets {
    /// Key of access tokens.
    pub access: Secret,
    /// Key of refresh tokens.
    pub refresh: Secret,
}

impl TokenSettings {
    /// Both keys, if both were given. Otherwise see [`TokenSettings::secrets_or`].
    pub fn secrets(&self) -> Option<TokenSecrets> {
        let (access, refresh) = (self.access_secret.clone()?, self.refresh_secret.clone()?);
        Some(TokenSecrets { access, refresh })
    }

    /// Both keys: those that were given, and generated ones for the rest.
    pub fn secrets_or(&self, generated: DevelopmentSecrets) -> TokenSecrets {
        TokenSecrets {
            access: self.access_secret.clone().unwrap_or(generated.access),
            refresh: self.refresh_secret.clone().unwrap_or(generated.refresh),
        }
    }

    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("tokens");
        let access_secret = needed_secret(&mut section, "access_secret");
        let refresh_secret = needed_secret(&mut section, "refresh_secret");
        let former_access_secret = secret(&mut section, "former_access_secret");
        let former_refresh_secret = secret(&mut section, "former_refresh_secret");
        refuse_related(
            &mut section,
            &[
                ("access_secret", &access_secret),
                ("refresh_secret", &refresh_secret),
                ("former_access_secret", &former_access_secret),
                ("former_refresh_secret", &former_refresh_secret),
            ],
        );
        let audience = section.optional("audience", text);
        let former_audience = section.optional("former_audience", text);
        if former_audience.is_some() && former_audience == audience {
            section.refuse("former_audience", "is the same as tokens.audience; leave it out");
        }
        Self {
            access_secret,
            refresh_secret,
            former_access_secret,
            former_refresh_secret,
            algorithm: section.required("algorithm", choice),
            issuer: section.required("issuer", text),
            audience,
            former_audience,
            leeway: section.required("leeway", duration_within(Duration::from_secs(1)..=MOST_LEEWAY)),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("tokens");
        for (key, secret) in [
            ("access_secret", &self.access_secret),
            ("refresh_secret", &self.refresh_secret),
            ("former_access_secret", &self.former_access_secret),
            ("former_refresh_secret", &self.former_refresh_secret),
        ] {
            match secret {
                Some(secret) => sheet.text(key, secret.to_string()),
                None => sheet.absent(key),
            }
        }
        sheet.text("algorithm", self.algorithm.as_str());
        sheet.text("issuer", &self.issuer);
        sheet.text("audience", self.audience.as_deref().unwrap_or_default());
        match &self.former_audience {
            Some(audience) => sheet.text("former_audience", audience),
            None => sheet.absent("former_audience"),
        }
        sheet.duration("leeway", self.leeway);
    }
}

/// Reads a secret that production needs.
fn needed_secret(section: &mut Section<'_>, key: &str) -> Option<Secret> {
    let given = secret(section, key);
    if given.is_none() && section.environment().is_production() && section.sound(&[key]) {
        section.refuse(key, "is missing; production needs a random one of at least 32 bytes");
    }
    given
}

/// Reads a secret. One that is weak is answered all the same, so that two equal and weak secrets are reported as equal
/// and as weak.
fn secret(section: &mut Section<'_>, key: &str) -> Option<Secret> {
    let given = section.optional(key, parsed(|text| Ok(Secret::new(text))));
    if let Some(message) = given.as_ref().and_then(|secret| weakness(secret.reveal())) {
        section.refuse(key, message);
    }
    given
}

/// Refuses each secret that is one of those before it, or has the same beginning up to the end of one of them.
fn refuse_related(section: &mut Section<'_>, secrets: &[(&str, &Option<Secret>)]) {
    for (place, (key, secret)) in secrets.iter().enumerate() {
        let Some(secret) = secret else { continue };
        for (other, earlier) in secrets.iter().take(place) {
            let Some(earlier) = earlier else { continue };
            if secret == earlier {
                section.refuse(key, format!("is the same as tokens.{other}; they must differ"));
            } else if one_goes_on_as_the_other(secret.reveal(), earlier.reveal()) {
                section.refuse(key, format!("is tokens.{other} with a tail, or its beginning"));
            }
        }
    }
}

/// Why a secret is refused.
pub(crate) fn weakness(secret: &str) -> Option<&'static str> {
    if is_among(&PUBLISHED, secret) {
        Some("is a sample that was published, which everybody knows; make a random one of at least 32 bytes")
    } else if secret.len() < SHORTEST {
        Some("is too short; it must be random, and at least 32 bytes long")
    } else if !looks_random(secret.as_bytes()) {
        Some("can be guessed: it repeats itself; make a random one, as `openssl rand -base64 48` does")
    } else {
        None
    }
}

fn one_goes_on_as_the_other(one: &str, other: &str) -> bool {
    !one.is_empty() && !other.is_empty() && (one.starts_with(other) || other.starts_with(one))
}

/// The least entropy of a secret's bytes, in bits. Random hexadecimal digits of the shortest length have more than 80,
/// counted by how often each digit occurs.
const LEAST_BITS: f64 = 64.0;

/// Words that people write in the place of a secret, in lower case.
const NO_SECRETS: [&str; 5] = ["password", "changeme", "qwerty", "your-256-bit-secret", "12345678"];

/// Whether a secret looks random: it repeats no piece, is no run of neighbours (`abcd…`), has no well-known word and
/// more than a few different letters.
fn looks_random(secret: &[u8]) -> bool {
    let lower = String::from_utf8_lossy(secret).to_lowercase();
    let steps = secret.iter().zip(secret.iter().skip(1));
    let in_a_row = steps.filter(|(a, b)| a.abs_diff(**b) <= 1).count();
    !repeats_a_third(secret)
        && !NO_SECRETS.iter().any(|word| lower.contains(word))
        && in_a_row * 2 < secret.len()
        && bits(secret) >= LEAST_BITS
}

/// Whether a piece of a third of the secret's length occurs in it twice; the two may overlap. Only the beginning of a
/// long secret is looked at.
fn repeats_a_third(secret: &[u8]) -> bool {
    let secret = secret.get(..512).unwrap_or(secret);
    let longest_at = |distance: usize| {
        let mut longest = 0;
        let mut length = 0;
        for (a, b) in secret.iter().zip(secret.iter().skip(distance)) {
            length = if a == b { length + 1 } else { 0 };
            longest = longest.max(length);
        }
        longest
    };
    (1..secret.len()).map(longest_at).max().unwrap_or_default() * 3 >= secret.len()
}

/// Shannon's entropy of the single bytes, in bits.
fn bits(secret: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in secret {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let length = secret.iter().map(|_| 1.0).sum::<f64>();
    let told = counts
        .into_iter()
        .filter(|count| *count > 0)
        .map(f64::from)
        .map(|count| count * (length / count).log2());
    told.sum()
}

/// Whether one of the digests is that of the secret.
fn is_among(digests: &[&str], secret: &str) -> bool {
    let digest = Sha256::digest(secret.as_bytes());
    let hex = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    digests.contains(&hex.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_secret_is_known_by_its_digest() {
        // FIPS 180-2, the digest of "abc".
        let published = ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"];
        assert!(is_among(&published, "abc"));
        assert!(!is_among(&published, "abcd"));
    }

    #[test]
    fn every_published_digest_is_written_as_digests_are() {
        for digest in PUBLISHED {
            assert_eq!(64, digest.len());
            assert!(digest.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)));
        }
    }

    #[test]
    fn thirty_two_bytes_are_enough_and_thirty_one_are_not() {
        assert_eq!(None, weakness("é7rZq0Lw-Tn3xVb8KdYf5sHc2Gm9PaU"));
        assert!(weakness("7rZq0Lw-Tn3xVb8KdYf5sHc2Gm9PaUo").is_some());
    }

    #[test]
    fn what_can_be_guessed_is_refused_however_long_it_is() {
        let pieces = ["x", "ab", "changeme", "0123456789abcdef", "password1"];
        for secret in pieces.map(|piece| piece.repeat(64 / piece.len() + 1)) {
            assert!(weakness(&secret).is_some(), "{secret}");
        }
        for secret in [
            "abcdefghijklmnopqrstuvwxyz0123456789",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
            "changemechangemechangemechangeme!",
            "your-256-bit-secret-your-256-bit-secret",
            "secret_key_access_secret_key_access",
            "qwertyuiopasdfghjklzxcvbnm123456",
        ] {
            assert!(weakness(secret).is_some(), "{secret}");
        }
    }

    #[test]
    fn what_is_random_is_taken_in_any_alphabet() {
        let random = |seed: u32, alphabet: &str| -> String {
            let digest: Vec<u8> =
                [0, 1].iter().flat_map(|part| Sha256::digest(format!("{seed} {part}"))).collect();
            let letters: Vec<char> = alphabet.chars().collect();
            digest.iter().take(32).map(|byte| letters[usize::from(*byte) % letters.len()]).collect()
        };
        for seed in 0..5_000 {
            for alphabet in
                ["0123456789abcdef", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"]
            {
                let secret = random(seed, alphabet);
                assert_eq!(None, weakness(&secret), "{secret}");
            }
        }
    }
}
