//! Maps of the operator's own.

use serde_json::json;
use vestibule_sources::{Gender, OpenError, Origin, Role, System};

use crate::reading::{Read, case, folder, read_from};

/// Reads a file by a map.
fn mapped(map: &str, name: &str, text: &str, options: &[(&str, &str)]) -> Result<Read, OpenError> {
    let folder = folder(&[("own.toml", map.as_bytes()), (name, text.as_bytes())]);
    let origin = Origin::Files(vec![folder.path().join(name)]);
    read_from(System::Mapped(folder.path().join("own.toml")), origin, options)
}

fn refusal(map: &str) -> String {
    mapped(map, "people.csv", "nr,mail\n1,a@example.com\n", &[])
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

const HEAD: &str = "name = \"own\"\nseen = \"made for a test\"\n[input]\ntable = \"people\"\n";

#[test]
fn a_map_can_say_all_that_a_record_has() {
    let map = format!(
        r#"{HEAD}
        [fields]
        source_id = "nr"
        email = {{ from = ["mail", "mail2"], trim = true }}
        username = "login"
        role = {{ from = "rank", values = {{ boss = "admin", aide = "moderator" }}, otherwise = "user" }}
        is_active = {{ from = "state", yes = ["on duty"], no = ["gone"] }}
        created_at = {{ from = "since", time = "seconds" }}
        updated_at = {{ from = "changed", time = "milliseconds" }}
        email_verified_at = {{ from = "since", time = "seconds", when = ["has mail", "rank != guest"] }}
        deleted_at = {{ from = "gone_at", zone = "Europe/Berlin" }}
        points = {{ constant = 5 }}
        gender = {{ from = "sex", values = {{ m = "man", f = "woman" }}, otherwise = "" }}
        display_name = {{ from = ["first", "last"], between = " " }}
        [fields.password]
        from = "pw"
        format = {{ constant = "gitea-pbkdf2" }}
        extra = {{ salt = "salt", passwd_hash_algo = {{ constant = "pbkdf2$10000$50" }} }}
        "#
    );
    let text = "nr,mail,mail2,login,rank,state,since,changed,gone_at,sex,first,last,pw,salt\n\
        1, a@example.com ,x,ann,boss,on duty,1767349800.5,1767349800123,2026-07-01 12:00:00,F,Ann,Lee,abcd,ef\n\
        2,,b@example.com,bo,guest,gone,0,0,,x,Bo,,,\n";
    let read = mapped(&map, "people.csv", text, &[]).unwrap();
    assert_eq!(read.bad, []);
    let ann = serde_json::to_value(&read.records[0]).unwrap();
    assert_eq!(
        ann,
        json!({
            "source_id": "1", "email": "a@example.com", "username": "ann", "display_name": "Ann Lee",
            "role": "admin", "is_active": true, "email_verified_at": "2026-01-02T10:30:00.5Z",
            "created_at": "2026-01-02T10:30:00.5Z", "updated_at": "2026-01-02T10:30:00.123Z",
            "deleted_at": "2026-07-01T10:00:00Z", "points": 5, "gender": "woman", "password_hash": "abcd",
            "hash_format": "gitea-pbkdf2", "hash_extra": {"salt": "ef", "passwd_hash_algo": "pbkdf2$10000$50"},
        })
    );
    let bo = &read.records[1];
    assert_eq!(
        (bo.email.as_deref(), bo.role, bo.is_active),
        (Some("b@example.com"), Some(Role::User), Some(false))
    );
    assert_eq!((bo.email_verified_at, bo.gender, bo.password_hash.as_ref()), (None, None::<Gender>, None));
}

#[test]
fn paths_lead_through_json_and_through_json_in_texts() {
    let map = format!(
        r#"{HEAD}
        [fields]
        email = "login.mails[kind=main].address"
        role = {{ from = "groups[*].name", values = {{ admins = "admin" }}, otherwise = "user" }}
        [fields.password]
        from = "secret.hash"
        format = {{ prefixes = {{ "$2b$" = "bcrypt-2b" }} }}
        "#
    );
    let row = json!({
        "login": {"mails": [{"kind": "old", "address": "o@example.com"}, {"kind": "main", "address": "a@example.com"}]},
        "groups": [{"name": "all"}, {"name": "admins"}],
        "secret": "{\"hash\": \"$2b$12$x\"}",
    });
    let read = mapped(&map, "people.jsonl", &format!("{row}\n"), &[]).unwrap();
    let record = &read.records[0];
    assert_eq!((record.email.as_deref(), record.role), (Some("a@example.com"), Some(Role::Admin)));
    assert_eq!(record.password_hash, Some("$2b$12$x".into()));
}

#[test]
fn a_map_that_names_what_is_not_there_is_refused_in_a_sentence() {
    let cases = [
        (
            "[fields]\nemail = \"adress\"",
            "there is no column `adress`, which email is read from; the columns are nr, mail",
        ),
        ("[fields]\nemial = \"mail\"", "unknown field `emial`"),
        ("[fields]\nemail = { form = \"mail\" }", "unknown field `form`"),
        ("[fields]\nemail = { option = \"salt\" }", "takes the option `salt`, which `options` does not name"),
        ("[fields]\nemail = { from = \"mail\", constant = \"x\" }", "more than one of"),
        ("[fields]\nemail = {}", "has neither"),
        ("[fields]\ncreated_at = { from = \"nr\", zone = \"Mars/Base\" }", "names the time zone `Mars/Base`"),
        ("[fields]\ncreated_at = { from = \"nr\", time = \"weeks\" }", "unknown variant `weeks`"),
        (
            "[fields]\nis_active = { when = \"not banned\" }",
            "there is no column `banned`, which decides on is_active",
        ),
        ("[fields]\nemail = \"mail[\"", "`mail[` is no path"),
        ("[fields]\nemail = \"mail\"\n[contacts]\njoin = \"friends\"", "there is no such join"),
        (
            "[[join]]\nname = \"a\"\ntable = \"a\"\nkey = \"k\"\non = \"b.k\"\n[[join]]\nname = \"b\"\ntable = \"b\"\nkey = \"k\"\non = \"nr\"\n[fields]",
            "must stand before it",
        ),
        (
            "[[join]]\nname = \"a\"\ntable = \"friends\"\nkey = \"k\"\non = \"nr\"\nrequired = true\n[fields]",
            "there is no table `friends`",
        ),
    ];
    for (map, sentence) in cases {
        let refused = refusal(&format!("{HEAD}{map}\n"));
        assert!(refused.contains(sentence), "{map}\n{refused}");
    }
}

#[test]
fn a_column_that_json_rows_lack_is_a_bad_row_unless_it_is_optional() {
    let text = "{\"mail\":\"a@example.com\"}\n{\"nr\":2}\n";
    let strict = mapped(&format!("{HEAD}[fields]\nemail = \"mail\"\n"), "people.jsonl", text, &[]).unwrap();
    assert_eq!(strict.records.len(), 1);
    assert_eq!(strict.bad[0].reason, "there is no `mail`, which email is read from");
    let lenient = "[fields]\nemail = { from = \"mail\", optional = true }\n";
    assert_eq!(mapped(&format!("{HEAD}{lenient}"), "people.jsonl", text, &[]).unwrap().records.len(), 2);
}

#[test]
fn options_that_are_missing_or_unknown_are_refused() {
    let map = format!(
        "{HEAD}[options.salt]\nabout = \"the salt of the installation\"\nrequired = true\n[fields]\nsource_id = \"nr\"\n"
    );
    let read = |options: &[(&str, &str)]| {
        mapped(&map, "people.csv", "nr\n1\n", options).map(|read| read.records.len())
    };
    let refused = |options: &[(&str, &str)]| read(options).err().unwrap().to_string();
    assert_eq!(refused(&[]), "own needs the option `salt`: the salt of the installation");
    assert!(refused(&[("salt", ""), ("pepper", "")]).contains("knows no option `pepper`; its options: salt"));
    assert_eq!(read(&[("salt", "")]).unwrap(), 1);
    let zone = format!("{HEAD}[options.zone]\nabout = \"the zone\"\n[fields]\nsource_id = \"nr\"\n");
    let refused = mapped(&zone, "people.csv", "nr\n1\n", &[("zone", "Nowhere")]).err().unwrap().to_string();
    assert!(refused.contains("no time zone `Nowhere`"), "{refused}");
}

#[test]
fn a_query_stands_for_the_table_of_a_database() {
    let map = "name = \"own\"\nseen = \"made for a test\"\n[input]\ntable = \"users\"\n\
        query = \"SELECT uuid AS nr, upper(username) AS login FROM users WHERE status = 0\"\n\
        [fields]\nsource_id = \"nr\"\nusername = \"login\"\n";
    let folder = folder(&[("own.toml", map.as_bytes())]);
    let origin = Origin::Database(format!("sqlite:{}", case("mobile", "mobile.sqlite").display()));
    let read = read_from(System::Mapped(folder.path().join("own.toml")), origin, &[]).unwrap();
    let names: Vec<_> = read.records.iter().filter_map(|record| record.username.as_deref()).collect();
    assert_eq!(names, ["BRAM", "OFF"]);
}

#[test]
fn a_name_that_no_map_has_is_refused_with_those_that_there_are() {
    let origin = Origin::Files(Vec::new());
    let refused = read_from(System::Named("mambo".to_owned()), origin, &[]).err().unwrap().to_string();
    assert!(refused.contains("`mambo`") && refused.contains("wordpress"), "{refused}");
}

#[test]
fn the_map_of_the_documentation_can_be_read_and_every_system_is_in_it() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/migration-sources.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    let map = docs.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let text = "id,mail,old_mail,first,last,rank_id,confirmed,banned_at,since,pw,pw_salt,newsletter\n\
        1,,a@example.com,Ann,Lee,1,t,,1767349800,$2y$10$x,ef,yes\n";
    let read = mapped(map, "customers.csv", text, &[]).unwrap();
    assert_eq!(read.records[0].hash_format.as_deref(), Some("bcrypt-2y"));
    assert_eq!(read.records[0].is_active, Some(true));
    let note = read.notes.iter().find(|note| note.what == "values of `newsletter`").unwrap();
    assert_eq!(note.to_string(), "values of `newsletter`: 1, stays with the shop");
    for name in vestibule_sources::names() {
        assert!(docs.contains(&format!("`{name}`")) || docs.contains(&format!("### {name}\n")), "{name}");
    }
}
