//! What holds for any bytes.

use proptest::prelude::*;
use vestibule_sources::{Origin, names};

use crate::reading::{case, read};

/// Bytes that look like a form: pieces of it, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<Vec<u8>>(),
        prop::sample::select(vec![
            "id,email\n",
            "\"",
            "\"\"",
            ",",
            "\r\n",
            "[",
            "{\"id\":1}",
            "]",
            "{",
            "}",
            "\\.\n",
            "\\N",
            "\t",
            "COPY public.users (id, email) FROM stdin;\n",
            "INSERT INTO users VALUES (",
            "'",
            "''",
            "E'\\",
            ")",
            ";",
            "CREATE TABLE users (id int, email text);",
            "$a$",
            "--",
            "/*",
            "`users`",
            "x'4",
            "replace('a',",
            "::",
            "{\"$date\":{\"$numberLong\":\"99999999999999999\"}}",
            "{\"$binary\":{\"base64\":\"#\"}}",
            "é",
            "\u{feff}",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_bytes_make_a_reader_panic(
        bytes in pieces(),
        extension in prop::sample::select(vec!["csv", "json", "jsonl", "sql", "txt", "sqlite"]),
        name in prop::sample::select(names().to_vec()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("users.{extension}"));
        std::fs::write(&file, bytes).unwrap();
        if let Ok(read) = read(name, Origin::Files(vec![file]), &[]) {
            prop_assert!(!read.bad.iter().any(|bad| bad.reason.contains("broke off")));
        }
    }

    #[test]
    fn a_changed_byte_in_an_original_costs_no_more_than_rows(at in 0..20_000_usize, byte in any::<u8>()) {
        let folder = tempfile::tempdir().unwrap();
        for (name, file) in [("contacts", "contacts.copy.sql"), ("contacts", "contacts.inserts.sql"), ("points", "users.csv")] {
            let mut bytes = std::fs::read(case(name, file)).unwrap();
            let at = at % bytes.len();
            bytes[at] = byte;
            let path = folder.path().join(file);
            std::fs::write(&path, bytes).unwrap();
            if let Ok(read) = read(name, Origin::Files(vec![path]), &[]) {
                prop_assert!(!read.bad.iter().any(|bad| bad.reason.contains("broke off")));
            }
        }
    }
}
