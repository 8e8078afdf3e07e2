//! The text that is hashed, and the notation of the hash.
//!
//! bcrypt reads 72 bytes of a password and, in most implementations, nothing behind a NUL. A password that bcrypt
//! would not read to its end is hashed with SHA-256 first, and its hash gets a mark:
//!
//! | stored | made by | hashed |
//! |---|---|---|
//! | `$2b$12$…` | us, of at most 71 bytes | the password in NFC |
//! | `{sha256}$2b$12$…` | us, of all others | base64 of the SHA-256 of the password in NFC |
//! | `$2a$…`, `$2b$…`, `$2y$…` | another back end | the password as typed, up to byte 72 |
//! | `{foreign}…` | another system | as that system hashes it: see the crate `vestibule-hashes` |
//!
//! The limit is 72 bytes and not 73, because an unmarked hash may be another back end's, which truncated. With 73, a
//! password of 72 bytes and a longer password that begins with it would compare as equal.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ::bcrypt::HashParts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use vestibule_domain::ports::{SecureRandom as _, Verification};
use vestibule_hashes::{ForeignHash, ImportKeys, Match};

use super::rounds;
use crate::system::SystemRandom;

/// How much of a password bcrypt reads, in bytes.
pub(super) const READ: usize = 72;
/// Passwords of this length in bytes and longer are pre-hashed.
const TOO_LONG: usize = 72;
/// The mark of a pre-hashed password's hash.
const PREHASHED: &str = "{sha256}";
/// The beginning of a new hash, behind the mark.
const OURS: &str = "$2b$";
/// Other names of the same function.
const ALIKE: [&str; 2] = ["$2a$", "$2y$"];
/// The least cost that bcrypt has.
pub(super) const MIN_COST: u32 = 4;
/// The greatest cost: 65,536 rounds, which take some seconds.
pub(super) const MAX_COST: u32 = 16;
/// By how much the cost of a stored hash may exceed the cost of a new one.
const TOLERANCE: u32 = 4;

/// Hashes and compares passwords. Both are slow, and must not run on threads that answer requests.
pub(super) struct Scheme {
    /// Binary logarithm of the rounds of a new hash.
    cost: u32,
    excess_is_logged: AtomicBool,
    unread_is_logged: AtomicBool,
    /// The keys of other systems, as far as they were read.
    keys: Mutex<Arc<ImportKeys>>,
    /// The names of those that were needed and not there.
    missing_keys: Mutex<BTreeSet<String>>,
    /// How many rounds the comparisons took so far. Tests count work, because time tells nothing on a busy machine.
    pub(super) rounds: AtomicU64,
}

/// A stored hash that can be compared with.
#[derive(Clone, Copy)]
struct Stored<'a> {
    /// The hash without its mark.
    bcrypt: &'a str,
    cost: u32,
    is_prehashed: bool,
    is_spelled_as_ours: bool,
}

/// What a hash needs of the keys of other systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyNeed {
    /// It needs none.
    Nothing,
    /// It needs one that was read.
    Known,
    /// It needs one that was not read.
    Missing,
}

impl Scheme {
    /// `cost` has to be within [`MIN_COST`] and [`MAX_COST`].
    pub(super) fn new(cost: u32) -> Self {
        Self {
            cost,
            excess_is_logged: AtomicBool::new(false),
            unread_is_logged: AtomicBool::new(false),
            keys: Mutex::default(),
            missing_keys: Mutex::default(),
            rounds: AtomicU64::new(0),
        }
    }

    /// Sets the keys of other systems.
    pub(super) fn set_keys(&self, keys: ImportKeys) {
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    fn keys(&self) -> Arc<ImportKeys> {
        Arc::clone(&self.keys.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What a stored hash needs of the keys of other systems.
    pub(super) fn need(&self, stored: &str) -> KeyNeed {
        let foreign = ForeignHash::is_text(stored).then(|| ForeignHash::from_text(stored).ok()).flatten();
        match foreign {
            Some(hash) if hash.missing_key(&self.keys()).is_some() => KeyNeed::Missing,
            Some(hash) if hash.missing_key(&ImportKeys::default()).is_some() => KeyNeed::Known,
            _ => KeyNeed::Nothing,
        }
    }

    /// Hashes a new password with a new salt.
    pub(super) fn hash(&self, password: &str) -> String {
        let mut salt = [0; 16];
        for (byte, random) in salt.iter_mut().zip(SystemRandom.bytes()) {
            *byte = random;
        }
        let hash = |text: &str| rounds::hash(text.as_bytes(), self.cost, salt);
        let password = normalised(password);
        if needs_prehash(&password) {
            format!("{PREHASHED}{}", hash(&prehashed(&password)))
        } else {
            hash(&password)
        }
    }

    /// Compares a password with a hash. Without a hash, with a text that is not a hash, or with a cheaper hash than a
    /// new one, the work is that of a new hash. A more expensive hash takes more work.
    ///
    /// The empty password is wrong for every hash. No surface lets anybody choose it, but another back end may have.
    pub(super) fn verify(&self, password: &str, stored: Option<&str>) -> Verification {
        let verification = self.compared(password, stored);
        if password.is_empty() { Verification::Wrong } else { verification }
    }

    fn compared(&self, password: &str, stored: Option<&str>) -> Verification {
        if let Some(foreign) = stored.and_then(|text| self.read_foreign(text)) {
            return self.verify_foreign(password, &foreign);
        }
        let stored = stored.and_then(|text| self.read(text));
        let normalised = normalised(password);
        let is_right = self.matches(&normalised, stored);
        // Other back ends hashed the password as typed. This comparison runs whatever the first one found, so that
        // the time depends on the password alone.
        let is_right_as_typed = normalised != password && self.matches(password, stored);
        let is_current = stored.is_some_and(|stored| self.is_current(stored, &normalised));
        // Others match too if bcrypt did not read it to its end. So no new hash is made of it: a slip of the hand behind
        // byte 72 would become the password.
        let is_whole = |text: &str| stored.is_some_and(|stored| stored.is_prehashed || text.len() <= READ);
        match (is_right, is_right_as_typed) {
            (false, false) => Verification::Wrong,
            (true, _) if is_current => Verification::Right,
            (true, _) if is_whole(&normalised) => Verification::RightButOutdated,
            (_, true) if is_whole(password) => Verification::RightButOutdated,
            _ => Verification::Right,
        }
    }

    /// Compares with the hash of another system, which is outdated unless the password is right in another spelling
    /// alone: a hash of ours knows none. What this was cheaper than a comparison with our own is spent on nobody's
    /// hash. The estimate of its cost is low, so it takes about as long as ours or longer.
    fn verify_foreign(&self, password: &str, foreign: &ForeignHash) -> Verification {
        let found = black_box(foreign.compare(password, &self.keys()));
        // Each spelling of the password was computed.
        let spent = foreign.cost_of(password).bcrypt_rounds();
        self.rounds.fetch_add(spent, Ordering::Relaxed);
        let comparisons: u64 = if normalised(password) == password { 1 } else { 2 };
        let mut missing = (comparisons << self.cost).saturating_sub(spent);
        for cost in (MIN_COST..=self.cost).rev() {
            while missing >= 1 << cost || (cost == MIN_COST && missing > 0) {
                self.compare(password, &nobodys(cost), cost);
                missing = missing.saturating_sub(1 << cost);
            }
        }
        match found {
            Match::No => Verification::Wrong,
            Match::AsTyped => Verification::RightButOutdated,
            Match::Alike => Verification::Right,
        }
    }

    /// Reads a stored hash of another system. `None` if it is none, or if the key that it needs is not at hand: then
    /// the work is that for an account that does not exist.
    fn read_foreign(&self, text: &str) -> Option<ForeignHash> {
        if !ForeignHash::is_text(text) {
            return None;
        }
        let foreign = match ForeignHash::from_text(text) {
            Ok(foreign) => foreign,
            Err(refusal) => {
                if !self.unread_is_logged.swap(true, Ordering::Relaxed) {
                    tracing::warn!(
                        error = &refusal as &dyn std::error::Error,
                        "a stored password hash of another system cannot be compared; it counts as wrong"
                    );
                }
                return None;
            }
        };
        if let Some(key) = foreign.missing_key(&self.keys()) {
            if self.is_first_told_of(key) {
                tracing::warn!(
                    key,
                    "password hashes of another system need a key that is not kept, or is not base64 where it has to \
                     be; they count as wrong"
                );
            }
            return None;
        }
        Some(foreign)
    }

    /// Whether nobody was told yet that this key is missing. Once is enough: any client can cause it by logging in.
    pub(super) fn is_first_told_of(&self, key: &str) -> bool {
        let mut told = self.missing_keys.lock().unwrap_or_else(PoisonError::into_inner);
        !told.contains(key) && told.insert(key.to_owned())
    }

    fn matches(&self, text: &str, stored: Option<Stored<'_>>) -> bool {
        // For bcrypt `a` and `a NUL a` are the same, so no back end can have hashed the second one unmarked.
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
        // Spends what a cheaper hash spared on nobody's hash. The rounds double with each step. So the rounds of all
        // steps from the stored cost up to the set cost, together with those of the comparison, are the rounds of the
        // set cost.
        for cost in stored.cost..self.cost {
            self.compare(&key, &nobodys(cost), cost);
        }
        is_equal
    }

    /// Whether `hash` is the hash of `key`. `cost` is the hash's own.
    fn compare(&self, key: &str, hash: &str, cost: u32) -> bool {
        self.rounds.fetch_add(1 << cost, Ordering::Relaxed);
        // A comparison with nobody's hash is made for its time alone, so the compiler must not remove it.
        black_box(rounds::verify(key.as_bytes(), hash).unwrap_or(false))
    }

    fn is_current(&self, stored: Stored<'_>, normalised: &str) -> bool {
        stored.is_spelled_as_ours
            && stored.cost >= self.cost
            && stored.is_prehashed == needs_prehash(normalised)
    }

    /// Reads a stored hash. `None` if the text is not a bcrypt hash, or if comparing with it would take too long.
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

/// A hash that no known password matches: salt and digest are zeros.
fn nobodys(cost: u32) -> String {
    format!("{OURS}{cost:02}${}", ".".repeat(53))
}

/// Puts a text into one form, however it was typed (NIST SP 800-63B-4, 3.1.1.2, asks for NFC or NFKC). NFC keeps more
/// passwords apart.
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
