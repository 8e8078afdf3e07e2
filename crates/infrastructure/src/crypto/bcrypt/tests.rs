use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use Verification::{Right, RightButOutdated, Wrong};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;
use vestibule_domain::ports::Verification;
use vestibule_hashes::ImportKeys;

use super::scheme::{KeyNeed, MIN_COST, Scheme};

static SCHEME: LazyLock<Scheme> = LazyLock::new(|| Scheme::new(MIN_COST));

fn verified(password: &str, made_for: &str) -> Verification {
    SCHEME.verify(password, Some(&SCHEME.hash(made_for)))
}

/// A hash as a back end without marks and normalisation makes it.
fn foreign(password: &str) -> String {
    ::bcrypt::hash(password, MIN_COST).unwrap()
}

#[test]
fn a_hash_is_spelled_2b_and_has_its_own_salt() {
    let hash = SCHEME.hash("correct horse");
    assert!(hash.starts_with("$2b$04$") && hash.len() == 60, "{hash}");
    assert_ne!(hash, SCHEME.hash("correct horse"));
}

#[test]
fn a_password_that_bcrypt_would_not_read_to_its_end_is_marked() {
    for password in ["x".repeat(72), "é".repeat(36), "short\0".to_owned()] {
        let hash = SCHEME.hash(&password);
        assert!(hash.starts_with("{sha256}$2b$04$") && hash.len() == 68, "{hash}");
        assert_eq!(SCHEME.verify(&password, Some(&hash)), Right);
    }
    assert!(SCHEME.hash(&"x".repeat(71)).starts_with("$2b$"));
}

#[test]
fn passwords_equal_in_their_first_72_bytes_are_different() {
    for length in [71, 72, 73, 100] {
        let password = "x".repeat(length);
        for other in [format!("{password}x"), format!("{password}y"), format!("{password}\0")] {
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
            let is_right = one == other && !one.is_empty();
            assert_eq!(verified(other, one) == Right, is_right, "{one:?} {other:?}");
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
fn the_empty_password_is_wrong_for_every_hash() {
    let md5 = "d41d8cd98f00b204e9800998ecf8427e";
    let keys = ImportKeys::default();
    let imported =
        vestibule_hashes::read(Some("hex-md5"), md5.into(), &serde_json::Map::new(), &keys).unwrap();
    for stored in [SCHEME.hash(""), foreign(""), imported.to_text()] {
        assert_eq!(SCHEME.verify("", Some(&stored)), Wrong, "{stored}");
        assert_eq!(SCHEME.verify("\0", Some(&stored)), Wrong, "{stored}");
    }
}

#[test]
fn blanks_and_case_make_another_password() {
    for other in ["password ", " Password ", "password", "PASSWORD"] {
        assert_eq!(verified(other, "Password "), Wrong, "{other:?}");
    }
}

#[test]
fn a_long_password_verifies_against_a_truncating_back_ends_hash_which_stays_as_long_as_others_match_too() {
    let hash = foreign(&"x".repeat(100));
    for password in ["x".repeat(100), format!("{}y", "x".repeat(99)), "x".repeat(73)] {
        assert_eq!(SCHEME.verify(&password, Some(&hash)), Right, "{password}");
        let older = hash.replacen("$2b$", "$2a$", 1);
        assert_eq!(SCHEME.verify(&password, Some(&older)), Right, "{password}");
    }
    assert_eq!(SCHEME.verify(&"x".repeat(72), Some(&hash)), RightButOutdated);
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
        ("password", "$2a$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96", RightButOutdated),
        ("password", "$2y$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96", RightButOutdated),
        ("correctbatteryhorsestapler", "$2b$04$EGdrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie", Right),
        (&"x".repeat(90), "$2a$05$......................YgIDy4hFBdVlc/6LHnD9mX488r9cLd2", Right),
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

/// The rounds of bcrypt that a comparison takes.
fn work(scheme: &Scheme, password: &str, stored: Option<&str>) -> u64 {
    scheme.rounds.swap(0, Ordering::Relaxed);
    scheme.verify(password, stored);
    scheme.rounds.swap(0, Ordering::Relaxed)
}

#[test]
fn right_wrong_and_unknown_are_the_same_work_whatever_a_hash_cost_when_it_was_made() {
    let scheme = Scheme::new(8);
    let decomposed = "Ange\u{301}lique";
    for (password, times) in
        [("password", 1), ("", 1), ("with\0nul", 1), (decomposed, 2), (&"x".repeat(99), 1)]
    {
        let expected = times << 8;
        assert_eq!(work(&scheme, password, None), expected, "unknown, {password:?}");
        assert_eq!(work(&scheme, password, Some("no hash")), expected, "no hash, {password:?}");
        for cost in MIN_COST..=8 {
            let ours = Scheme::new(cost).hash(password);
            let theirs = ::bcrypt::hash(password, cost).unwrap();
            let others = Scheme::new(cost).hash("another");
            for stored in [&ours, &theirs, &others, &theirs.replacen("$2b$", "$2y$", 1)] {
                assert_eq!(work(&scheme, password, Some(stored)), expected, "cost {cost}, {password:?}");
            }
        }
    }
}

#[test]
fn a_dearer_hash_is_its_own_work_and_no_more() {
    let hash = ::bcrypt::hash("password", 7).unwrap();
    assert_eq!(work(&Scheme::new(5), "password", Some(&hash)), 1 << 7);
}

/// `correct horse battery staple 42` under `{SSHA}`, as it was read, and wrapped in bcrypt of cost 6.
fn of_another_system() -> [String; 2] {
    let text = "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr";
    let foreign =
        vestibule_hashes::read(None, text.into(), &serde_json::Map::new(), &ImportKeys::default()).unwrap();
    [foreign.to_text(), foreign.wrap(6, [9; 16]).unwrap().to_text()]
}

#[test]
fn a_hash_of_another_system_verifies_and_is_outdated() {
    for stored in of_another_system() {
        assert_eq!(SCHEME.verify("correct horse battery staple 42", Some(&stored)), RightButOutdated);
        assert_eq!(SCHEME.verify("correct horse battery staple 43", Some(&stored)), Wrong);
    }
}

#[test]
fn a_hash_of_another_system_is_no_less_work_than_an_unknown_account() {
    let scheme = Scheme::new(8);
    for stored in of_another_system() {
        for password in ["correct horse battery staple 42", "wrong", "Ange\u{301}lique"] {
            assert_eq!(work(&scheme, password, Some(&stored)), work(&scheme, password, None), "{password}");
        }
    }
}

/// phpass of `correct horse battery staple 42`, as it was read, and wrapped in bcrypt of cost 7.
fn with_spellings() -> [String; 2] {
    let text = "$P$512345678NAYktUAs9tEk3JcIDpxFj1";
    let foreign =
        vestibule_hashes::read(None, text.into(), &serde_json::Map::new(), &ImportKeys::default()).unwrap();
    [foreign.to_text(), foreign.wrap(7, [9; 16]).unwrap().to_text()]
}

#[test]
fn all_spellings_that_were_computed_count_as_work() {
    let scheme = Scheme::new(8);
    let [_, wrapped] = with_spellings();
    // Trimmed or not, with slashes or not.
    assert_eq!(work(&scheme, " it's ", Some(&wrapped)), 4 << 7);
    assert_eq!(work(&scheme, "it's", Some(&wrapped)), 2 << 7);
    assert_eq!(work(&scheme, "its", Some(&wrapped)), 1 << 8);
}

#[test]
fn a_password_that_is_right_in_another_spelling_alone_makes_no_new_hash() {
    for stored in with_spellings() {
        assert_eq!(SCHEME.verify("correct horse battery staple 42", Some(&stored)), RightButOutdated);
        assert_eq!(SCHEME.verify(" correct horse battery staple 42\n", Some(&stored)), Right);
        assert_eq!(SCHEME.verify("correct horse battery staple 43", Some(&stored)), Wrong);
    }
}

#[test]
fn without_its_key_a_hash_of_another_system_is_wrong_and_the_same_work() {
    let hash = "bca6245b2a4cea586b500bb7e0f6dbc5";
    let mut keys = ImportKeys::default();
    keys.insert("SALT_KEY", "sample-SALT_7!q");
    let read = vestibule_hashes::read(Some("md5-salt-key"), hash.into(), &serde_json::Map::new(), &keys);
    let stored = read.unwrap().to_text();
    let scheme = Scheme::new(6);
    assert_eq!(scheme.verify("after change 2", Some(&stored)), Wrong);
    assert_eq!(work(&scheme, "after change 2", Some(&stored)), 1 << 6);
    // The log was told, and is told once.
    assert!(!scheme.is_first_told_of("SALT_KEY"));
    assert!(scheme.is_first_told_of("PEPPER"));
    assert_eq!(scheme.need(&stored), KeyNeed::Missing);
    scheme.set_keys(keys);
    assert_eq!(scheme.need(&stored), KeyNeed::Known);
    assert_eq!(scheme.verify("after change 2", Some(&stored)), RightButOutdated);
}

#[test]
fn a_hash_of_absurd_cost_is_wrong_at_once() {
    // Were it computed, cost 31 would take days.
    for cost in ["09", "17", "31"] {
        let hash = format!("$2b${cost}$EGdrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie");
        assert_eq!(SCHEME.verify("correctbatteryhorsestapler", Some(&hash)), Wrong, "{cost}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_no_hash_is_wrong(text in r"(\{sha256\})?(\$2[abxy]\$)?[0-9]{0,2}\$?\PC{0,60}") {
        prop_assert_eq!(SCHEME.verify("password", Some(&text)), Wrong);
    }

    #[test]
    fn any_text_is_a_password_of_its_own(one in any::<String>(), other in any::<String>()) {
        let hash = SCHEME.hash(&one);
        prop_assert_eq!(SCHEME.verify(&one, Some(&hash)), if one.is_empty() { Wrong } else { Right });
        let is_same = one.nfc().eq(other.nfc()) && !one.is_empty();
        prop_assert_eq!(SCHEME.verify(&other, Some(&hash)) == Right, is_same);
    }
}
