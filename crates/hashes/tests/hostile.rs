//! Whatever is read, nothing panics, nothing costs more than its limit, and no key is stored.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use vestibule_hashes::{ForeignHash, HashInput, ImportKeys, Refusal, Strength, detect, formats, read};

/// Ten seconds at the reference: no engine's limit lets a hash cost as much.
const MOST_NANOSECONDS: u64 = 10_000_000_000;

fn keys() -> ImportKeys {
    let mut keys = ImportKeys::default();
    for name in ["SECRET", "PEPPER", "SECURITY_PASSWORD_SALT", "HMAC_KEY", "SALT_KEY"] {
        assert!(keys.insert(name, "a-key-of-the-other-system"));
    }
    assert!(keys.insert(
        "SIGNER_KEY",
        "pdRXtJscMFS3krS7mwS+2Sd0LIRMugCvTZiz2O02eFmTFIRsG+qyNpz38guW3KpsZC6DFKxo5LYIBu/6RGgfWA=="
    ));
    keys
}

fn refusal(format: &str, text: &str) -> Refusal {
    read(Some(format), text.into(), &Map::new(), &keys()).unwrap_err()
}

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
fn an_absurd_cost_is_named_as_such_where_the_format_is_told_by_the_text() {
    let text = "$2b$31$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu";
    let refusal = read(None, text.into(), &Map::new(), &keys()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the cost of bcrypt is 31, and at most 16 is accepted; such a hash is never computed"
    );
}

#[test]
fn an_absurd_cost_in_a_stored_text_is_refused_too() {
    for step in
        ["bcrypt,31,=AAAAAAAAAAAAAAAAAAAAAA", "pbkdf2,sha1,4000000000,20,'salt", "scrypt,40,8,1,32,'salt"]
    {
        let text = format!("{{foreign}}any;{step}!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assert!(matches!(ForeignHash::from_text(&text), Err(Refusal::TooCostly { .. })), "{text}");
    }
}

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

#[test]
fn a_longest_password_is_compared_and_wrong() {
    let foreign = read(None, "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr".into(), &Map::new(), &keys()).unwrap();
    for password in ["", "\0", &"x".repeat(4096), &"é".repeat(4096)] {
        assert!(!foreign.verify(password, &keys()));
    }
}

/// Texts that look like hashes: pieces of real ones, put together anyhow.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "$2b$",
        "$2y$04$",
        "$argon2id$v=19$",
        "m=64,t=1,p=1",
        "m=8,",
        "t=1",
        "$",
        "$5$",
        "$6$rounds=1000$",
        "$1$",
        "$apr1$",
        "$y$j75$",
        "$gy$",
        "$7$",
        "{SSHA}",
        "{CRYPT}",
        "{PBKDF2}",
        "{bcrypt}",
        "pbkdf2_sha256$",
        "scrypt:2:1:1$",
        "$scrypt$",
        "ln=1,r=1,p=1",
        "1000",
        "1",
        "0",
        ":",
        ":pbkdf2:sha512:",
        "$P$5",
        "$S$5",
        "$sha1$",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "0123456789abcdef0123456789abcdef",
        "SCRAM-SHA-256$",
        "$fbscrypt$v=1,",
        "n=1,r=1,p=1,ss=,sk=",
        "é",
        "\0",
        "=",
        "*",
        "0x0100",
        "md5",
        "$bcrypt-sha256$v=2,t=2b,r=4$",
        "$wp$2y$04$",
        "{foreign}",
        ";",
        "!",
        "{",
        "}",
        "|",
        "$p5k2$3e8$",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()), any::<String>(),]
}

fn extras() -> impl Strategy<Value = Map<String, Value>> {
    let name = prop::sample::select(vec![
        "salt",
        "N",
        "r",
        "p",
        "iterations",
        "algorithm",
        "passwd_hash_algo",
        "salt_separator",
        "mem_cost",
        "rounds",
        "user",
        "length",
        "digest",
        "import_key",
    ]);
    let value = prop_oneof![
        any::<u64>().prop_map(Value::from),
        (0_u32..20).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9a-f]{0,64}".prop_map(Value::from),
        prop::sample::select(vec![
            "pbkdf2$1000$50",
            "scrypt$2$1$1$50",
            "argon2$1$8$1$50",
            "sha256",
            "$pbkdf2-sha256$i=1,l=32$"
        ])
        .prop_map(Value::from),
        Just(json!(null)),
    ];
    prop::collection::vec((name, value), 0..6)
        .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn no_text_makes_a_reader_panic(text in texts(), extra in extras(), index in any::<prop::sample::Index>()) {
        let all: Vec<_> = formats().collect();
        let format = index.get(&all);
        detect(&text);
        for format in [None, Some(format.name())] {
            if let Ok(foreign) = read(format, text.as_str().into(), &extra, &keys()) {
                prop_assert!(foreign.cost().nanoseconds < MOST_NANOSECONDS);
                prop_assert!(foreign.cost().memory <= 512 << 20);
                let stored = foreign.to_text();
                prop_assert!(!stored.contains("a-key-of"));
                prop_assert!(ForeignHash::from_text(&stored).unwrap() == foreign);
            }
        }
    }

    #[test]
    fn no_object_makes_a_reader_panic(object in extras(), index in any::<prop::sample::Index>()) {
        let all: Vec<_> = formats().collect();
        let _ = read(Some(index.get(&all).name()), HashInput::Object(&object), &object, &keys());
    }

    #[test]
    fn no_stored_text_makes_it_panic(text in r"\{foreign\}[a-z]{1,3}(;(pbkdf2,sha1,[0-9]{1,3},20|scrypt,[1-9],[1-9],1,32|argon2,id,19,[0-9]{1,3},1,1,32|bcrypt,4|chain,md5,9|yescrypt,j[0-9]5,[a-z]{0,4}|shacrypt,sha256,1000|digest,md5,[0-9]|take,[0-9],[0-9]|code,hex|nfc\?|utf16|aesctr|hmac,sha1|sign,md5|around|md5crypt,1|sha1crypt,1)(,['=#@%][A-Za-z0-9]{0,30}){0,3}){0,4}![A-Za-z0-9_-]{0,90}") {
        if let Ok(foreign) = ForeignHash::from_text(&text) {
            prop_assert!(foreign.cost().nanoseconds < MOST_NANOSECONDS);
            foreign.verify("password", &keys());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_password_makes_a_comparison_panic(password in prop_oneof![any::<String>(), r"\PC{0,3000}", r"[\x00-\x20]{0,600}"]) {
        for text in [
            "$2b$04$vmINRgoh6anl0AbaeffzeeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu",
            "$1$R7meKaZW$s4stfsnxo1ccABlV1G0Zl1",
            "$apr1$oBErXMNn$QY7mCxDPU04M8MWnyQKd1.",
            "$5$rounds=1000$SIBQ9.whcWeK33Op$0zhvS5rybGXowSKw8xt/aa4LXpo/vy5Q4dMiO3PjohB",
            "$sha1$10$aKzsl/nY$cuszY0Imz1gU55aKEXY1D47NznZl",
            "$P$5PHpjsu7rnQMiNAW3j4joj.9CEwcR.0",
            "$argon2id$v=19$m=64,t=1,p=1$hSYUW8whizBimPhSy/Dpvw$H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU",
            "SCRAM-SHA-256$10:T4mKOHW9z+/PWYMbjDnmSg==$GXqhcxo4liKZJUxZ/ztOlcYAER3rFPkX5OymJvpWUzk=:Xe9AEcKuRJr3/BPk4KI9OH9hu+vggnC5BqoqYyYYEMU=",
            "$wp$2y$04$6eqM/Mzc5GqWfd2AGJntxesYXQRawjA7F5EFdbxxZvVOpbjcrHdAS",
            "$y$j75$qtejEZp68OsUsuriKxPfm.$QB9XQtyQSjHDbN15RD2E4AImprMcus6j4AeHxCSHJKB",
            "0x0100D79AD39A950EA4E1D4335B7DC58D680C5D7AA662CE248017",
        ] {
            let foreign = read(None, text.into(), &Map::new(), &keys()).unwrap();
            prop_assert!(!foreign.verify(&password, &keys()));
        }
    }
}
