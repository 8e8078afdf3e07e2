//! The contacts original.

use super::{Counts, Original, Surface, forms};

const KEYS: &[(&str, &str)] = &[];

const ORIGINAL: Original = Original {
    name: "contacts",
    surface: Surface::Contacts,
    files: &["users.csv", "contacts.csv"],
    accounts: "accounts.jsonl",
    keys: KEYS,
    refused: &[
        // Addresses are compared in lower case here, so one of the two has to be told to take another.
        (2, "line {1} has the same email"),
        // Nobody ever confirmed these: the original could not send mail to them, and let none of them in.
        (9, "email: the text is no e-mail address"),
        (10, "there is no email, username or mobile to log in with"),
        (25, "email: the text is no e-mail address"),
    ],
    spared: &[],
    cut: 0,
    unable: &[],
};

#[tokio::test]
async fn accounts_of_the_contacts_original_log_in_with_their_passwords() {
    let counts = ORIGINAL.moves_in().await;
    let expected =
        Counts { accounts: 25, imported: 21, refused: 4, log_in: 18, inactive: 3, in_trash: 0, unable: 0 };
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn every_form_of_the_contacts_original_brings_the_same_accounts() {
    let others: &[&[&str]] = &[&["contacts.copy.sql"], &["contacts.inserts.sql"]];
    forms::are_alike("contacts", KEYS, &[&[ORIGINAL.files], others].concat()).await;
}
