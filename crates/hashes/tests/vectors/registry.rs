//! What is accepted, what is refused, and what tells itself.

use std::collections::BTreeSet;

use vestibule_hashes::{Format, Refusal, formats, refused};

use crate::TESTED;
use crate::vector::vectors;

/// How many formats of the vectors are accepted.
const ACCEPTED: usize = 164;

#[test]
fn every_format_of_the_vectors_is_accepted_or_refused_with_a_reason() {
    let all: BTreeSet<String> = vectors().map(|vector| vector.format).collect();
    let accepted: BTreeSet<&str> = formats().map(Format::name).collect();
    let refused: BTreeSet<&str> = refused().map(|(name, _)| name).collect();
    let unknown: Vec<_> = all
        .iter()
        .filter(|name| !accepted.contains(name.as_str()) && !refused.contains(name.as_str()))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(accepted.is_disjoint(&refused));
    assert_eq!(all.iter().filter(|name| accepted.contains(name.as_str())).count(), ACCEPTED);
}

#[test]
fn every_accepted_format_of_the_vectors_has_a_test_of_its_name() {
    let tested: BTreeSet<&str> = TESTED.iter().copied().collect();
    let all: BTreeSet<String> = vectors().map(|vector| vector.format).collect();
    let expected: BTreeSet<&str> = formats().map(Format::name).filter(|name| all.contains(*name)).collect();
    assert_eq!(tested, expected);
}

#[test]
fn no_two_formats_have_the_same_name() {
    let names: Vec<_> = formats().map(Format::name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn a_vector_of_a_refused_format_is_refused_by_name() {
    for vector in vectors().filter(|vector| refused().any(|(name, _)| name == vector.format)) {
        let refusal = vector.read(Some(&vector.format)).unwrap_err();
        assert!(matches!(refusal, Refusal::NotAccepted { .. }), "{}", vector.line);
    }
}

#[test]
fn a_text_that_tells_itself_is_read_as_if_its_format_were_named_or_is_called_ambiguous() {
    for vector in vectors() {
        let Some(format) = formats().find(|format| format.name() == vector.format) else { continue };
        if !format.tells_itself() {
            continue;
        }
        let named = vector.read(Some(format.name())).unwrap();
        match vector.read(None) {
            Ok(told) => assert!(
                told.to_text().split_once(';') == named.to_text().split_once(';')
                    || told.to_text().split_once(';').unwrap().1
                        == named.to_text().split_once(';').unwrap().1,
                "line {}: told as {}",
                vector.line,
                told.format()
            ),
            Err(Refusal::Ambiguous(candidates)) => {
                assert!(candidates.contains(&format.name()), "line {}: {candidates:?}", vector.line);
            }
            Err(other) => panic!("line {}: {other}", vector.line),
        }
    }
}

#[test]
fn what_is_ambiguous_is_known() {
    let ambiguous: BTreeSet<String> = vectors()
        .filter(|vector| matches!(vector.read(None), Err(Refusal::Ambiguous(_))))
        .map(|vector| vector.format)
        .collect();
    let ambiguous: Vec<&str> = ambiguous.iter().map(String::as_str).collect();
    let expected = [
        "better-auth-scrypt",
        "django-md5",
        "hex-md5",
        "lucia-scrypt-v1",
        "lucia-scrypt-v3",
        "nthash",
        "oslo-scrypt",
        "web2py-md5",
    ];
    assert_eq!(ambiguous, expected);
}
