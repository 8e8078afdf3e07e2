//! The mobile original.

use super::{Counts, Original, Surface, forms};

const KEYS: &[(&str, &str)] = &[("SALT_KEY", "sample-SALT_7!q")];

const ORIGINAL: Original = Original {
    name: "mobile",
    surface: Surface::Mobile,
    files: &["users.jsonl"],
    accounts: "accounts.jsonl",
    keys: KEYS,
    refused: &[],
    unable: &[],
};

#[tokio::test]
async fn accounts_of_the_mobile_original_log_in_with_their_passwords() {
    let counts = ORIGINAL.moves_in().await;
    let expected =
        Counts { accounts: 25, imported: 25, refused: 0, log_in: 25, inactive: 0, in_trash: 0, unable: 0 };
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn every_form_of_the_mobile_original_brings_the_same_accounts() {
    let others: &[&[&str]] = &[
        &["users.csv"],
        &["users.json"],
        &["mobile.dump.sql"],
        &["mobile.mariadb.sql"],
        &["sqlite:mobile.sqlite"],
    ];
    forms::are_alike("mobile", KEYS, &[&[ORIGINAL.files], others].concat()).await;
}
