//! What is no e-mail address, in the published words.

use vestibule_domain::accounts::EmailAddress;

use crate::http::fastapi::email_words;

fn reason(text: &str) -> String {
    match EmailAddress::parse(text) {
        Ok(address) => panic!("{text:?} was accepted as {}", address.as_str()),
        Err(reason) => email_words(&reason),
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
