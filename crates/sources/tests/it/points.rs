//! The points original.

use vestibule_sources::{Origin, Role};

use crate::reading::{accounts, case, id, original, read};

const FORMS: [&str; 5] = ["users.csv", "users.json", "users.jsonl", "points.sqlite", "points.dump.sql"];

#[test]
fn each_form_of_the_points_original_gives_every_account_as_it_was_made() {
    for form in FORMS {
        let read = original("points", &[form]);
        assert_eq!((read.records.len(), read.bad.len()), (25, 0), "{form}");
        for account in accounts("points", "accounts.jsonl") {
            let record = read.by_id(&id(&account["id"]));
            let (login, sent) = (account["login"].as_str().unwrap(), &account["sent"]);
            assert_eq!(record.email.as_deref(), Some(login.trim()), "{form}");
            assert_eq!(
                record.display_name.as_deref(),
                sent["username"].as_str().filter(|name| !name.is_empty())
            );
            assert_eq!(record.phone_number.as_deref(), sent["phone"].as_str());
            assert_eq!((record.is_active, record.role), (Some(true), Some(Role::User)));
            let state = account["state"].as_str().unwrap();
            let points = state.strip_prefix("points ").unwrap();
            let points = points.parse().unwrap_or(i64::MAX);
            assert_eq!(record.points, Some(points), "{form} {state}");
            let hash = record.password_hash.as_ref().unwrap().as_str().unwrap();
            assert!(hash.starts_with("$5$rounds=535000$"));
            assert_eq!(record.hash_format.as_deref(), Some("sha256-crypt"));
            assert!(record.hash_extra.is_empty());
        }
    }
}

#[test]
fn all_forms_of_the_points_original_give_equal_records() {
    let first = original("points", &[FORMS[0]]).by_ids();
    for form in &FORMS[1..] {
        assert_eq!(original("points", &[form]).by_ids(), first, "{form}");
    }
}

#[test]
fn addresses_that_differ_in_case_alone_stay_two() {
    let read = original("points", &["users.csv"]);
    let same = |record: &&vestibule_sources::Record| {
        record.email.as_deref().unwrap().eq_ignore_ascii_case("ana.castel@example.com")
    };
    assert_eq!(read.records.iter().filter(same).count(), 2);
}

#[test]
fn an_address_that_ends_in_a_newline_comes_without_it_and_is_told() {
    for form in FORMS {
        let read = original("points", &[form]);
        assert!(read.records.iter().any(|record| record.email.as_deref() == Some("dora.quill@example.com")));
        assert_eq!(read.noted("email with blanks at the ends"), 1, "{form}");
    }
}

#[test]
fn a_balance_that_went_through_a_float_is_whole_and_one_beyond_64_bits_is_told() {
    for form in FORMS {
        let read = original("points", &[form]);
        let points = |email: &str| {
            read.records.iter().find(|record| record.email.as_deref() == Some(email)).unwrap().points.unwrap()
        };
        assert_eq!(points("ivo@example.com"), 2_147_483_648);
        assert_eq!(points("jun@example.com"), 9_007_199_254_740_992);
        assert_eq!(points("kira@example.com"), i64::MAX);
        assert_eq!(read.noted("points beyond 64 bits"), 1, "{form}");
    }
}

#[test]
fn date_and_time_of_the_servers_start_are_not_taken_for_the_sign_up() {
    let read = original("points", &["users.csv"]);
    assert!(read.records.iter().all(|record| record.created_at.is_none()));
    assert_eq!((read.noted("values of `date`"), read.noted("values of `time`")), (25, 25));
}

#[test]
fn blanks_newlines_and_quotes_in_names_are_kept() {
    let read = original("points", &["users.csv"]);
    let names: Vec<_> = read.records.iter().filter_map(|record| record.display_name.as_deref()).collect();
    assert!(names.iter().any(|name| name.contains('\n') && name.contains('"')));
    assert!(names.iter().any(|name| name.starts_with('\t')));
    assert!(names.iter().any(|name| name.ends_with(' ')));
}

#[test]
fn a_sqlite_file_is_read_by_its_url_too() {
    let url = format!("sqlite:{}", case("points", "points.sqlite").display());
    let by_url = read("points", Origin::Database(url), &[]).unwrap();
    assert_eq!(by_url.by_ids(), original("points", &["points.sqlite"]).by_ids());
}
