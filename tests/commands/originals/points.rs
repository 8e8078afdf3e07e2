//! The points original.

use super::{Counts, Original, Surface, forms};

const KEYS: &[(&str, &str)] = &[];

const ORIGINAL: Original = Original {
    name: "points",
    surface: Surface::Points,
    files: &["users.jsonl"],
    accounts: "accounts.jsonl",
    keys: KEYS,
    refused: &[
        // Contract 8: addresses are compared in lower case, and an import names both rows.
        (2, "line {1} has the same email"),
    ],
    spared: &[],
    // The name and the phone number of account 15.
    cut: 2,
    unable: &[],
};

#[tokio::test]
async fn accounts_of_the_points_original_log_in_with_their_passwords() {
    let counts = ORIGINAL.moves_in().await;
    let expected =
        Counts { accounts: 25, imported: 24, refused: 1, log_in: 24, inactive: 0, in_trash: 0, unable: 0 };
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn every_form_of_the_points_original_brings_the_same_accounts() {
    let others: &[&[&str]] =
        &[&["users.csv"], &["users.json"], &["points.dump.sql"], &["sqlite:points.sqlite"]];
    forms::are_alike("points", KEYS, &[&[ORIGINAL.files], others].concat()).await;
}
