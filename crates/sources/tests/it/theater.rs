//! The theater original.

use vestibule_sources::{Gender, OpenError, Origin, Record, Role};

use crate::reading::{Read, accounts, case, folder, id, original, read};

const SQLITE: [&[&str]; 5] = [
    &["theater.sqlite"],
    &["theater.dump.sql"],
    &[
        "users.csv",
        "user_groups.csv",
        "user_profiles.csv",
        "activation_tokens.csv",
        "password_reset_tokens.csv",
    ],
    &["users.json", "user_groups.json", "activation_tokens.json"],
    &["users.jsonl", "user_groups.jsonl", "activation_tokens.jsonl"],
];
const POSTGRES: [&[&str]; 3] =
    [&["theater.pg.copy.sql"], &["theater.pg.inserts.sql"], &["users.pg.csv", "user_groups.csv"]];

fn check(read: &Read, accounts: &[serde_json::Value]) {
    assert_eq!((read.records.len(), read.bad.len()), (accounts.len(), 0));
    for account in accounts {
        let record = read.by_id(&id(&account["id"]));
        assert_eq!(record.email.as_deref(), account["login"].as_str());
        let active = account["state"] == "active";
        assert_eq!((record.is_active, record.role), (Some(active), Some(Role::User)));
        assert_eq!(record.email_verified_at.is_some(), active);
        assert!(record.created_at.unwrap() <= record.updated_at.unwrap());
        assert_eq!(record.hash_format.as_deref(), Some("bcrypt-2b"));
        assert!(record.password_hash.as_ref().unwrap().as_str().unwrap().starts_with("$2b$14$"));
    }
}

#[test]
fn each_form_of_the_theater_original_gives_every_account_as_it_was_made() {
    for form in SQLITE {
        check(&original("theater", form), &accounts("theater", "accounts.jsonl"));
    }
    for form in POSTGRES {
        check(&original("theater", form), &accounts("theater", "accounts.pg.jsonl"));
    }
}

#[test]
fn all_forms_of_the_theater_original_give_equal_records() {
    for forms in [&SQLITE[..], &POSTGRES[..]] {
        let first = original("theater", forms[0]).by_ids();
        for form in &forms[1..] {
            assert_eq!(original("theater", form).by_ids(), first, "{form:?}");
        }
    }
}

#[test]
fn times_of_postgres_have_a_zone_and_microseconds() {
    let read = original("theater", POSTGRES[0]);
    let created = read.by_id("1").created_at.unwrap();
    assert_eq!((created.hour(), created.microsecond()), (23, 390_710));
}

#[test]
fn a_hash_of_a_password_over_72_bytes_is_kept() {
    let read = original("theater", SQLITE[0]);
    let long =
        read.records.iter().find(|record| record.email.as_deref() == Some("long.one@example.com")).unwrap();
    let hash = long.password_hash.clone().unwrap();
    let password = format!("Quiet9!{}A", "river-stone ".repeat(8));
    assert!(bcrypt::verify(&password.as_bytes()[..72], hash.as_str().unwrap()).unwrap());
}

#[test]
fn an_empty_file_is_an_empty_table() {
    assert_eq!(std::fs::read(case("theater", "user_profiles.csv")).unwrap(), b"");
    assert_eq!(original("theater", SQLITE[2]).records.len(), 25);
}

#[test]
fn tokens_are_told_of_and_not_carried_over() {
    let read = original("theater", SQLITE[0]);
    assert_eq!(read.noted("rows of `activation_tokens`"), 2);
    assert_eq!(read.noted("rows of `password_reset_tokens`"), 1);
    assert!(read.noted("rows of `refresh_tokens`") > 5);
    let files = original("theater", SQLITE[2]);
    assert_eq!(files.noted("rows of `activation_tokens`"), 2);
}

#[test]
fn roles_are_joined_by_the_names_of_groups_whatever_their_ids() {
    let users = b"id,email,hashed_password,is_active,created_at,updated_at,group_id\n\
        1,a@example.com,$2b$14$a,1,2026-01-01 00:00:00,2026-01-01 00:00:00,30\n\
        2,b@example.com,$2b$14$b,0,2026-01-01 00:00:00,2026-01-01 00:00:00,20\n\
        3,c@example.com,$2b$14$c,t,2026-01-01 00:00:00,2026-01-01 00:00:00,10\n\
        4,d@example.com,$2b$14$d,t,2026-01-01 00:00:00,2026-01-01 00:00:00,11\n";
    let groups = b"id,name\n30,USER\n10,ADMIN\n20,MODERATOR\n11,OWNER\n";
    let folder = folder(&[("users.csv", users), ("user_groups.csv", groups)]);
    let read = read("theater", Origin::Files(vec![folder.path().to_owned()]), &[]).unwrap();
    let roles: Vec<_> = read.records.iter().map(|record| record.role.unwrap()).collect();
    assert_eq!(roles, [Role::User, Role::Moderator, Role::Admin]);
    assert_eq!((read.bad.len(), read.bad[0].line()), (1, 5));
    assert_eq!(read.bad[0].to_string(), "users.csv, line 5: role has a value that the map does not know");
}

#[test]
fn users_without_their_groups_are_refused() {
    let origin = Origin::Files(vec![case("theater", "users.csv")]);
    let Err(OpenError::Missing(sentence)) = read("theater", origin, &[]) else { panic!("it was read") };
    assert!(sentence.contains("`user_groups`"), "{sentence}");
}

#[test]
fn profiles_give_the_name_the_gender_and_the_picture() {
    let users = b"id,email,hashed_password,is_active,created_at,updated_at,group_id\n\
        1,a@example.com,$2b$14$a,1,2026-01-01 00:00:00,2026-01-01 00:00:00,1\n";
    let profiles = b"id,first_name,last_name,avatar,gender,date_of_birth,info,user_id\n\
        1,Ann,Lee,avatars/1.png,WOMAN,1990-01-01,hello,1\n\
        2,Bo,,,MAN,,,99\n";
    let folder = folder(&[
        ("users.csv", users),
        ("user_groups.csv", b"id,name\n1,USER\n"),
        ("user_profiles.csv", profiles),
    ]);
    let read = read("theater", Origin::Files(vec![folder.path().to_owned()]), &[]).unwrap();
    let Record { display_name, gender, avatar, .. } = &read.records[0];
    assert_eq!(display_name.as_deref(), Some("Ann Lee"));
    assert_eq!((*gender, avatar.as_deref()), (Some(Gender::Woman), Some("avatars/1.png")));
    assert_eq!(read.noted("values of `profile.date_of_birth`"), 1);
    assert_eq!(read.noted("profiles of no account"), 1);
}
