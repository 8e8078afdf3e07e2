//! The snippet for Rust, which the build script takes out of `docs/tokens.md`.

use crate::cases::{self, Expected};
use crate::issued::{Issued, KEY};

mod service {
    include!(concat!(env!("OUT_DIR"), "/resource_server.rs"));

    /// What the snippet says of a token under a key.
    pub(super) fn said_of(token: &str, key: &str) -> Result<Option<i64>, String> {
        account_of(token, key).map_err(|error| format!("{error:?}").to_lowercase())
    }
}

#[tokio::test]
async fn the_snippet_for_rust_works() {
    let issued = Issued::now().await;
    for case in cases::service(&issued) {
        match (service::said_of(&case.token, KEY), case.expected) {
            (Ok(account), Expected::Taken) => assert_eq!(account, Some(issued.account), "{}", case.name),
            (Ok(None), Expected::Refused("")) => {}
            (Err(why), Expected::Refused(reason)) if why.contains(reason) => {}
            (said, _) => panic!("{}: {said:?}", case.name),
        }
    }
    let why = service::said_of(&issued.with_an_audience(), KEY).unwrap_err();
    assert!(why.contains("audience"), "{why}");
    let why = service::said_of(&issued.of_another_key(), KEY).unwrap_err();
    assert!(why.contains("signature"), "{why}");
}
