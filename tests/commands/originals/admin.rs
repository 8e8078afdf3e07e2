//! The admin original.

use super::{Counts, Original, Surface, forms};

const KEYS: &[(&str, &str)] = &[];

const ORIGINAL: Original = Original {
    name: "admin",
    surface: Surface::Admin,
    files: &["users.canonical.jsonl", "trash.canonical.jsonl"],
    accounts: "accounts.jsonl",
    keys: KEYS,
    refused: &[],
    spared: &[
        // Login is by address. Names were unique byte by byte, and are compared here without letter case, blanks at
        // the ends and the form in which Unicode writes a letter.
        (3, "is imported without its username: line {2} has the same username"),
        (8, "is imported without its username: line {7} has the same username"),
        (22, "is imported without its username: a user name has no control characters"),
        (24, "is imported without its username: line {23} has the same username"),
    ],
    cut: 0,
    // No hash matches the empty password here. The account has an address to which a reset is mailed.
    unable: &[(10, 401)],
};

#[tokio::test]
async fn accounts_of_the_admin_original_log_in_with_their_passwords() {
    let counts = ORIGINAL.moves_in().await;
    let expected =
        Counts { accounts: 25, imported: 25, refused: 0, log_in: 18, inactive: 0, in_trash: 6, unable: 1 };
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn every_form_of_the_admin_original_brings_the_same_accounts() {
    let others: &[&[&str]] = &[&["users.relaxed.jsonl", "trash.relaxed.jsonl"]];
    forms::are_alike("admin", KEYS, &[&[ORIGINAL.files], others].concat()).await;
}
