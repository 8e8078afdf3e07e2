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
use std::sync::atomic::{AtomicBool, Ordering};

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
    /// A hash that no password has, to compare with when there is no other.
    nobodys: String,
    excess_is_logged: AtomicBool,
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
        // Salt and digest of zeros: nobody knows a password with that digest.
        let nobodys = format!("{OURS}{cost:02}${}", ".".repeat(53));
        Self {
            cost,
            nobodys,
            excess_is_logged: AtomicBool::new(false),
        }
    }

    /// Hashes a new password with a new salt.
    pub(super) fn hash(&self, password: &str) -> Result<String, BcryptError> {
        let password = normalised(password);
        if needs_prehash(&password) {
            Ok(format!(
                "{PREHASHED}{}",
                ::bcrypt::hash(prehashed(&password), self.cost)?
            ))
        } else {
            ::bcrypt::hash(password, self.cost)
        }
    }

    /// Compares. Without a hash, or with one that is none, it takes as long as with one of the cost
    /// of a new one.
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
            Some(Stored {
                is_prehashed: true, ..
            }) => prehashed(text).into(),
            _ => text.into(),
        };
        let hash = stored.map_or(self.nobodys.as_str(), |stored| stored.bcrypt);
        let is_equal = ::bcrypt::verify(key.as_bytes(), hash).unwrap_or(false);
        // The comparison with nobody's hash is made for its time and must not be optimised away.
        black_box(is_equal) && stored.is_some()
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
        (cost >= MIN_COST).then_some(Stored {
            bcrypt,
            cost,
            is_prehashed,
            is_spelled_as_ours,
        })
    }
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
    use std::sync::LazyLock;

    use Verification::{Right, RightButOutdated, Wrong};
    use proptest::prelude::*;

    use super::*;

    static SCHEME: LazyLock<Scheme> = LazyLock::new(|| Scheme::new(MIN_COST));

    fn verified(password: &str, made_for: &str) -> Verification {
        SCHEME.verify(password, Some(&SCHEME.hash(made_for).unwrap()))
    }

    /// A hash as a back end without marks and normalisation makes it.
    fn foreign(password: &str) -> String {
        ::bcrypt::hash(password, MIN_COST).unwrap()
    }

    #[test]
    fn a_hash_is_spelled_2b_and_has_its_own_salt() {
        let hash = SCHEME.hash("correct horse").unwrap();
        assert!(hash.starts_with("$2b$04$") && hash.len() == 60, "{hash}");
        assert_ne!(hash, SCHEME.hash("correct horse").unwrap());
    }

    #[test]
    fn a_password_that_bcrypt_would_not_read_to_its_end_is_marked() {
        for password in ["x".repeat(72), "é".repeat(36), "short\0".to_owned()] {
            let hash = SCHEME.hash(&password).unwrap();
            assert!(hash.starts_with("{sha256}$2b$04$") && hash.len() == 68, "{hash}");
            assert_eq!(SCHEME.verify(&password, Some(&hash)), Right);
        }
        assert!(SCHEME.hash(&"x".repeat(71)).unwrap().starts_with("$2b$"));
    }

    #[test]
    fn passwords_equal_in_their_first_72_bytes_are_different() {
        for length in [71, 72, 73, 100] {
            let password = "x".repeat(length);
            for other in [
                format!("{password}x"),
                format!("{password}y"),
                format!("{password}\0"),
            ] {
                assert_eq!(verified(&other, &password), Wrong, "{length}");
                assert_eq!(verified(&password, &other), Wrong, "{length}");
            }
        }
    }

    #[test]
    fn a_nul_does_not_end_a_password() {
        let passwords = ["a", "a\0", "a\0a", "a\0a\0a", "a\0b", "\0", "\0\0", ""];
        for one in passwords {
            for other in passwords {
                assert_eq!(verified(other, one) == Right, one == other, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn composed_and_decomposed_forms_are_the_same_password() {
        assert_eq!(verified("Ange\u{301}lique", "Ang\u{e9}lique"), Right);
        assert_eq!(verified("Ang\u{e9}lique", "Ange\u{301}lique"), Right);
        assert_eq!(verified("Angelique", "Ang\u{e9}lique"), Wrong);
    }

    #[test]
    fn blanks_and_case_make_another_password() {
        for other in ["password ", " Password ", "password", "PASSWORD"] {
            assert_eq!(verified(other, "Password "), Wrong, "{other:?}");
        }
    }

    #[test]
    fn a_long_password_verifies_against_a_truncating_back_ends_hash_and_is_outdated() {
        let hash = foreign(&"x".repeat(100));
        assert_eq!(SCHEME.verify(&"x".repeat(100), Some(&hash)), RightButOutdated);
        assert_eq!(SCHEME.verify(&"x".repeat(71), Some(&hash)), Wrong);
    }

    #[test]
    fn what_another_back_end_hashed_as_typed_verifies_as_typed() {
        let hash = foreign("Ange\u{301}lique");
        assert_eq!(SCHEME.verify("Ange\u{301}lique", Some(&hash)), RightButOutdated);
        assert_eq!(SCHEME.verify("Ang\u{e9}lique", Some(&hash)), Wrong);
    }

    #[test]
    fn known_hashes_of_other_back_ends_verify() {
        // From the bcrypt crate's tests: an online tool, Node, Python; the last one truncated.
        let hashes = [
            (
                "password",
                "$2a$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96",
                RightButOutdated,
            ),
            (
                "password",
                "$2y$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96",
                RightButOutdated,
            ),
            (
                "correctbatteryhorsestapler",
                "$2b$04$EGdrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie",
                Right,
            ),
            (
                &"x".repeat(90),
                "$2a$05$......................YgIDy4hFBdVlc/6LHnD9mX488r9cLd2",
                RightButOutdated,
            ),
        ];
        for (password, hash, expected) in hashes {
            assert_eq!(SCHEME.verify(password, Some(hash)), expected, "{hash}");
            assert_eq!(SCHEME.verify("another", Some(hash)), Wrong, "{hash}");
        }
    }

    #[test]
    fn a_cheaper_hash_is_outdated_and_a_dearer_one_is_not() {
        let hash = ::bcrypt::hash("password", 5).unwrap();
        assert_eq!(Scheme::new(4).verify("password", Some(&hash)), Right);
        assert_eq!(Scheme::new(6).verify("password", Some(&hash)), RightButOutdated);
    }

    #[test]
    fn a_hash_of_absurd_cost_is_wrong_at_once() {
        // Were it computed, cost 31 would take days.
        for cost in ["09", "17", "31"] {
            let hash = format!("$2b${cost}$EGdrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie");
            assert_eq!(
                SCHEME.verify("correctbatteryhorsestapler", Some(&hash)),
                Wrong,
                "{cost}"
            );
        }
    }

    #[test]
    fn nobodys_hash_is_nobodys() {
        let hash = SCHEME
            .nobodys
            .parse::<HashParts>()
            .expect("it has the form of a hash");
        assert_eq!(hash.get_cost(), MIN_COST);
        assert_eq!(SCHEME.verify("password", None), Wrong);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn what_is_no_hash_is_wrong(text in r"(\{sha256\})?(\$2[abxy]\$)?[0-9]{0,2}\$?\PC{0,60}") {
            prop_assert_eq!(SCHEME.verify("password", Some(&text)), Wrong);
        }

        #[test]
        fn any_text_is_a_password_of_its_own(one in any::<String>(), other in any::<String>()) {
            let hash = SCHEME.hash(&one).unwrap();
            prop_assert_eq!(SCHEME.verify(&one, Some(&hash)), Right);
            let is_same = normalised(&one) == normalised(&other);
            prop_assert_eq!(SCHEME.verify(&other, Some(&hash)) == Right, is_same);
        }
    }
}
