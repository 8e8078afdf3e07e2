//! The function itself.

use ::bcrypt::{BcryptError, HashParts, Version};
use base64::Engine as _;
use base64::alphabet::BCRYPT;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use blowfish::Blowfish;
use subtle::ConstantTimeEq as _;

use super::scheme::{MAX_COST, MIN_COST, READ};
use crate::pool::turns;

/// How bytes are written in a hash.
const BASE64: GeneralPurpose = GeneralPurpose::new(&BCRYPT, NO_PAD);
/// `OrpheanBeholderScryDoubt`, which is encrypted.
const ENCRYPTED: [[u32; 2]; 3] =
    [[0x4f72_7068, 0x6561_6e42], [0x6568_6f6c, 0x6465_7253], [0x6372_7944, 0x6f75_6274]];
/// How often.
const TIMES: usize = 64;
/// How much of the result is in a hash, in bytes.
const WRITTEN: usize = 23;

/// Whether this is a hash of the password. Of a password, 72 bytes are read.
pub(super) fn verify(password: &[u8], hash: &str) -> Result<bool, BcryptError> {
    let parts: HashParts = hash.parse()?;
    let cost = parts.get_cost();
    if !(MIN_COST..=MAX_COST).contains(&cost) {
        return Err(BcryptError::CostNotAllowed(cost));
    }
    let computed = self::hash(password, cost, parts.get_salt_raw());
    let stored = parts.format_for_version(Version::TwoB);
    Ok(computed.as_bytes().ct_eq(stored.as_bytes()).into())
}

/// The hash of a password with this salt, in the notation `2b`. Of a password, 72 bytes are read.
pub(super) fn hash(password: &[u8], cost: u32, salt: [u8; 16]) -> String {
    // A NUL ends the password, where there is room for it.
    let key: Vec<u8> = password.iter().copied().chain([0]).take(READ).collect();
    let digest: Vec<u8> = bcrypt(cost, salt, &key).into_iter().take(WRITTEN).collect();
    format!("$2b${cost:02}${}{}", BASE64.encode(salt), BASE64.encode(digest))
}

/// What the function of this name in the crate `bcrypt` answers. That one keeps its core for all rounds, a quarter of a
/// second at cost 12, and this one offers it after each of them, which takes 0.05 ms.
fn bcrypt(cost: u32, salt: [u8; 16], key: &[u8]) -> impl IntoIterator<Item = u8> {
    let mut state = Blowfish::bc_init_state();
    state.salted_expand_key(&salt, key);
    for _round in 0..1_u64 << cost {
        state.bc_expand_key(key);
        state.bc_expand_key(&salt);
        turns::offer();
    }
    let encrypted = ENCRYPTED.map(|words| (0..TIMES).fold(words, |words, _| state.bc_encrypt(words)));
    encrypted.into_iter().flatten().flat_map(u32::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hashes_are_those_of_the_library(
            password in prop::collection::vec(any::<u8>(), 0..100),
            salt: [u8; 16],
            cost in 4_u32..7,
        ) {
            let theirs = ::bcrypt::hash_with_salt(&password, cost, salt).unwrap().to_string();
            prop_assert_eq!(hash(&password, cost, salt), theirs.clone());
            prop_assert!(verify(&password, &theirs).unwrap());
            prop_assert!(verify(&password, &theirs.replacen("$2b$", "$2y$", 1)).unwrap());
        }

        #[test]
        fn another_password_is_wrong(password in "[a-y]{0,71}", salt: [u8; 16]) {
            let hash = hash(password.as_bytes(), 4, salt);
            let other = password + "z";
            prop_assert!(!verify(other.as_bytes(), &hash).unwrap());
        }
    }

    #[test]
    fn what_is_no_hash_is_an_error() {
        for hash in ["", "$2b$04$", "$2b$04$Az", "{sha256}", "$argon2id$v=19$m=16,t=2,p=1$c29tZXNhbHQ$x"] {
            assert!(verify(b"password", hash).is_err(), "{hash}");
        }
        for cost in ["00", "03", "17", "31", "64", "99"] {
            let hash = format!("$2b${cost}${}", ".".repeat(53));
            assert!(verify(b"password", &hash).is_err(), "{hash}");
        }
    }
}
