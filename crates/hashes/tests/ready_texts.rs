//! Texts of hashes that are ready to be stored, in a file of somebody's.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD;
use serde_json::Map;
use vestibule_hashes::{ForeignHash, ImportKeys, Refusal, Strength, read};

/// SHA-256 of nothing.
const OF_NOTHING: &str = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

fn imported(text: &str) -> Result<ForeignHash, Refusal> {
    ForeignHash::from_import(text, &ImportKeys::default())
}

#[test]
fn what_would_accept_any_password_is_refused() {
    for steps in [
        "take,0,0;digest,sha256,1",
        "digest,sha256,1;take,0,0;digest,sha256,1",
        "digest,sha256,1;code,hex;take,0,0;code,base64;digest,sha256,1",
        "aesctr,'x;digest,sha256,1",
    ] {
        let text = format!("{{foreign}}hex-sha256;{steps}!{OF_NOTHING}");
        assert_eq!(imported(&text), Err(Refusal::NotForeign), "{text}");
    }
    let short = format!("{{foreign}}drupal7-S;chain,sha512,100,'salt;take,0,1!{OF_NOTHING}");
    assert_eq!(imported(&short), Err(Refusal::NotForeign));
}

#[test]
fn what_a_step_refuses_is_wrong_whatever_later_steps_make_of_it() {
    // SHA-crypt reads 511 bytes and refuses a longer password.
    let bcrypt_of_nothing = URL_SAFE_NO_PAD.encode(bcrypt::bcrypt(4, [0; 16], &[0]).get(..23).unwrap());
    let text = format!(
        "{{foreign}}sha256-crypt;shacrypt,sha256,1000,'salt;code,base64;bcrypt,4,=AAAAAAAAAAAAAAAAAAAAAA\
         !{bcrypt_of_nothing}"
    );
    let foreign = ForeignHash::from_text(&text).unwrap();
    assert!(!foreign.verify(&"x".repeat(600), &ImportKeys::default()));
}

#[test]
fn steps_that_would_go_on_for_long_or_grow_are_refused() {
    let pbkdf2 = ";pbkdf2,sha512,4000000,64,'salt".repeat(16);
    for text in [
        format!("{{foreign}}hex-sha256;{}digest,sha256,1!{OF_NOTHING}", "code,hex;".repeat(15)),
        format!("{{foreign}}grub-pbkdf2-sha512{pbkdf2}!{}", "A".repeat(86)),
        format!("{{foreign}}werkzeug-pbkdf2-sha256;pbkdf2,sha256,1,4294967295,'salt!{OF_NOTHING}"),
        format!(
            "{{foreign}}django-argon2;argon2,id,19,65536,4,1,32,'saltsalt,,;argon2,id,19,65536,4,1,32,'saltsalt,,!{OF_NOTHING}"
        ),
        format!(
            "{{foreign}}hex-sha256;nfkd?;nfkc?;nfc?;saslprep?;trim?;slashes?;digest,sha256,1!{OF_NOTHING}"
        ),
        format!("{{foreign}}hex-sha256;digest,sha256,4000000000!{OF_NOTHING}"),
    ] {
        assert!(imported(&text).is_err(), "{text}");
    }
}

#[test]
fn a_format_that_nobody_knows_is_refused() {
    assert!(imported(&format!("{{foreign}}hex-sha256;digest,sha256,1!{OF_NOTHING}")).is_ok());
    assert_eq!(imported(&format!("{{foreign}}any;digest,sha256,1!{OF_NOTHING}")), Err(Refusal::NotForeign));
}

#[test]
fn a_digest_has_the_length_that_its_steps_give() {
    for digest in ["AAAAAAAAAAAAAAAAAAAAAA", &"A".repeat(86)] {
        let text = format!("{{foreign}}hex-sha256;digest,sha256,1!{digest}");
        assert_eq!(imported(&text), Err(Refusal::NotForeign), "{text}");
    }
}

#[test]
fn a_weak_one_is_told_as_such_and_has_to_leave_room_for_wrapping() {
    let weak = |salt: usize| {
        format!("{{foreign}}ldap-ssha;around,,'{};digest,sha1,1!{}", "x".repeat(salt), "A".repeat(27))
    };
    assert_eq!(imported(&weak(20)).unwrap().strength(), Strength::Weak);
    let long = weak(150);
    assert!(long.len() <= 255 && ForeignHash::from_text(&long).is_ok());
    assert!(matches!(imported(&long), Err(Refusal::TooLong(_))));
}

#[test]
fn a_hash_is_not_wrapped_to_a_text_that_is_too_long() {
    let text = format!("{{foreign}}ldap-ssha;around,,'{};digest,sha1,1!{}", "x".repeat(150), "A".repeat(27));
    let wrapped = ForeignHash::from_text(&text).unwrap().wrap(4, [0xf1; 16]);
    assert!(matches!(wrapped, Err(Refusal::TooLong(256..))), "{wrapped:?}");
}

#[test]
fn one_that_was_wrapped_is_kept() {
    let weak =
        read(None, "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr".into(), &Map::new(), &ImportKeys::default());
    let wrapped = weak.unwrap().wrap(8, [7; 16]).unwrap();
    let again = imported(&wrapped.to_text()).unwrap();
    assert_eq!((again.strength(), &again), (Strength::Keep, &wrapped));
}

#[test]
fn one_that_was_wrapped_at_a_low_cost_is_wrapped_again() {
    let weak =
        read(None, "{SSHA}dF63Dh/VPf50OEslOBAUZxcDvbTRuoWr".into(), &Map::new(), &ImportKeys::default());
    let wrapped = imported(&weak.unwrap().wrap(4, [7; 16]).unwrap().to_text()).unwrap();
    assert_eq!(wrapped.strength(), Strength::Weak);
    let again = imported(&wrapped.wrap(8, [8; 16]).unwrap().to_text()).unwrap();
    assert_eq!(again.strength(), Strength::Keep);
    assert!(again.verify("correct horse battery staple 42", &ImportKeys::default()));
    assert!(!again.verify("correct horse battery staple 43", &ImportKeys::default()));
}

#[test]
fn one_that_needs_a_key_is_refused_without_it() {
    let hash = "bca6245b2a4cea586b500bb7e0f6dbc5";
    let mut keys = ImportKeys::default();
    assert!(keys.insert("SALT_KEY", "sample-SALT_7!q"));
    let text = read(Some("md5-salt-key"), hash.into(), &Map::new(), &keys).unwrap().to_text();
    assert_eq!(imported(&text), Err(Refusal::KeyMissing("SALT_KEY".to_owned())));
    assert!(ForeignHash::from_import(&text, &keys).is_ok());
}

#[test]
fn what_is_wrapped_costs_no_more_than_a_login_may_take() {
    // Trimmed or not, with slashes or not: four spellings.
    let phpass =
        read(None, "$P$BPHpjsu7rnQMiNAW3j4joj.9CEwcR.0".into(), &Map::new(), &ImportKeys::default()).unwrap();
    let wrapped = phpass.wrap(16, [1; 16]).unwrap();
    assert!(wrapped.greatest_cost().nanoseconds <= 3_000_000_000);
    assert!(wrapped.to_text().contains(";bcrypt,13,"), "{}", wrapped.to_text());
}
