//! What is refused, in which words, and what is weak.

use serde_json::{Map, Value};
use vestibule_hashes::{HashInput, ImportKeys, Refusal, Strength, read};

use crate::{keys, refusal};

#[test]
fn what_each_refusal_says_is_one_sentence_without_the_hash() {
    let hash = "$2b$99$secret-of-somebody";
    for (format, text) in [
        (Some("no-such-format"), hash),
        (Some("des-crypt"), "Yi1TcteLuFH0Q"),
        (Some("bcrypt-2b"), hash),
        (Some("discourse-pbkdf2"), "8a806b71c244a1621c2b86995a2965e1ef6a06da219f408266942d24ccecb76d"),
        (None, hash),
        (None, "653db310f651bb8af9ba3b29c81153ff"),
    ] {
        let said = read(format, text.into(), &Map::new(), &ImportKeys::default()).unwrap_err().to_string();
        assert!(!said.contains(text) && !said.contains('\n') && said.len() > 20, "{said}");
    }
    let said = read(None, "653db310f651bb8af9ba3b29c81153ff".into(), &Map::new(), &keys()).unwrap_err();
    assert_eq!(said.to_string(), "the hash may be of several formats; name one of: hex-md5, nthash");
}

#[test]
fn an_unknown_format_is_not_repeated_at_length() {
    let said = refusal(&"x".repeat(10_000), "hash").to_string();
    assert!(said.len() < 150 && said.contains("xxxx"), "{said}");
}

#[test]
fn a_hash_is_in_no_debug_text() {
    let object = [("hash".to_owned(), Value::from("secret"))].into_iter().collect();
    for input in [HashInput::Text("secret"), HashInput::Object(&object)] {
        assert!(!format!("{input:?}").contains("secret"), "{input:?}");
    }
}

#[test]
fn a_key_that_is_empty_or_not_what_it_has_to_be_is_named() {
    let extra = [("salt", "42xEC+ixf3L2lw=="), ("salt_separator", "Bw==")];
    let extra = extra.map(|(name, value)| (name.to_owned(), Value::from(value))).into_iter().collect();
    let hash = format!("{}==", "A".repeat(86));
    let with = |key: &str| {
        let mut keys = ImportKeys::default();
        assert!(keys.insert("SIGNER_KEY", key), "{key}");
        keys
    };
    let read = |keys: &ImportKeys| read(Some("firebase-scrypt"), hash.as_str().into(), &extra, keys);
    let foreign = read(&keys()).unwrap();
    for key in ["no base64", "=", "====", "c2hvcnQ="] {
        let refusal = read(&with(key)).unwrap_err();
        assert_eq!(refusal, Refusal::KeyMissing("SIGNER_KEY".to_owned()), "{key}");
    }
    assert_eq!(foreign.missing_key(&with("no base64")), Some("SIGNER_KEY"));
    assert_eq!(foreign.missing_key(&keys()), None);
    let mut empty = ImportKeys::default();
    assert!(!empty.insert("PEPPER", ""));
    assert_eq!(empty.names().count(), 0);
}

#[test]
fn a_digest_that_is_cut_short_is_refused() {
    for text in
        ["$pbkdf2-sha256$1000$OAfA.B/DuDdm7P1/79279w$", "$pbkdf2-sha256$1000$OAfA.B/DuDdm7P1/79279w$9msQ"]
    {
        assert!(matches!(refusal("passlib-pbkdf2-sha256", text), Refusal::Malformed { .. }), "{text}");
    }
}

#[test]
fn plain_digests_and_few_rounds_are_weak_and_what_systems_write_by_default_today_is_kept() {
    let strength = |text: &str| read(None, text.into(), &Map::new(), &keys()).unwrap().strength();
    for weak in [
        "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr",
        "*CE185A08AC1D04C5FFCB3FF8150963AB3192456E",
        "$1$R7meKaZW$s4stfsnxo1ccABlV1G0Zl1",
        "$2y$05$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu",
    ] {
        assert_eq!(strength(weak), Strength::Weak, "{weak}");
    }
    for kept in [
        "$2b$10$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu",
        "$argon2id$v=19$m=65536,t=3,p=4$hSYUW8whizBimPhSy/Dpvw$H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU",
        "$5$rounds=535000$108/AalbzfcQjg7S$xXV4XLUnz2Vipt8cbA4SIS0ZAjsjnVBY0bmS3eDwe8.",
    ] {
        assert_eq!(strength(kept), Strength::Keep, "{kept}");
    }
}

#[test]
fn a_wrapped_hash_is_kept_and_costs_what_bcrypt_costs() {
    let weak = read(None, "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr".into(), &Map::new(), &keys()).unwrap();
    let wrapped = weak.wrap(10, [3; 16]).unwrap();
    assert_eq!(wrapped.strength(), Strength::Keep);
    assert_eq!(wrapped.cost().bcrypt_rounds(), 1 << 10);
}
