//! How what is new is numbered.

use vestibule_domain::catalogue::NameKind;
use vestibule_tests::contract;

use super::given::{code, ids};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    new_names_are_numbered_in_the_order_given,
    new_countries_are_numbered_in_the_order_given,
]);

async fn new_names_are_numbered_in_the_order_given(store: Stored) {
    ids(&store, NameKind::Actor, &["Kay"]).await;
    let ids = ids(&store, NameKind::Actor, &["Zoe", "Ada", "Kay", "Mia"]).await;
    assert!(ids[2] < ids[0] && ids[0] < ids[1] && ids[1] < ids[3], "{ids:?}");
}

async fn new_countries_are_numbered_in_the_order_given(store: Stored) {
    let mut repositories = store.repositories();
    let wanted = ["US", "JP", "FR"].map(|text| (code(text), None));
    repositories.catalogue().resolve_countries(&wanted[1..2]).await.unwrap();
    let countries = repositories.catalogue().resolve_countries(&wanted).await.unwrap();
    assert!(countries[1] < countries[0] && countries[0] < countries[2], "{countries:?}");
}
