//! The admin original.

use vestibule_sources::{OpenError, Origin, Role};

use crate::reading::{accounts, case, folder, id, original, read};

const FORMS: [&[&str]; 2] =
    [&["users.canonical.jsonl", "trash.canonical.jsonl"], &["users.relaxed.jsonl", "trash.relaxed.jsonl"]];

#[test]
fn each_form_of_the_admin_original_gives_every_account_as_it_was_made() {
    for form in FORMS {
        let read = original("admin", form);
        assert_eq!((read.records.len(), read.bad.len()), (25, 0), "{form:?}");
        for account in accounts("admin", "accounts.jsonl") {
            let record = read.by_id(&id(&account["id"]));
            assert_eq!(record.email.as_deref(), account["login"].as_str());
            let state = account["state"].as_str().unwrap();
            let role = if state.starts_with("admin") { Role::Admin } else { Role::User };
            assert_eq!((record.role, record.is_active), (Some(role), Some(true)));
            assert_eq!(record.deleted_at.is_some(), state.contains("deleted"), "{state}");
            assert_eq!(record.trash_reason.is_some(), state.contains(", in trash"), "{state}");
            assert_eq!(record.avatar.is_some(), state.contains("picture"), "{state}");
            assert_eq!(record.hash_format.as_deref(), Some("bcrypt-2b"));
        }
    }
}

#[test]
fn canonical_and_relaxed_extended_json_give_equal_records() {
    assert_eq!(original("admin", FORMS[0]).by_ids(), original("admin", FORMS[1]).by_ids());
}

#[test]
fn a_json_list_gives_equal_records() {
    let list = |file: &str| {
        let text = std::fs::read_to_string(case("admin", file)).unwrap();
        format!("[{}]", text.lines().collect::<Vec<_>>().join(",\n"))
    };
    let (users, trash) = (list("users.relaxed.jsonl"), list("trash.relaxed.jsonl"));
    let folder = folder(&[("users.json", users.as_bytes()), ("trash.json", trash.as_bytes())]);
    let read = read("admin", Origin::Files(vec![folder.path().to_owned()]), &[]).unwrap();
    assert_eq!(read.by_ids(), original("admin", FORMS[1]).by_ids());
}

#[test]
fn a_hash_in_bson_binary_is_the_text_of_its_bytes() {
    let read = original("admin", FORMS[0]);
    for account in accounts("admin", "accounts.jsonl").into_iter().take(2) {
        let hash = read.by_id(&id(&account["id"])).password_hash.clone().unwrap();
        assert!(bcrypt::verify(account["password"].as_str().unwrap(), hash.as_str().unwrap()).unwrap());
    }
}

#[test]
fn a_binary_of_an_older_mongoexport_is_read_too() {
    let user = br#"{"_id":{"$oid":"a"},"email":"a@example.com","username":"a","password":{"$binary":"JDJiJDEyJGFi","$type":"00"},"created_at":{"$date":"2026-01-01T00:00:00Z"},"role":"regular","is_deleted":false,"updated_at":null}"#;
    let folder = folder(&[("users.json", user), ("trash.json", b"")]);
    let read = read("admin", Origin::Files(vec![folder.path().to_owned()]), &[]).unwrap();
    assert_eq!(read.records[0].password_hash, Some("$2b$12$ab".into()));
}

#[test]
fn dates_labelled_utc_are_local_times_of_the_server() {
    let origin = || Origin::Files(FORMS[0].iter().map(|file| case("admin", file)).collect());
    let utc = read("admin", origin(), &[]).unwrap();
    let kolkata = read("admin", origin(), &[("zone", "Asia/Kolkata")]).unwrap();
    let id = "6b0a10f7a60431b3419dffc3";
    let moved = utc.by_id(id).created_at.unwrap() - kolkata.by_id(id).created_at.unwrap();
    assert_eq!(moved, time::Duration::minutes(330));
}

#[test]
fn a_user_who_was_deleted_for_good_comes_into_the_trash_without_a_reason() {
    let read = original("admin", FORMS[1]);
    let purged =
        read.records.iter().find(|record| record.email.as_deref() == Some("purged@example.com")).unwrap();
    assert_eq!(purged.deleted_at, purged.updated_at.or(purged.created_at));
    assert_eq!(purged.trash_reason, None);
}

#[test]
fn a_restored_user_is_like_any_other() {
    let read = original("admin", FORMS[1]);
    let back =
        read.records.iter().find(|record| record.email.as_deref() == Some("back@example.com")).unwrap();
    assert_eq!((back.deleted_at, &back.trash_reason), (None, &None));
}

#[test]
fn reasons_may_be_empty_or_have_lines() {
    let read = original("admin", FORMS[0]);
    let reason = |email: &str| {
        read.records
            .iter()
            .find(|record| record.email.as_deref() == Some(email))
            .unwrap()
            .trash_reason
            .clone()
    };
    assert_eq!(reason("gone1@example.com").as_deref(), Some("spam, \"quoted\"\n<b>"));
    assert_eq!(reason("gone2@example.com").as_deref(), Some(""));
}

#[test]
fn names_that_differ_in_case_alone_stay_two_and_an_empty_one_is_none() {
    let read = original("admin", FORMS[0]);
    let names: Vec<_> = read.records.iter().filter_map(|record| record.username.as_deref()).collect();
    assert!(names.contains(&"annakeel") && names.contains(&"ANNAKEEL"));
    assert_eq!(names.len(), 24);
}

#[test]
fn users_without_the_trash_are_refused() {
    let origin = Origin::Files(vec![case("admin", "users.relaxed.jsonl")]);
    let Err(OpenError::Missing(sentence)) = read("admin", origin, &[]) else { panic!("it was read") };
    assert!(sentence.contains("`trash`"), "{sentence}");
}

#[test]
fn file_names_of_pictures_are_given_as_they_are() {
    let read = original("admin", FORMS[0]);
    let pictures: Vec<_> = read.records.iter().filter_map(|record| record.avatar.as_deref()).collect();
    assert!(pictures.contains(&"my photo_0d14a9f68c2948d99ebdb724c50ac09a.png"));
    assert!(pictures.contains(&"ä ö.png_c72ff3f464aa44b28c72bc5ffd8e2ce3.png"));
}
