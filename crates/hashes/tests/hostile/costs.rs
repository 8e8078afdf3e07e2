//! What a hash costs, and what is never computed.

use serde_json::{Map, Value};
use vestibule_hashes::{ForeignHash, Refusal, read};

use crate::{MOST_MEMORY, MOST_NANOSECONDS, keys, refusal};

#[test]
fn an_absurd_cost_is_refused_before_anything_is_computed() {
    let digest = "H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU";
    for (format, text) in [
        ("bcrypt-2b", "$2b$31$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu".to_owned()),
        ("argon2id-phc", format!("$argon2id$v=19$m=4194304,t=1,p=1$hSYUW8whizBimPhSy/Dpvw${digest}")),
        (
            "argon2id-phc",
            format!("$argon2id$v=19$m=4294967295,t=4294967295,p=1$hSYUW8whizBimPhSy/Dpvw${digest}"),
        ),
        ("argon2id-phc", format!("$argon2id$v=19$m=64,t=99999999999,p=1$hSYUW8whizBimPhSy/Dpvw${digest}")),
        ("argon2id-phc", format!("$argon2id$v=19$m=64,t=1,p=4294967295$hSYUW8whizBimPhSy/Dpvw${digest}")),
        ("passlib-scrypt", format!("$scrypt$ln=40,r=8,p=1$ovQ+BwCAMGZMaS0FwDhHCA${digest}")),
        ("passlib-scrypt", format!("$scrypt$ln=14,r=8,p=99999$ovQ+BwCAMGZMaS0FwDhHCA${digest}")),
        ("passlib-pbkdf2-sha256", format!("$pbkdf2-sha256$4000000000$OAfA.B/DuDdm7P1/79279w${digest}")),
        ("passlib-pbkdf2-sha256", format!("$pbkdf2-sha256$40000000000000$OAfA.B/DuDdm7P1/79279w${digest}")),
        (
            "sha256-crypt",
            "$5$rounds=999999999$SIBQ9.whcWeK33Op$0zhvS5rybGXowSKw8xt/aa4LXpo/vy5Q4dMiO3PjohB".to_owned(),
        ),
        ("sha1-crypt", "$sha1$4294967295$aKzsl/nY$cuszY0Imz1gU55aKEXY1D47NznZl".to_owned()),
        ("phpass-P", "$P$NPHpjsu7rnQMiNAW3j4joj.9CEwcR.0".to_owned()),
        ("yescrypt", "$y$jK5$qtejEZp68OsUsuriKxPfm.$QB9XQtyQSjHDbN15RD2E4AImprMcus6j4AeHxCSHJKB".to_owned()),
        (
            "crypt-scrypt",
            "$7$zU..../....whWeOSPXunbOg9vfYYkZv1$ohJ2nk4G0d2mO7AXBKjbuTF/G.nGqseMlCnD7oI7I..".to_owned(),
        ),
    ] {
        let refusal = refusal(format, &text);
        assert!(matches!(refusal, Refusal::TooCostly { .. }), "{text}: {refusal}");
    }
}

#[test]
fn what_would_take_long_with_a_long_password_or_with_several_spellings_is_refused() {
    let sha512 = "0zhvS5rybGXowSKw8xt/aa4LXpo/vy5Q4dMiO3PjohB".repeat(2);
    let drupal = "012345678901234567890123456789012345678901234567890";
    let accepted = |format: &str, text: String, iterations: u32| {
        let extra = [("salt", "salt".into()), ("iterations", Value::from(iterations))];
        let extra = extra.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
        match read(Some(format), text.as_str().into(), &extra, &keys()) {
            Ok(foreign) => {
                assert!(foreign.greatest_cost().nanoseconds <= MOST_NANOSECONDS, "{text}");
                true
            }
            Err(Refusal::TooCostly { .. }) => false,
            Err(other) => panic!("{text}: {other}"),
        }
    };
    for (format, most, too_much) in [
        // With 511 bytes of password, each of its rounds reads eight blocks.
        (
            "sha512-crypt",
            format!("$6$rounds=1000000$salt${sha512}"),
            format!("$6$rounds=1000001$salt${sha512}"),
        ),
        // Each round reads the password, of which there may be four spellings. passlib takes that by default.
        (
            "phpass-P",
            "$P$HPHpjsu7rnQMiNAW3j4joj.9CEwcR.0".to_owned(),
            "$P$IPHpjsu7rnQMiNAW3j4joj.9CEwcR.0".to_owned(),
        ),
        ("drupal7-S", format!("$S$H{drupal}"), format!("$S$I{drupal}")),
        (
            "bcrypt-2b",
            "$2b$15$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu".to_owned(),
            "$2b$16$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu".to_owned(),
        ),
        // Two spellings: with slashes, and as it was typed.
        (
            "wordpress-wp-bcrypt",
            "$wp$2y$14$6eqM/Mzc5GqWfd2AGJntxesYXQRawjA7F5EFdbxxZvVOpbjcrHdAS".to_owned(),
            "$wp$2y$15$6eqM/Mzc5GqWfd2AGJntxesYXQRawjA7F5EFdbxxZvVOpbjcrHdAS".to_owned(),
        ),
    ] {
        assert!(accepted(format, most, 0), "{format}");
        assert!(!accepted(format, too_much, 0), "{format}");
    }
    let symfony = format!("{}==", "A".repeat(86));
    assert!(accepted("symfony-sha512", symfony.clone(), 1 << 19));
    assert!(!accepted("symfony-sha512", symfony, 1 << 22));
}

#[test]
fn more_than_128_mib_of_memory_are_refused() {
    let digest = "H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU";
    let argon2 = |kib: u32| format!("$argon2id$v=19$m={kib},t=1,p=1$hSYUW8whizBimPhSy/Dpvw${digest}");
    let scrypt =
        |n: u32, r: u32, p: u32| format!("$scrypt$ln={n},r={r},p={p}$ovQ+BwCAMGZMaS0FwDhHCA${digest}");
    for (format, text) in [
        ("argon2id-phc", argon2(131_073)),
        ("passlib-scrypt", scrypt(18, 8, 1)),
        ("passlib-scrypt", scrypt(17, 9, 1)),
        ("passlib-scrypt", scrypt(1, 8193, 1)),
        ("passlib-scrypt", scrypt(1, 1, 8193)),
    ] {
        let refusal = refusal(format, &text);
        assert!(matches!(refusal, Refusal::TooCostly { .. }), "{text}: {refusal}");
    }
    for (format, text) in [
        ("argon2id-phc", argon2(131_072)),
        ("passlib-scrypt", scrypt(17, 8, 1)),
        ("passlib-scrypt", scrypt(16, 16, 2)),
    ] {
        let foreign = read(Some(format), text.as_str().into(), &Map::new(), &keys()).unwrap();
        assert!(foreign.cost().memory <= MOST_MEMORY, "{text}");
    }
}

#[test]
fn a_comparison_costs_what_its_password_and_the_spellings_of_it_take() {
    let cost = |text: &str, password: &str| {
        let foreign = read(None, text.into(), &Map::new(), &keys()).unwrap();
        assert!(foreign.cost_of(password).nanoseconds <= foreign.greatest_cost().nanoseconds, "{text}");
        foreign.cost_of(password).nanoseconds
    };
    let phpass = "$P$BPHpjsu7rnQMiNAW3j4joj.9CEwcR.0";
    assert_eq!(cost(phpass, " it's "), 4 * cost(phpass, "its"));
    assert!(cost(phpass, &"x".repeat(512)) > 8 * cost(phpass, "x"));
    let bcrypt = "$wp$2y$10$6eqM/Mzc5GqWfd2AGJntxesYXQRawjA7F5EFdbxxZvVOpbjcrHdAS";
    assert!(cost(bcrypt, "it's") >= 2 << 10 << 15);
}

#[test]
fn an_absurd_cost_is_named_as_such_where_the_format_is_told_by_the_text() {
    let text = "$2b$31$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu";
    let refusal = read(None, text.into(), &Map::new(), &keys()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the cost of bcrypt is 31, and at most 15 is accepted; such a hash is never computed"
    );
}

#[test]
fn an_absurd_cost_in_a_stored_text_is_refused_too() {
    for step in
        ["bcrypt,31,=AAAAAAAAAAAAAAAAAAAAAA", "pbkdf2,sha1,4000000000,20,'salt", "scrypt,40,8,1,32,'salt"]
    {
        let text = format!("{{foreign}}hex-sha1;{step}!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assert!(matches!(ForeignHash::from_text(&text), Err(Refusal::TooCostly { .. })), "{text}");
    }
}
