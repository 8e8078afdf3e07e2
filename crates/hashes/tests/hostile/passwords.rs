//! Passwords that are empty, long, cut off, or spelled otherwise.

use base64::Engine as _;
use base64::alphabet::BCRYPT;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;
use serde_json::Map;
use vestibule_hashes::{ForeignHash, Match, read};

use crate::keys;

/// SHA-256 of 80 times `x`, in hex.
const SHA256_OF_X: &str = "d929cdeea7e6a0f46b59448d36a6fd491df8647cf292040508162ee5f6435ab8";

#[test]
fn a_password_is_compared_up_to_its_longest_and_a_longer_one_is_wrong() {
    // MD5 of nothing but `x`, as often as is read.
    let longest = "x".repeat(8192);
    let text = "94303bc70972121e4f1c88deb6521f1b";
    let foreign = read(Some("hex-md5"), text.into(), &Map::new(), &keys()).unwrap();
    assert!(foreign.verify(&longest, &keys()));
    assert!(!foreign.verify(&format!("{longest}x"), &keys()));
    // 33 bytes of NFKC for three.
    let nfkc = read(
        Some("oslo-scrypt"),
        format!("00112233445566778899aabbccddeeff:{}", "00".repeat(64)).as_str().into(),
        &Map::new(),
        &keys(),
    );
    assert!(!nfkc.unwrap().verify(&"\u{fdfa}".repeat(2000), &keys()));
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
    let extra =
        [("salt", "0123456789abcdef"), ("user", "")].map(|(name, value)| (name.to_owned(), value.into()));
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
    format!("{}{}", base64.encode(salt), base64.encode(parts.get(..23).unwrap()))
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
