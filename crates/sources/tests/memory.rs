//! Memory stays flat, however many rows there are. It is a program of its own, so that nothing else uses memory.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "it is a test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use vestibule_sources::{Origin, Source, System, open};

const ROWS: usize = 30_000;

/// The most memory that this process ever had, in KiB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn write(file: &Path, head: &str, row: impl Fn(usize) -> String, tail: &str) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    out.write_all(head.as_bytes()).unwrap();
    (0..ROWS).for_each(|number| out.write_all(row(number).as_bytes()).unwrap());
    out.write_all(tail.as_bytes()).unwrap();
}

fn count(name: &str, file: &Path) -> (usize, usize) {
    let source = Source {
        system: System::Named(name.to_owned()),
        origin: Origin::Files(vec![file.to_owned()]),
        options: BTreeMap::new(),
    };
    open(&source)
        .unwrap()
        .map(|row| row.unwrap().contacts.len())
        .fold((0, 0), |(rows, all), one| (rows + 1, all + one))
}

#[test]
fn each_form_is_read_in_less_memory_than_it_is_long() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let long = "x".repeat(400);
    let header = "id,username,email,password_hash,phone_number,points\n";
    write(
        &path("users.csv"),
        header,
        |n| format!("{n},{long},a{n}@example.com,$5$rounds=535000$a$b,,{n}\n"),
        "",
    );
    let object = |n: usize| {
        format!(
            "{{\"id\":{n},\"username\":\"{long}\",\"email\":\"a{n}@example.com\",\
             \"password_hash\":\"$5$rounds=535000$a$b\",\"phone_number\":null,\"points\":1}}"
        )
    };
    write(&path("users.jsonl"), "", |n| object(n) + "\n", "");
    write(&path("users.json"), "[\n", |n| object(n) + if n + 1 == ROWS { "\n" } else { ",\n" }, "]\n");
    // The contacts stand before their users, so they are put aside.
    let mut contacts = String::from(
        "COPY public.contacts (id, fullname, email, phone_number, birthday, additional, user_id, avatar) FROM stdin;\n",
    );
    for n in 0..ROWS {
        writeln!(contacts, "{n}\t{long}\t\\N\t1\t1990-01-01\t{long}\t{n}\t\\N").unwrap();
    }
    contacts.push_str("\\.\nCOPY public.users (id, username, email, password, created_at, refresh_token, confirmed) FROM stdin;\n");
    write(
        &path("dump.sql"),
        &contacts,
        |n| format!("{n}\tx\ta{n}@example.com\t$2b$12$x\t2026-01-01 00:00:00\t\\N\tt\n"),
        "\\.\n",
    );
    drop(contacts);
    let before = peak();
    for (name, file, contacts) in [
        ("points", "users.csv", 0),
        ("points", "users.jsonl", 0),
        ("points", "users.json", 0),
        ("contacts", "dump.sql", ROWS),
    ] {
        let size = usize::try_from(std::fs::metadata(path(file)).unwrap().len()).unwrap() / 1024;
        assert_eq!(count(name, &path(file)), (ROWS, contacts));
        let grown = peak().saturating_sub(before);
        assert!(grown < size / 2 && grown < 24 * 1024, "{file}: {grown} KiB more, and it has {size} KiB");
    }
}
