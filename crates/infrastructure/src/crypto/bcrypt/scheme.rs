//! What is hashed, and how the hash is written down.
//!
//! bcrypt reads 72 bytes of a password and, in most implementations, nothing behind a NUL. A password
//! that it would not read to its end is hashed with SHA-256 first, and its hash is marked:
//!
//! | stored | made by | hashed |
//! |---|---|---|
//! | `$2b$12$…` | us, of at most 71 bytes | the password in NFC |
//! | `{sha256}$2b$12$…` | us, of all others | base64 of the SHA-256 of the password in NFC |
//! | `$2a$…`, `$2b$…`, `$2y$…` | another back end | the password as typed, up to byte 72 |
//!
//! From 72 bytes on, not 73: otherwise a password of 72 bytes and a longer one that begins with it
//! would compare as equal, since an unmarked hash may also be another back end's, which truncated.

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ::bcrypt::{BcryptError, HashParts};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use vestibule_domain::ports::Verification;

/// From this length in bytes on, a password is pre-hashed.
const TOO_LONG: usize = 72;
/// Marks a hash of a pre-hashed password.
const PREHASHED: &str = "{sha256}";
/// What a new hash begins with, the mark apart.
const OURS: &str = "$2b$";
/// Other spellings of the same function.
const ALIKE: [&str; 2] = ["$2a$", "$2y$"];
/// Least cost that bcrypt knows.
pub(super) const MIN_COST: u32 = 4;
/// Greatest cost that is worth anybody's wait: 65,536 rounds, some seconds.
pub(super) const MAX_COST: u32 = 16;
/// By how much a stored hash may cost more than a new one.
const TOLERANCE: u32 = 4;

/// How passwords are hashed and compared. Slow: not for threads that answer requests.
pub(super) struct Scheme {
    /// Binary logarithm of the rounds of a new hash.
    cost: u32,
    excess_is_logged: AtomicBool,
    /// How many rounds its comparisons took so far. Tests count work; time tells nothing on a busy machine.
    pub(super) rounds: AtomicU64,
}

/// A stored hash that can be compared with.
#[derive(Clone, Copy)]
struct Stored<'a> {
    /// The hash without the mark.
    bcrypt: &'a str,
    cost: u32,
    is_prehashed: bool,
    is_spelled_as_ours: bool,
}

impl Scheme {
    /// `cost` has to be within [`MIN_COST`] and [`MAX_COST`].
    pub(super) fn new(cost: u32) -> Self {
        Self { cost, excess_is_logged: AtomicBool::new(false), rounds: AtomicU64::new(0) }
    }

    /// Hashes a new password with a new salt.
    pub(super) fn hash(&self, password: &str) -> Result<String, BcryptError> {
        let password = normalised(password);
        if needs_prehash(&password) {
            Ok(format!("{PREHASHED}{}", ::bcrypt::hash(prehashed(&password), self.cost)?))
        } else {
            ::bcrypt::hash(password, self.cost)
        }
    }

    /// Compares. With a cheaper hash than a new one, without a hash, or with one that is none, it is as much
    /// work as with a new one. A dearer hash is more work.
    pub(super) fn verify(&self, password: &str, stored: Option<&str>) -> Verification {
        let stored = stored.and_then(|text| self.read(text));
        let normalised = normalised(password);
        let is_right = self.matches(&normalised, stored);
        // Other back ends hashed what was typed. Compared whatever came of the first comparison, so
        // that the time depends on the password alone.
        let is_right_as_typed = normalised != password && self.matches(password, stored);
        let is_current = stored.is_some_and(|stored| self.is_current(stored, &normalised));
        match (is_right, is_right_as_typed) {
            (true, _) if is_current => Verification::Right,
            (false, false) => Verification::Wrong,
            _ => Verification::RightButOutdated,
        }
    }

    fn matches(&self, text: &str, stored: Option<Stored<'_>>) -> bool {
        // To bcrypt `a` and `a NUL a` are the same. No back end can have hashed the latter as it is.
        let stored = stored.filter(|stored| stored.is_prehashed || !text.contains('\0'));
        let key: Cow<'_, str> = match stored {
            Some(Stored { is_prehashed: true, .. }) => prehashed(text).into(),
            _ => text.into(),
        };
        let Some(stored) = stored else {
            self.compare(&key, &nobodys(self.cost), self.cost);
            return false;
        };
        let is_equal = self.compare(&key, stored.bcrypt, stored.cost);
        // What a cheaper hash spares, spent on nobody's: the rounds double with each step, so those of all
        // steps below a cost, and those of the first one once more, are the rounds of that cost.
        for cost in stored.cost..self.cost {
            self.compare(&key, &nobodys(cost), cost);
        }
        is_equal
    }

    /// Whether this is the hash of the key. `cost` is the hash's own.
    fn compare(&self, key: &str, hash: &str, cost: u32) -> bool {
        self.rounds.fetch_add(1 << cost, Ordering::Relaxed);
        // A comparison with nobody's hash is made for its time and must not be optimised away.
        black_box(::bcrypt::verify(key.as_bytes(), hash).unwrap_or(false))
    }

    fn is_current(&self, stored: Stored<'_>, normalised: &str) -> bool {
        stored.is_spelled_as_ours
            && stored.cost >= self.cost
            && stored.is_prehashed == needs_prehash(normalised)
    }

    /// `None` for what is no bcrypt hash, and for one that would take too long.
    fn read<'a>(&self, text: &'a str) -> Option<Stored<'a>> {
        let unmarked = text.strip_prefix(PREHASHED);
        let bcrypt = unmarked.unwrap_or(text);
        let is_spelled_as_ours = bcrypt.starts_with(OURS);
        if !is_spelled_as_ours && !ALIKE.iter().any(|spelling| bcrypt.starts_with(spelling)) {
            return None;
        }
        let cost = bcrypt.parse::<HashParts>().ok()?.get_cost();
        if cost > MAX_COST.min(self.cost + TOLERANCE) {
            if !self.excess_is_logged.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    cost,
                    "a stored password hash costs too much to be compared; it counts as wrong"
                );
            }
            return None;
        }
        let is_prehashed = unmarked.is_some();
        (cost >= MIN_COST).then_some(Stored { bcrypt, cost, is_prehashed, is_spelled_as_ours })
    }
}

/// A hash that no password has: salt and digest are zeros, and nobody knows a password with that digest.
fn nobodys(cost: u32) -> String {
    format!("{OURS}{cost:02}${}", ".".repeat(53))
}

/// The same text however it was typed (NIST SP 800-63B-4, 3.1.1.2, asks for NFC or NFKC; NFC keeps
/// more passwords apart).
fn normalised(password: &str) -> String {
    password.nfc().collect()
}

fn needs_prehash(password: &str) -> bool {
    password.len() >= TOO_LONG || password.contains('\0')
}

/// 44 characters, none of them NUL.
fn prehashed(password: &str) -> String {
    STANDARD.encode(Sha256::digest(password))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_hash_is_nobodys() {
        let scheme = Scheme::new(MIN_COST);
        let hash = nobodys(MIN_COST).parse::<HashParts>().expect("it has the form of a hash");
        assert_eq!(hash.get_cost(), MIN_COST);
        assert_eq!(scheme.verify("password", None), Verification::Wrong);
        assert_eq!(scheme.verify("password", Some(&nobodys(MIN_COST))), Verification::Wrong);
    }
}
