//! Whatever is read, nothing panics, nothing costs more than its limit, and no key is stored.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use base64::Engine as _;
use base64::alphabet::BCRYPT;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use vestibule_hashes::{ForeignHash, HashInput, ImportKeys, Match, Refusal, Strength, detect, formats, read};

/// SHA-256 of 80 times `x`, in hex.
const SHA256_OF_X: &str = "d929cdeea7e6a0f46b59448d36a6fd491df8647cf292040508162ee5f6435ab8";
/// 128 MiB, and a little beside it.
const MOST_MEMORY: u64 = 129 << 20;
/// Three seconds at the reference, for the longest password in all its spellings.
const MOST_NANOSECONDS: u64 = 3_000_000_000;

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
        ("sha512-crypt", format!("$6$rounds=1000000$salt${sha512}"), format!("$6$rounds=1000001$salt${sha512}")),
        // Each round reads the password, of which there may be four spellings. passlib takes that by default.
        ("phpass-P", "$P$HPHpjsu7rnQMiNAW3j4joj.9CEwcR.0".to_owned(), "$P$IPHpjsu7rnQMiNAW3j4joj.9CEwcR.0".to_owned()),
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
    let scrypt = |n: u32, r: u32, p: u32| format!("$scrypt$ln={n},r={r},p={p}$ovQ+BwCAMGZMaS0FwDhHCA${digest}");
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
    for (format, text) in
        [("argon2id-phc", argon2(131_072)), ("passlib-scrypt", scrypt(17, 8, 1)), ("passlib-scrypt", scrypt(16, 16, 2))]
    {
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
fn a_password_is_compared_up_to_its_longest_and_a_longer_one_is_wrong() {
    // MD5 of nothing but `x`, as often as is read.
    let longest = "x".repeat(8192);
    let text = "94303bc70972121e4f1c88deb6521f1b";
    let foreign = read(Some("hex-md5"), text.into(), &Map::new(), &keys()).unwrap();
    assert!(foreign.verify(&longest, &keys()));
    assert!(!foreign.verify(&format!("{longest}x"), &keys()));
    // 33 bytes of NFKC for three.
    let nfkc = read(Some("oslo-scrypt"), format!("00112233445566778899aabbccddeeff:{}", "00".repeat(64)).as_str().into(), &Map::new(), &keys());
    assert!(!nfkc.unwrap().verify(&"\u{fdfa}".repeat(2000), &keys()));
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

#[test]
fn a_longest_password_is_compared_and_wrong() {
    let foreign = read(None, "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr".into(), &Map::new(), &keys()).unwrap();
    for password in ["", "\0", &"x".repeat(4096), &"é".repeat(4096)] {
        assert!(!foreign.verify(password, &keys()));
    }
}

/// Hashes of the empty password, as other systems make them.
fn of_nothing() -> Vec<ForeignHash> {
    let extra = [("salt", "0123456789abcdef"), ("user", "")].map(|(name, value)| (name.to_owned(), value.into()));
    let extra = Map::from_iter(extra);
    [
        ("hex-md5", "d41d8cd98f00b204e9800998ecf8427e"),
        ("nthash", "31d6cfe0d16ae931b73c59d7e0c089c0"),
        ("mysql41", "*be1bdec0aa74b4dcb079943e70528096cca985f8"),
        ("postgres-md5", "md5d41d8cd98f00b204e9800998ecf8427e"),
        ("django-md5", "md5$$d41d8cd98f00b204e9800998ecf8427e"),
        ("bcrypt-2b", "$2b$04$......................w74bL5gU7LSJClZClCa.Pkz14aTv/XO"),
        ("phpass-P", "$P$512345678YsQn8dJMnXIqYTKyUqL7q1"),
    ]
    .into_iter()
    .map(|(format, text)| read(Some(format), text.into(), &extra, &keys()).unwrap())
    .collect()
}

#[test]
fn a_hash_of_the_empty_password_matches_nothing_and_is_told_as_such() {
    for foreign in of_nothing() {
        assert!(foreign.is_of_nothing(&keys()), "{foreign:?}");
        let wrapped = foreign.wrap(4, [1; 16]).unwrap();
        for password in ["", " ", "\0", "\u{ad}", " \t\0", "\0\0", "x"] {
            assert!(!foreign.verify(password, &keys()), "{foreign:?}, {password:?}");
            assert!(!wrapped.verify(password, &keys()), "{foreign:?}, wrapped, {password:?}");
        }
    }
    let other = read(None, "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr".into(), &Map::new(), &keys()).unwrap();
    assert!(!other.is_of_nothing(&keys()));
}

#[test]
fn a_nul_behind_a_password_makes_another() {
    let password = "correct horse battery staple 42";
    for text in [
        "$pbkdf2-sha256$1000$OAfA.B/DuDdm7P1/79279w$9msQC3CxQJuBJ..ks.BsebYeqm7RCP8xdTlh65SPDnQ",
        "$sha1$1000$aKzsl/nY$cuszY0Imz1gU55aKEXY1D47NznZl",
        "$scrypt$ln=10,r=8,p=1$ovQ+BwCAMGZMaS0FwDhHCA$bXq3bfFVQ5+orIaP5r5dQasQxteHo3R65s/fHiaXDiw",
        "$2b$04$vmINRgoh6anl0Ab4trAaJemHvF92KcMCQrwa1/2R0fBNCcbIpMG/O",
    ] {
        let foreign = read(None, text.into(), &Map::new(), &keys()).unwrap();
        assert!(foreign.verify(password, &keys()), "{text}");
        for behind in ["\0".to_owned(), "\0\0".to_owned(), format!("\0{password}")] {
            assert!(!foreign.verify(&format!("{password}{behind}"), &keys()), "{text}: {behind:?}");
        }
    }
}

#[test]
fn what_is_cut_off_or_spelled_otherwise_is_right_and_not_as_it_was_typed() {
    let compare = |format: &str, text: &str, password: &str| {
        read(Some(format), text.into(), &Map::new(), &keys()).unwrap().compare(password, &keys())
    };
    let bcrypt = format!("$2b$04${}", bcrypt_of("x".repeat(72).as_bytes()));
    assert_eq!(compare("bcrypt-2b", &bcrypt, &"x".repeat(72)), Match::AsTyped);
    assert_eq!(compare("bcrypt-2b", &bcrypt, &"x".repeat(73)), Match::Alike);
    assert_eq!(compare("bcrypt-2b", &bcrypt, &"x".repeat(71)), Match::No);
    // The pepper is cut off, and the password is not.
    assert_eq!(compare("devise-pepper", &bcrypt, &"x".repeat(72)), Match::AsTyped);
    assert_eq!(compare("devise-pepper", &bcrypt, &"x".repeat(80)), Match::Alike);
    // What is hashed first is read to its end.
    let hashed = format!("bcrypt_sha256$$2b$04${}", bcrypt_of(SHA256_OF_X.as_bytes()));
    assert_eq!(compare("django-bcrypt_sha256", &hashed, &"x".repeat(80)), Match::AsTyped);
}

/// Salt and hash of bcrypt, as they stand in a text.
fn bcrypt_of(input: &[u8]) -> String {
    let salt = [0; 16];
    let mut key = input.to_vec();
    key.push(0);
    key.truncate(72);
    let parts = bcrypt::bcrypt(4, salt, &key);
    let base64 = GeneralPurpose::new(&BCRYPT, NO_PAD);
    format!("{}{}", base64.encode(salt), base64.encode(&parts[..23]))
}

#[test]
fn what_spelling_leaves_nothing_of_matches_nothing() {
    // SCRAM of SASLprep, which leaves a soft hyphen out; made with the empty password.
    let text = "SCRAM-SHA-256$10:AAAAAAAAAAAAAAAAAAAAAA==$z9RSPOOLsmNMdF/dcUGnTDe1p6JmezqWrGWs6P8WptU=:AAAA";
    let foreign = read(Some("postgres-scram-sha-256"), text.into(), &Map::new(), &keys()).unwrap();
    assert!(foreign.is_of_nothing(&keys()));
    for password in ["", "\u{ad}", "\u{ad}\u{ad}"] {
        assert!(!foreign.verify(password, &keys()), "{password:?}");
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
