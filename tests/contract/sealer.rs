//! The contract of `Sealer`.

use vestibule_tests::backends::sealer::Sealers;
use vestibule_tests::contract;

contract!(sealer on [aead, plain]: [
    what_was_sealed_opens,
    a_seal_shows_nothing_of_what_it_seals,
    equal_texts_have_different_seals,
    a_seal_opens_with_its_own_secret_alone,
    a_seal_that_was_changed_or_cut_short_does_not_open,
    what_is_no_seal_does_not_open,
]);

const TEXT: &[u8] =
    b"a text that is sealed, longer than what stands before it in a seal, and so on, and so on";

async fn what_was_sealed_opens(of: Sealers) {
    let sealer = of("secret");
    let any: Vec<u8> = (0..=255).cycle().take(1_000).collect();
    for plain in [&b""[..], b"x", TEXT, &any] {
        assert_eq!(sealer.open(&sealer.seal(plain).unwrap()).unwrap(), plain);
    }
}

async fn a_seal_shows_nothing_of_what_it_seals(of: Sealers) {
    let sealed = of("secret").seal(TEXT).unwrap();
    assert!(!TEXT.windows(5).any(|part| sealed.windows(5).any(|shown| shown == part)));
}

async fn equal_texts_have_different_seals(of: Sealers) {
    let sealer = of("secret");
    assert_ne!(sealer.seal(TEXT).unwrap(), sealer.seal(TEXT).unwrap());
}

async fn a_seal_opens_with_its_own_secret_alone(of: Sealers) {
    let sealed = of("secret").seal(TEXT).unwrap();
    assert_eq!(of("secret").open(&sealed).unwrap(), TEXT);
    assert!(of("another").open(&sealed).is_err());
}

async fn a_seal_that_was_changed_or_cut_short_does_not_open(of: Sealers) {
    let own = of("secret");
    let sealed = own.seal(TEXT).unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(own.open(&changed).is_err(), "{at}");
        assert!(own.open(&sealed[..at]).is_err(), "{at}");
    }
}

async fn what_is_no_seal_does_not_open(of: Sealers) {
    for text in [&b""[..], b"\x01", TEXT, &[0; 200]] {
        assert!(of("secret").open(text).is_err());
    }
}
