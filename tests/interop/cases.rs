//! Tokens, and what is to become of each.

use crate::issued::Issued;

/// A token.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) token: String,
    pub(crate) expected: Expected,
}

/// What a checker says of it.
#[derive(Clone, Copy)]
pub(crate) enum Expected {
    /// It takes it.
    Taken,
    /// It refuses it for a reason that contains this, in lower case.
    Refused(&'static str),
}
use Expected::{Refused, Taken};

fn case(name: &'static str, token: &str, expected: Expected) -> Case {
    Case { name, token: token.to_owned(), expected }
}

/// For a library that is given nothing but the key and the algorithm.
pub(crate) fn plain(issued: &Issued) -> Vec<Case> {
    let mut cases = good(issued);
    cases.extend(bad(issued));
    cases
}

/// For a library that is given the other key.
pub(crate) fn refresh(issued: &Issued) -> Vec<Case> {
    vec![
        case("the refresh token of theater", &issued.theater.refresh, Taken),
        case("the refresh token of contacts", &issued.contacts.refresh, Taken),
        case("an access token under the refresh key", &issued.contacts.access, Refused("signature")),
    ]
}

/// Tokens that have the integer id in `account`.
pub(crate) fn admin(issued: &Issued) -> Vec<Case> {
    vec![
        case("the access token of admin", &issued.admin.access, Taken),
        case("a further access token of admin", &issued.admin.further, Taken),
    ]
}

/// For a service that keeps to the document.
pub(crate) fn service(issued: &Issued) -> Vec<Case> {
    let mut cases = good(issued);
    cases.push(case("an access token of theater, ahead", &issued.ahead[0], Taken));
    cases.push(case("an access token of contacts, ahead", &issued.ahead[1], Taken));
    cases.extend(bad(issued));
    cases.push(case("a refresh token", &issued.contacts.refresh, Refused("")));
    cases.push(case("a token of another use", &issued.of_another_use(), Refused("")));
    cases
}

fn good(issued: &Issued) -> Vec<Case> {
    vec![
        case("the access token of theater", &issued.theater.access, Taken),
        case("the access token of contacts", &issued.contacts.access, Taken),
        case("a further access token of theater", &issued.theater.further, Taken),
        case("a further access token of contacts", &issued.contacts.further, Taken),
    ]
}

fn bad(issued: &Issued) -> Vec<Case> {
    vec![
        case("an expired access token of theater", &issued.expired[0], Refused("expired")),
        case("an expired access token of contacts", &issued.expired[1], Refused("expired")),
        case("an access token of another key", &issued.of_another_key(), Refused("")),
    ]
}
