//! Texts, objects and passwords by chance.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use vestibule_hashes::{ForeignHash, HashInput, detect, formats, read};

use crate::{MOST_MEMORY, MOST_NANOSECONDS, keys};

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
                prop_assert!(foreign.greatest_cost().nanoseconds <= MOST_NANOSECONDS);
                prop_assert!(foreign.cost().memory <= MOST_MEMORY);
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
    fn no_stored_text_makes_it_panic(text in r"\{foreign\}(hex-md5|bcrypt-2b|yescrypt|phpass-P)(;(pbkdf2,sha1,[0-9]{1,3},20|scrypt,[1-9],[1-9],1,32|argon2,id,19,[0-9]{1,3},1,1,32|bcrypt,4|chain,md5,9|yescrypt,j[0-9]5,[a-z]{0,4}|shacrypt,sha256,1000|digest,md5,[0-9]|take,[0-9],[0-9]|code,hex|nfc\?|utf16|aesctr|hmac,sha1|sign,md5|around|md5crypt,1|sha1crypt,1)(,['=#@%][A-Za-z0-9]{0,30}){0,3}){0,4}![A-Za-z0-9_-]{0,90}") {
        if let Ok(foreign) = ForeignHash::from_text(&text) {
            prop_assert!(foreign.greatest_cost().nanoseconds <= MOST_NANOSECONDS);
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
