use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{EmailAddress, InvalidEmail};

#[test]
fn an_address_is_kept_in_its_normal_form() {
    let cases = [
        ("john@example.com", "john@example.com"),
        ("John.DOE+tag@Example.COM", "john.doe+tag@example.com"),
        (" \t\r\n a@b.co \u{3000}\n", "a@b.co"),
        ("\u{1c}a@b.co\u{85}", "a@b.co"),
        ("John Doe <A@b.co>", "a@b.co"),
        ("<a@b.co>", "a@b.co"),
        ("\"Doe, John\" <a@b.co>", "a@b.co"),
        ("\"a\" \"b\" < a@b.co >", "a@b.co"),
        ("Élodie <a@b.co>", "a@b.co"),
        ("`~!#$%^&*-_=+{}|/?'@b.co", "`~!#$%^&*-_=+{}|/?'@b.co"),
        ("Üñí@b.co", "üñí@b.co"),
        ("e\u{301}@b.co", "é@b.co"),
        ("\u{212a}@b.co", "k@b.co"),
        ("a\u{1fef}@b.co", "a`@b.co"),
        ("a@BÜCHER.example", "a@bücher.example"),
        ("a@xn--bcher-kva.example", "a@bücher.example"),
        ("a@XN--BCHER-KVA.example", "a@bücher.example"),
        ("a@ｂ。co", "a@b.co"),
        ("a@faß.de", "a@faß.de"),
        ("שלום@שלום.com", "שלום@שלום.com"),
        ("a@l·l.com", "a@l·l.com"),
        ("a@example.com", "a@example.com"),
        ("a@1.dom", "a@1.dom"),
    ];
    for (text, stored) in cases {
        assert_eq!(EmailAddress::parse(text).unwrap().as_str(), stored, "{text:?}");
        assert_eq!(EmailAddress::parse(stored).unwrap().as_str(), stored, "{text:?} changes once more");
    }
}

#[test]
fn names_that_no_mail_goes_to_are_refused() {
    for domain in ["x.arpa", "x.invalid", "x.local", "x.localhost", "x.onion", "x.test", "x.y.TEST"] {
        assert_eq!(
            EmailAddress::parse(&format!("a@{domain}")),
            Err(InvalidEmail::SpecialUseDomain),
            "{domain}"
        );
    }
    assert_eq!(EmailAddress::parse("a@localhost"), Err(InvalidEmail::NoPeriodInDomain));
}

#[test]
fn lower_case_that_is_longer_than_what_was_typed_is_measured() {
    let longer = format!("İ{}@b.co", "a".repeat(63));
    assert_eq!(EmailAddress::parse(&longer), Err(InvalidEmail::LocalPartTooLong { excess: 1 }));
}

#[test]
fn a_control_character_never_gets_into_an_address() {
    for control in ['\0', '\n', '\r', '\t', '\u{1b}', '\u{7f}', '\u{85}', '\u{9f}'] {
        for text in [
            format!("a{control}b@c.com"),
            format!("a@b{control}c.com"),
            format!("\"a{control}b\"@c.com"),
            format!("x <a@b{control}c.com>"),
            format!("a@b.com{control}bcc:d@e.com"),
            format!("x{control}y <a@b.com>"),
            format!("\"x{control}y\" <a@b.com>"),
            format!("{control}a@b.com{control}"),
        ] {
            if let Ok(address) = EmailAddress::parse(&text) {
                assert_eq!(address.as_str(), "a@b.com", "{text:?}");
            }
        }
    }
}

#[test]
fn a_debug_print_shows_no_whole_address() {
    let address = EmailAddress::parse("john.doe@example.com").unwrap();
    assert_eq!(format!("{address:?}"), "j***@example.com");
    assert_eq!(address.to_string(), "john.doe@example.com");
    assert_eq!(format!("{:?}", EmailAddress::from_stored(String::new())), "***@");
}

#[test]
fn a_hostile_text_is_read_in_reasonable_time() {
    for piece in ["\u{301}", "\"", "<", "\\\"", "ü.", "a@", "\" <", "<\u{338}"] {
        let text: String = piece.chars().cycle().take(2048).collect();
        assert!(EmailAddress::parse(&text).is_err());
    }
}

#[test]
fn only_letters_outside_ascii_before_the_at_need_a_mail_server_of_their_own() {
    for (text, expected) in [
        ("jörg@example.com", true),
        ("jörg@bücher.de", true),
        ("joerg@bücher.de", false),
        ("joerg@example.com", false),
    ] {
        assert_eq!(EmailAddress::parse(text).unwrap().is_international(), expected, "{text}");
    }
}

/// Pieces of addresses, put together anyhow.
fn nearly() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "Ada",
        "ß",
        "İ",
        "e\u{301}",
        "\u{338}",
        "\u{200d}",
        "ー",
        "@",
        "@b.co",
        ".",
        "..",
        "-",
        "xn--",
        "xn--bcher-kva",
        "bücher",
        "[",
        "]",
        "IPv6:::1",
        "127.0.0.1",
        "\"",
        "\\",
        "<",
        ">",
        "(",
        ")",
        ",",
        " ",
        "\t",
        "\0",
        "\u{3000}",
        "example",
        "com",
        "local",
        "😀",
    ];
    vec(select(pieces), 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_taken_is_taken_again(text in prop_oneof![nearly(), any::<String>()]) {
        let _plain = EmailAddress::parse_plain(&text);
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
        }
    }
}
