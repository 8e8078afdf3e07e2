//! The mobile original.

use super::house::{House, folder};
use super::{Counts, Original, Surface, forms};

/// The key, and its name.
pub(crate) const SALT_KEY: (&str, &str) = ("SALT_KEY", "sample-SALT_7!q");

const KEYS: &[(&str, &str)] = &[SALT_KEY];

const ORIGINAL: Original = Original {
    name: "mobile",
    surface: Surface::Mobile,
    files: &["users.jsonl"],
    accounts: "accounts.jsonl",
    keys: KEYS,
    refused: &[
        // Contract 7: names are compared without letter case, and here without blanks at the ends and the form in
        // which Unicode writes a letter.
        (2, "line {1} has the same username"),
        (8, "line {7} has the same username"),
        (24, "line {23} has the same username"),
        // Contract 2: an empty name is a missing one at a login.
        (9, "there is no email, username or mobile to log in with"),
        // Over the 50 of the original's own column, which SQLite does not hold texts to.
        (13, "username: a user name has at most 255 characters"),
        (22, "username: a user name has no control characters"),
    ],
    spared: &[
        (4, "is imported without its mobile: a mobile number is an optional + and 3 to 20 digits"),
        (5, "is imported without its mobile: a mobile number is an optional + and 3 to 20 digits"),
        (6, "is imported without its mobile: a mobile number is an optional + and 3 to 20 digits"),
        (18, "is imported without its email: the text is no e-mail address"),
    ],
    cut: 0,
    // Contract 2: an empty field is a missing one. This account has no address to which a reset could be mailed.
    unable: &[(10, 400)],
};

#[tokio::test]
async fn accounts_of_the_mobile_original_log_in_with_their_passwords() {
    let counts = ORIGINAL.moves_in().await;
    let expected =
        Counts { accounts: 25, imported: 19, refused: 6, log_in: 16, inactive: 2, in_trash: 0, unable: 1 };
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn every_form_of_the_mobile_original_brings_the_same_accounts() {
    let others: &[&[&str]] =
        &[&["users.csv"], &["users.json"], &["mobile.dump.sql"], &["sqlite:mobile.sqlite"]];
    forms::are_alike("mobile", KEYS, &[&[ORIGINAL.files], others].concat()).await;
}

/// MariaDB keeps rows in the order of their ids, so of each pair the other one comes first. All else is the same.
#[tokio::test]
async fn of_names_that_are_one_here_the_first_in_the_file_is_imported() {
    let refused: Vec<(u64, &str)> = ORIGINAL
        .refused
        .iter()
        .map(|(n, reason)| match n {
            2 => (1, "line {2} has the same username"),
            8 => (7, "line {8} has the same username"),
            24 => (23, "line {24} has the same username"),
            n => (*n, *reason),
        })
        .collect();
    let on_mariadb = Original { files: &["mobile.mariadb.sql"], refused: refused.leak(), ..ORIGINAL };
    let counts = on_mariadb.moves_in().await;
    let expected =
        Counts { accounts: 25, imported: 19, refused: 6, log_in: 16, inactive: 2, in_trash: 0, unable: 1 };
    assert_eq!(counts, expected);
}

/// MySQL's program writes many rows on a line. Of those none may be taken for another one.
#[tokio::test]
async fn rows_on_one_line_are_told_apart() {
    let dump = std::fs::read_to_string(folder("mobile").join("mobile.mariadb.sql")).unwrap();
    let on_one_line = dump.replace("),\n(", "),(");
    assert!(on_one_line.lines().count() + 20 < dump.lines().count());
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("mobile.sql");
    std::fs::write(&file, on_one_line).unwrap();

    let mut moved_in = Vec::new();
    for file in ["mobile.mariadb.sql", file.to_str().unwrap()] {
        let house = House::with(KEYS).await;
        let (refused, _) = house.attempt("mobile", &[file], false, false).await;
        assert!(refused.is_err() && house.accounts().await == 0, "a bad row keeps all others out");
        let (done, _) = house.import("mobile", &[file], false).await;
        moved_in.push((done.added, done.bad, house.exported().await));
    }
    assert_eq!(moved_in[0], moved_in[1]);
}
