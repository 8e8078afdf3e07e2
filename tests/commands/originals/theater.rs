//! The theater original.

use super::{Counts, Original, Surface, forms};

const KEYS: &[(&str, &str)] = &[];

const ORIGINAL: Original = Original {
    name: "theater",
    surface: Surface::Theater,
    files: &["users.jsonl", "user_groups.jsonl"],
    accounts: "accounts.jsonl",
    keys: KEYS,
    refused: &[],
    spared: &[],
    cut: 0,
    unable: &[],
};

#[tokio::test]
async fn accounts_of_the_theater_original_log_in_with_their_passwords() {
    let counts = ORIGINAL.moves_in().await;
    let expected =
        Counts { accounts: 25, imported: 25, refused: 0, log_in: 23, inactive: 2, in_trash: 0, unable: 0 };
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn every_form_of_the_theater_original_brings_the_same_accounts() {
    let others: &[&[&str]] = &[
        &["users.csv", "user_groups.csv", "user_profiles.csv"],
        &["users.json", "user_groups.json"],
        &["theater.dump.sql"],
        &["sqlite:theater.sqlite"],
    ];
    forms::are_alike("theater", KEYS, &[&[ORIGINAL.files], others].concat()).await;
}

/// The smaller run of this original on PostgreSQL.
#[tokio::test]
async fn every_form_of_the_theater_original_on_postgres_brings_the_same_accounts() {
    let all: &[&[&str]] = &[&["theater.pg.copy.sql"], &["theater.pg.inserts.sql"]];
    forms::are_alike("theater", KEYS, all).await;
}
