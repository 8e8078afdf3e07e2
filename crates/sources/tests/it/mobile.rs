//! The mobile original.

use vestibule_sources::{Gender, Role};

use crate::reading::{accounts, case, id, lines, original};

const FORMS: [&str; 6] =
    ["users.csv", "users.json", "users.jsonl", "mobile.sqlite", "mobile.dump.sql", "mobile.mariadb.sql"];

#[test]
fn each_form_of_the_mobile_original_gives_every_account_as_it_was_made() {
    let rows = lines(&case("mobile", "users.jsonl"));
    for form in FORMS {
        let read = original("mobile", &[form]);
        assert_eq!((read.records.len(), read.bad.len()), (25, 0), "{form}");
        for account in accounts("mobile", "accounts.jsonl") {
            let record = read.by_id(&id(&account["id"]));
            let login = account["login"].as_str().unwrap();
            assert_eq!(record.username.as_deref(), Some(login).filter(|login| !login.is_empty()), "{form}");
            assert_eq!(record.is_active, Some(account["state"] == "active"));
            assert_eq!(record.role, Some(Role::User));
            let row = rows.iter().find(|row| row["uuid"] == account["id"]).unwrap();
            assert_eq!(record.password_hash.as_ref(), Some(&row["password"]));
            assert_eq!(record.mobile.as_deref(), row["mobile"].as_str().filter(|mobile| !mobile.is_empty()));
            assert_eq!(record.hash_format.as_deref(), Some("md5-salt-key"));
        }
    }
}

#[test]
fn all_forms_of_the_mobile_original_give_equal_records() {
    let first = original("mobile", &[FORMS[0]]).by_ids();
    for form in &FORMS[1..] {
        assert_eq!(original("mobile", &[form]).by_ids(), first, "{form}");
    }
}

#[test]
fn names_that_differ_in_case_or_in_unicode_form_stay_two_and_an_empty_one_is_none() {
    let read = original("mobile", &["users.csv"]);
    let names: Vec<_> = read.records.iter().filter_map(|record| record.username.as_deref()).collect();
    for name in ["anna.keel", "ANNA.KEEL", "olaf", "olaf ", "café", "cafe\u{301}", "fogg, \"phil\"\njr"] {
        assert!(names.contains(&name), "{name}");
    }
    assert_eq!(names.len(), 24);
}

#[test]
fn the_salt_that_is_in_no_table_is_told_of_and_is_in_no_record() {
    let read = original("mobile", &["mobile.sqlite"]);
    assert_eq!(read.noted("passwords that need the key SALT_KEY"), 25);
    assert!(read.records.iter().all(|record| record.hash_extra.is_empty()));
}

#[test]
fn another_name_of_the_key_is_put_beside_each_hash() {
    let origin = vestibule_sources::Origin::Files(vec![case("mobile", "users.csv")]);
    let read = crate::reading::read("mobile", origin, &[("import_key", "OLD_SALT")]).unwrap();
    assert_eq!(read.records[0].hash_extra["import_key"], "OLD_SALT");
    assert_eq!(read.noted("passwords that need the key OLD_SALT"), 25);
}

#[test]
fn genders_that_are_neither_are_left_and_told_of() {
    let read = original("mobile", &["users.jsonl"]);
    let genders: Vec<_> = read.records.iter().filter_map(|record| record.gender).collect();
    assert_eq!(genders, [Gender::Woman, Gender::Woman, Gender::Man]);
    assert_eq!(read.noted("values of gender that are unknown here"), 1);
}

#[test]
fn an_address_that_is_null_is_none_and_blanks_round_one_are_taken_off() {
    let read = original("mobile", &["users.csv"]);
    assert!(read.records.iter().filter(|record| record.email.is_none()).count() > 10);
    assert!(
        read.records.iter().filter_map(|record| record.email.as_deref()).all(|email| email.trim() == email)
    );
    assert_eq!(read.noted("email with blanks at the ends"), 1);
}

#[test]
fn equal_passwords_have_equal_hashes() {
    let read = original("mobile", &["users.csv"]);
    let hash = |name: &str| {
        read.records
            .iter()
            .find(|record| record.username.as_deref() == Some(name))
            .unwrap()
            .password_hash
            .clone()
    };
    assert_eq!(hash("same1"), hash("same2"));
}
