//! Accounts of the applications whose surfaces the server has, as their own exports have them.

use serde_json::{Map, Value};
use vestibule_hashes::{ForeignHash, ImportKeys, read};

const ORIGINALS: &str = include_str!("originals.jsonl");

/// Reads, stores and compares the accounts of one application; only those with `odd` numbers or the others.
fn check(application: &str, odd: &[bool]) {
    let mut keys = ImportKeys::default();
    assert!(keys.insert("SALT_KEY", "sample-SALT_7!q"));
    let mut count = 0;
    for line in ORIGINALS.lines() {
        let account: Value = serde_json::from_str(line).unwrap();
        let number = account["account"].as_u64().unwrap();
        if account["application"] != application || !odd.contains(&(number % 2 == 1)) {
            continue;
        }
        let named = format!("account {number} of {application}");
        let (format, hash) = (account["format"].as_str(), account["hash"].as_str().unwrap());
        let foreign =
            read(format, hash.into(), &Map::new(), &keys).unwrap_or_else(|why| panic!("{named}: {why}"));
        let stored = ForeignHash::from_text(&foreign.to_text()).unwrap();
        assert!(stored.verify(account["password"].as_str().unwrap(), &keys), "{named}");
        if let Some(old) = account["old"].as_str() {
            assert!(!stored.verify(old, &keys), "{named}: the password before the last change");
        }
        count += 1;
    }
    assert!(count >= 12, "{application}: {count}");
}

#[test]
fn accounts_of_points_keep_their_passwords() {
    check("points", &[false, true]);
}

#[test]
fn accounts_of_theater_with_an_odd_number_keep_their_passwords() {
    check("theater", &[true]);
}

#[test]
fn accounts_of_theater_with_an_even_number_keep_their_passwords() {
    check("theater", &[false]);
}

#[test]
fn accounts_of_mobile_keep_their_passwords() {
    check("mobile", &[false, true]);
}

#[test]
fn accounts_of_admin_keep_their_passwords() {
    check("admin", &[false, true]);
}

#[test]
fn accounts_of_contacts_keep_their_passwords() {
    check("contacts", &[false, true]);
}

#[test]
fn without_the_salt_of_its_installation_an_account_of_mobile_is_refused_and_later_wrong() {
    let hash = "bca6245b2a4cea586b500bb7e0f6dbc5";
    let mut keys = ImportKeys::default();
    let refusal = read(Some("md5-salt-key"), hash.into(), &Map::new(), &keys).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the import key SALT_KEY is needed and not set, or has not the form of such a key"
    );
    keys.insert("SALT_KEY", "sample-SALT_7!q");
    let foreign = read(Some("md5-salt-key"), hash.into(), &Map::new(), &keys).unwrap();
    assert!(foreign.verify("after change 2", &keys));
    assert!(!foreign.verify("after change 2", &ImportKeys::default()));
    assert_eq!(foreign.missing_key(&ImportKeys::default()), Some("SALT_KEY"));
    assert!(!foreign.to_text().contains("sample"));
}
