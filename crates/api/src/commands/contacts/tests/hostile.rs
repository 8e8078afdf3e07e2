//! Whatever is in a file, it is read or refused.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::import::of_text;
use super::super::person::Reading;

/// Texts near enough to vCards and tables to get far.
fn nearly() -> impl Strategy<Value = String> {
    let pieces = vec![
        "BEGIN:VCARD",
        "END:VCARD",
        "VERSION:4.0",
        "VERSION:2.1",
        "\r\n",
        "\n",
        "\n ",
        "FN",
        "N",
        "EMAIL",
        "TEL",
        "BDAY",
        "NOTE",
        "PHOTO",
        "item1.",
        ";TYPE=home",
        ";CHARSET=UTF-8",
        ";ENCODING=QUOTED-PRINTABLE",
        ";VALUE=uri",
        ";",
        ":",
        ",",
        "=",
        "=C3=A9",
        "=\n",
        "\\n",
        "\\",
        "\"",
        "Ada Lovelace",
        "ada@example.com",
        "--12-10",
        "1815-12-10",
        "18151210T000000Z",
        "+33612345678",
        "First Name,Last Name,E-mail Address\n",
        "\u{feff}",
        "é",
        "\0",
    ];
    vec(select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _read = of_text(&text, Reading::default());
        let _read = of_text(&format!("BEGIN:VCARD\r\n{text}\r\nEND:VCARD\r\n"), Reading::default());
    }

    #[test]
    fn nothing_near_a_card_panics(text in nearly()) {
        let _read = of_text(&text, Reading::default());
    }
}
