use super::{EmailAddress, InvalidEmail};

fn reason(text: &str) -> String {
    match EmailAddress::parse(text) {
        Ok(address) => panic!("{text:?} was accepted as {}", address.as_str()),
        Err(reason) => reason.to_string(),
    }
}

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
fn what_is_no_address_is_refused_with_the_published_text() {
    let cases = [
        ("", "An email address must have an @-sign."),
        ("john", "An email address must have an @-sign."),
        ("a@b", "The part after the @-sign is not valid. It should have a period."),
        ("a..b@c.com", "An email address cannot have two periods in a row."),
        ("a@b..com", "An email address cannot have two periods in a row."),
        ("a@b.com.", "An email address cannot end with a period."),
        ("a@b.com-", "An email address cannot end with a hyphen."),
        (".a@b.com", "An email address cannot start with a period."),
        ("a.@b.com", "An email address cannot have a period immediately before the @-sign."),
        ("a@.b.com", "An email address cannot have a period immediately after the @-sign."),
        ("a@-b.com", "An email address cannot have a hyphen immediately after the @-sign."),
        ("a@b-.com", "An email address cannot have a period and a hyphen next to each other."),
        ("a@b@c.com", "The part after the @-sign contains invalid characters: '@'."),
        ("a@b_c.com", "The part after the @-sign contains invalid characters: '_'."),
        ("a@b!$.com", "The part after the @-sign contains invalid characters: '!', '$'."),
        ("a@1.2.3.4", "The part after the @-sign is not valid. It is not within a valid top-level domain."),
    ];
    for (text, expected) in cases {
        assert_eq!(reason(text), expected, "{text:?}");
    }
}

#[test]
fn what_stands_before_a_domain_is_refused_with_the_published_text() {
    let cases = [
        ("@b.com", "There must be something before the @-sign."),
        ("a@", "There must be something after the @-sign."),
        ("a b@c.com", "The email address contains invalid characters before the @-sign: SPACE."),
        ("a(b\\'@c.com", "The email address contains invalid characters before the @-sign: \"\\\", '('."),
        ("\"a b\"@c.com", "Quoting the part before the @-sign is not allowed here."),
        (
            "\"a\u{7}\"@c.com",
            "The email address contains invalid characters in quotes before the @-sign: U+0007.",
        ),
        ("\"a\"b@c.com", "Extra character(s) found after close quote: 'b'"),
    ];
    for (text, expected) in cases {
        assert_eq!(reason(text), expected, "{text:?}");
    }
}

#[test]
fn a_domain_literal_or_a_display_name_may_be_at_fault() {
    let cases = [
        ("a@[127.0.0.1]", "A bracketed IP address after the @-sign is not allowed here."),
        ("a@[IPv6:::1]", "A bracketed IP address after the @-sign is not allowed here."),
        (
            "a@[1.2.3]",
            "The address in brackets after the @-sign is not valid: It is not an IPv4 address (Expected 4 octets \
             in '1.2.3') or is missing an address literal tag.",
        ),
        (
            "a@[host]",
            "The part after the @-sign in brackets is not an IPv4 address and has no address literal tag.",
        ),
        ("John.Doe <a@b.co>", "The display name contains invalid characters when not quoted: '.'."),
        (
            "<a@b.co",
            "An open angle bracket at the start of the email address has to be followed by a close \
             angle bracket at the end.",
        ),
        ("<a@b.co> x", "There can't be anything after the email address."),
        ("\"a\"b <a@b.co>", "Extra character(s) found after close quote: 'b'"),
        (
            "a <b <c@d.co>>",
            "A display name and angle brackets around the email address are not permitted here.",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(reason(text), expected, "{text:?}");
    }
}

#[test]
fn characters_that_have_no_place_in_an_address() {
    let cases = [
        (
            "a@ab--c.com",
            "An email address cannot have two letters followed by two dashes immediately after the @-sign or after \
             a period, except Punycode.",
        ),
        ("\u{301}a@b.com", "The email address contains unsafe characters: U+0301."),
        ("a\u{200b}@b.com", "The email address contains unsafe characters: ZERO WIDTH SPACE."),
        ("a@b\u{202e}.com", "The email address contains unsafe characters: RIGHT-TO-LEFT OVERRIDE."),
        (
            "a@⒈com",
            "The part after the @-sign contains invalid characters (Codepoint U+2488 not allowed at position \
             1 in '⒈com').",
        ),
        (
            "a@b，c.com",
            "The part after the @-sign contains invalid characters after Unicode normalization: ','.",
        ),
        (
            "a@☃.com",
            "The part after the @-sign is invalid (Codepoint U+2603 at position 1 of '☃' not allowed).",
        ),
        (
            "a@a·l.com",
            "The part after the @-sign is invalid (Codepoint U+00B7 not allowed at position 2 in 'a·l').",
        ),
        (
            "a@xn--a.com",
            "The part after the @-sign is not valid IDNA (Codepoint U+0080 at position 1 of '\u{80}' not allowed).",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(reason(text), expected, "{text:?}");
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
fn lengths_are_limited() {
    let a = |count: usize| "a".repeat(count);
    assert!(EmailAddress::parse(&format!("{}@b.co", a(64))).is_ok());
    assert_eq!(
        reason(&format!("{}@b.co", a(65))),
        "The email address is too long before the @-sign (1 character too many)."
    );
    assert!(EmailAddress::parse(&format!("a@{}.com", a(63))).is_ok());
    assert_eq!(
        reason(&format!("a@{}.com", a(65))),
        "After the @-sign, periods cannot be separated by so many characters (2 characters too many)."
    );
    let domain = |count: usize| format!("{0}.{0}.{0}.{1}.com", a(60), a(count));
    assert!(EmailAddress::parse(&format!("a@{}", domain(60))).is_ok());
    assert_eq!(
        reason(&format!("abcdefgh@{}", domain(60))),
        "The email address is too long (2 characters too many)."
    );
    assert_eq!(
        reason(&format!("é{}@{}", a(6), domain(60))),
        "The email address is too long (1-2 characters too many)."
    );
    assert_eq!(
        reason(&format!("a@{}.{}", domain(60), a(10))),
        "The email address is too long after the @-sign (5 characters too many)."
    );
    assert_eq!(
        reason(&format!("a@{}com", "ü.".repeat(40))),
        "The email address is too long after the @-sign (70 bytes too many after IDNA encoding)."
    );
    assert_eq!(reason(&a(2049)), "Length must not exceed 2048 characters");
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
