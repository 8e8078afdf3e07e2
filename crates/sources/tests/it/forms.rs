//! Files as they come.

use vestibule_sources::{OpenError, Origin};

use crate::reading::{Read, folder, read};

const HASH: &str = "$5$rounds=535000$a$b";

fn points(name: &str, bytes: &[u8]) -> Result<Read, OpenError> {
    let folder = folder(&[(name, bytes)]);
    read("points", Origin::Files(vec![folder.path().join(name)]), &[])
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    points(name, bytes).err().map(|error| error.to_string()).unwrap_or_default()
}

const HEADER: &str = "id,username,email,password_hash,phone_number,points\n";

fn row(id: u32) -> String {
    format!("{id},\"A, \"\"b\"\"\",a{id}@example.com,{HASH},,{id}\n")
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_column() {
    let read = points("users.csv", format!("\u{feff}{HEADER}{}", row(1)).as_bytes()).unwrap();
    assert_eq!(read.records[0].source_id.as_deref(), Some("1"));
    assert_eq!(read.records[0].display_name.as_deref(), Some("A, \"b\""));
    let read = points("users.json", "\u{feff}[]".as_bytes()).unwrap();
    assert_eq!(read.records.len(), 0);
}

#[test]
fn other_encodings_are_refused_by_name() {
    let utf16: Vec<u8> = format!("\u{feff}{HEADER}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refusal("users.csv", &utf16).contains("UTF-16"));
    assert!(refusal("users.csv", &utf16[2..]).contains("UTF-16"));
    let latin = [HEADER.as_bytes(), b"1,Andr\xe9 Dupr\xe9,a@example.com,x,,1\n"].concat();
    let sentence = refusal("users.csv", &latin);
    assert!(sentence.contains("line 2") && sentence.contains("windows-1252"), "{sentence}");
    assert!(refusal("users.csv", b"\x1f\x8b\x08\0").contains("gzip"));
    assert!(refusal("users.sql", b"PGDMP\x01\x0e").contains("pg_restore"));
    assert!(refusal("users.csv", b"PK\x03\x04").contains("ZIP"));
}

#[test]
fn semicolons_tabs_and_carriage_returns_are_understood() {
    for (separator, end) in [(';', "\r\n"), ('\t', "\n"), (',', "\r\n")] {
        let text = format!("{HEADER}1,Ann,a@example.com,{HASH},\"\",7\n\n");
        let text = text.replace(',', &separator.to_string()).replace('\n', end);
        let read = points("users.csv", text.as_bytes()).unwrap();
        assert_eq!(
            (read.records.len(), read.bad.len(), read.records[0].points),
            (1, 0, Some(7)),
            "{separator:?}"
        );
    }
}

#[test]
fn a_bad_row_names_its_line_and_does_not_end_the_reading() {
    let text = format!(
        "{HEADER}{}2,too few\n{}4,\"x\"y,a,{HASH},,1\n5,\"two\nlines\",e@example.com,{HASH},,many\n{}",
        row(1),
        row(3),
        row(6)
    );
    let read = points("users.csv", text.as_bytes()).unwrap();
    assert_eq!(read.records.len(), 3);
    let bad: Vec<_> = read.bad.iter().map(ToString::to_string).collect();
    assert_eq!(
        bad,
        [
            "users.csv, line 3: it has 2 values, and there are 6 columns",
            "users.csv, line 5: text follows a closing quote",
            "users.csv, line 6: points is no number",
        ]
    );
}

#[test]
fn a_quote_that_is_never_closed_is_one_bad_row() {
    let read = points("users.csv", format!("{HEADER}{}2,\"open\n{}", row(1), row(3)).as_bytes()).unwrap();
    assert_eq!((read.records.len(), read.bad.len(), read.bad[0].line()), (1, 1, 3));
}

#[test]
fn two_columns_of_one_name_are_refused() {
    assert!(refusal("users.csv", b"id,email,id\n1,a,2\n").contains("two of its columns are called `id`"));
}

#[test]
fn a_bad_line_of_json_lines_does_not_end_the_reading() {
    let good = format!(
        r#"{{"id":"1","username":"a","email":"a@example.com","password_hash":"{HASH}","phone_number":null,"points":1}}"#
    );
    let text = format!("{good}\n{{\"id\":\n[1]\n{{\"id\":\"4\"}}\n\n{good}\n");
    let read = points("users.jsonl", text.as_bytes()).unwrap();
    assert_eq!(read.records.len(), 2);
    let bad: Vec<_> = read.bad.iter().map(|bad| (bad.line(), bad.reason.as_str())).collect();
    assert_eq!(
        bad,
        [
            (2, "it is no JSON, at column 6"),
            (3, "it is JSON, but no object"),
            (4, "there is no column with the password's hash"),
        ]
    );
}

#[test]
fn a_json_list_that_breaks_off_gives_what_stands_before() {
    let text = format!(
        r#"[{{"id":"1","username":"a","email":"a@example.com","password_hash":"{HASH}","phone_number":null,"points":1}}, 5, {{"id"#
    );
    let read = points("users.json", text.as_bytes()).unwrap();
    assert_eq!((read.records.len(), read.bad.len()), (1, 2));
    assert_eq!(read.bad[0].to_string(), "users.json, document 2: it is JSON, but no object");
    assert!(read.bad[1].reason.contains("breaks off"));
    assert!(
        refusal("users.json", b"[{").contains("breaks off")
            || points("users.json", b"[{").unwrap().bad.len() == 1
    );
    assert!(refusal("users.json", b"{\n\"a\": 1}").contains("there is no list at its top"));
}

#[test]
fn a_dump_that_breaks_off_is_told() {
    let text = format!(
        "COPY public.users (id, username, email, password_hash, phone_number, points) FROM stdin;\n1\ta\ta@example.com\t{HASH}\t\\N\t1\n"
    );
    let read = points("users.sql", text.as_bytes()).unwrap();
    assert_eq!((read.records.len(), read.bad.len()), (1, 1));
    assert!(read.bad[0].reason.contains("the file ends within a table"));
}

#[test]
fn backslashes_in_a_dump_of_sqlite_are_ordinary_whatever_its_quotes() {
    let text = format!(
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n\
         CREATE TABLE `users` (`id`, `username`, `email`, `password_hash`, `phone_number`, `points`);\n\
         INSERT INTO users VALUES(1,'a\\nb\\','a@example.com','{HASH}',NULL,1);\n"
    );
    let read = points("users.sql", text.as_bytes()).unwrap();
    assert_eq!(read.records[0].display_name.as_deref(), Some("a\\nb\\"));
}

#[test]
fn inserts_without_columns_and_without_a_definition_are_refused() {
    let sentence = refusal("users.sql", b"INSERT INTO users VALUES (1);\n");
    assert!(sentence.contains("--column-inserts"), "{sentence}");
}

#[test]
fn a_table_that_is_there_twice_is_refused() {
    let folder = folder(&[("users.csv", HEADER.as_bytes()), ("users.json", b"[]"), ("notes.txt", b"x")]);
    let refused = read("points", Origin::Files(vec![folder.path().to_owned()]), &[]);
    let sentence = refused.err().unwrap().to_string();
    assert!(sentence.contains("users.csv") && sentence.contains("users.json"), "{sentence}");
}

#[test]
fn a_file_that_no_table_is_called_by_is_told_of() {
    let folder = folder(&[("users.csv", HEADER.as_bytes()), ("accounts.jsonl", b"{}")]);
    let read = read("points", Origin::Files(vec![folder.path().to_owned()]), &[]).unwrap();
    assert_eq!((read.records.len(), read.noted("file accounts.jsonl")), (0, 1));
}

#[test]
fn a_folder_without_the_accounts_is_refused() {
    let folder = folder(&[("people.csv", HEADER.as_bytes())]);
    let refused = read("points", Origin::Files(vec![folder.path().to_owned()]), &[]);
    assert!(matches!(refused, Err(OpenError::Missing(_))));
    let missing = read("points", Origin::Files(vec![folder.path().join("users.csv")]), &[]);
    assert!(matches!(missing, Err(OpenError::File { .. })));
}

#[test]
fn a_reader_that_is_left_early_ends() {
    let mut text = HEADER.to_owned();
    (1..5000).for_each(|id| text.push_str(&row(id)));
    let folder = folder(&[("users.csv", text.as_bytes())]);
    let source = vestibule_sources::Source {
        system: vestibule_sources::System::Named("points".to_owned()),
        origin: Origin::Files(vec![folder.path().join("users.csv")]),
        options: std::collections::BTreeMap::default(),
    };
    let first: Vec<_> = vestibule_sources::open(&source).unwrap().take(3).collect();
    assert!(first.iter().all(Result::is_ok));
    let all = vestibule_sources::open(&source).unwrap().count();
    assert_eq!(all, 4999);
}
