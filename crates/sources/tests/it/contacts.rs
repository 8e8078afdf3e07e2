//! The contacts original.

use vestibule_sources::Record;

use crate::reading::{accounts, case, id, original};

const FORMS: [&[&str]; 3] =
    [&["contacts.copy.sql"], &["contacts.inserts.sql"], &["users.csv", "contacts.csv"]];

#[test]
fn each_form_of_the_contacts_original_gives_every_account_as_it_was_made() {
    for form in FORMS {
        let read = original("contacts", form);
        assert_eq!((read.records.len(), read.bad.len()), (25, 0), "{form:?}");
        for account in accounts("contacts", "accounts.jsonl") {
            let record = read.by_id(&id(&account["id"]));
            let (login, sent) = (account["login"].as_str().unwrap(), &account["sent"]);
            assert_eq!(
                record.email.as_deref(),
                Some(login.trim()).filter(|login| !login.is_empty()),
                "{form:?}"
            );
            assert_eq!(record.display_name.as_deref(), sent["username"].as_str());
            let confirmed = !account["state"].as_str().unwrap().starts_with("not confirmed");
            assert_eq!(record.is_active, Some(confirmed));
            assert_eq!(record.email_verified_at, record.created_at.filter(|_| confirmed));
            assert_eq!(record.created_at.unwrap().year(), 2026);
            assert_eq!(record.hash_format.as_deref(), Some("bcrypt-2b"));
            assert_eq!(record.password_hash.as_ref().unwrap().as_str().unwrap().len(), 60);
        }
        let contacts: usize = read.records.iter().map(|record| record.contacts.len()).sum();
        assert_eq!(contacts, 17, "{form:?}");
    }
}

#[test]
fn all_forms_of_the_contacts_original_give_equal_records() {
    let first = original("contacts", FORMS[0]).by_ids();
    for form in &FORMS[1..] {
        assert_eq!(original("contacts", form).by_ids(), first, "{form:?}");
    }
}

#[test]
fn passwords_of_one_character_have_their_hash() {
    let read = original("contacts", &["contacts.copy.sql"]);
    for (id, password) in [("12", "4"), ("13", "E")] {
        let hash = read.by_id(id).password_hash.clone().unwrap();
        assert!(bcrypt::verify(password, hash.as_str().unwrap()).unwrap());
    }
}

#[test]
fn restrict_lines_and_setval_in_a_dump_are_passed_over() {
    for dump in ["contacts.copy.sql", "contacts.inserts.sql"] {
        let text = std::fs::read_to_string(case("contacts", dump)).unwrap();
        assert!(text.contains("\\restrict") && text.contains("\\unrestrict") && text.contains("setval"));
        assert!(original("contacts", &[dump]).bad.is_empty());
    }
}

#[test]
fn contacts_that_stand_before_their_users_find_them() {
    let read = original("contacts", &["contacts.copy.sql"]);
    assert_eq!(read.by_id("1").contacts.len(), 7);
    assert_eq!(read.by_id("16").contacts.len(), 6);
    assert_eq!(read.noted("contacts of no account"), 0);
}

#[test]
fn texts_that_look_like_null_are_texts() {
    for form in FORMS {
        let read = original("contacts", form);
        let contacts = &read.by_id("1").contacts;
        let backslash = &contacts[5];
        assert_eq!(backslash.additional.as_deref(), Some("\\N"), "{form:?}");
        assert_eq!(backslash.avatar.as_deref(), Some("\\N"));
        let null = &contacts[6];
        assert_eq!((null.fullname.as_deref(), null.avatar.as_deref()), (Some("NULL"), Some("None")));
        assert_eq!(contacts[3].additional.as_deref(), Some(""));
        assert_eq!(contacts[4].fullname.as_deref(), Some("Fogg, \"Phil\"\nJr"));
        assert!(contacts[4].additional.as_deref().unwrap().contains('\n'));
        assert!(contacts[4].additional.as_deref().unwrap().contains("\\ backslash 'quote'"));
    }
}

#[test]
fn phone_numbers_are_integers_negative_ones_and_zero_among_them() {
    let contacts = original("contacts", &["users.csv", "contacts.csv"]).by_id("1").contacts.clone();
    let numbers: Vec<_> = contacts.iter().filter_map(|contact| contact.phone_number).collect();
    assert_eq!(numbers, [102_030_405, 2_147_483_647, -1, 0, 7, 8, 9]);
}

#[test]
fn birthdays_at_the_ends_of_the_calendar_are_kept() {
    let read = original("contacts", &["contacts.inserts.sql"]);
    let birthdays: Vec<_> = read
        .records
        .iter()
        .flat_map(|record| &record.contacts)
        .filter_map(|contact| contact.birthday.as_deref())
        .collect();
    for day in ["0001-01-01", "9999-12-31", "2024-02-29", "1904-02-29"] {
        assert!(birthdays.contains(&day), "{day}");
    }
}

#[test]
fn a_bad_contact_and_one_of_nobody_are_told_of_and_their_user_is_kept() {
    let users = b"id,username,email,password,created_at,refresh_token,confirmed\n\
        1,ann,a@example.com,$2b$12$a,,,\n";
    let contacts = b"id,fullname,email,phone_number,birthday,additional,user_id,avatar\n\
        1,Bo,,1,2023-02-29,,1,\n2,Cy,,2,2024-02-29,,1,\n3,Di,,3,2024-02-29,,,\n4,Ed,,4,2024-02-29,,9,\n";
    let folder = crate::reading::folder(&[("users.csv", users), ("contacts.csv", contacts)]);
    let origin = vestibule_sources::Origin::Files(vec![folder.path().to_owned()]);
    let read = crate::reading::read("contacts", origin, &[]).unwrap();
    assert_eq!((read.records.len(), read.records[0].contacts.len()), (1, 1));
    let told = read.bad[0].to_string();
    assert_eq!(told, "users.csv, line 2: a contact of this account: contacts.birthday is no date");
    assert_eq!(read.noted("contacts of no account"), 2);
    // NULL in `confirmed` is of rows older than the column: the original does not let them in.
    assert_eq!((read.records[0].is_active, read.records[0].created_at), (Some(false), None));
}

#[test]
fn refresh_tokens_and_the_schemas_version_are_told_of() {
    let read = original("contacts", &["contacts.copy.sql"]);
    assert_eq!(read.noted("values of `refresh_token`"), 9);
    assert_eq!(read.noted("rows of `alembic_version`"), 1);
}

#[test]
fn an_address_is_never_checked_here() {
    let read = original("contacts", &["contacts.copy.sql"]);
    assert_eq!(read.by_id("9").email.as_deref(), Some("not an address"));
    assert_eq!(read.by_id("10").email, None);
    assert_eq!(read.by_id("7").email.as_deref(), Some("blank.user@example.com"));
    assert_eq!(read.by_id("25").email.as_deref(), Some("c\u{1}@example.com"));
}

#[test]
fn times_without_a_zone_are_of_the_zone_that_is_named() {
    let origin = || vestibule_sources::Origin::Files(vec![case("contacts", "contacts.copy.sql")]);
    let utc = crate::reading::read("contacts", origin(), &[]).unwrap();
    let kyiv = crate::reading::read("contacts", origin(), &[("zone", "Europe/Kyiv")]).unwrap();
    let created = |record: &Record| record.created_at.unwrap();
    assert_eq!(created(utc.by_id("1")) - created(kyiv.by_id("1")), time::Duration::hours(2));
}
