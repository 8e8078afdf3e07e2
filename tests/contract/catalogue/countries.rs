//! Countries.

use vestibule_domain::catalogue::{Country, CountryCode};
use vestibule_tests::{at_once, contract};

use super::given::{code, country};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_new_country_gets_the_name_given_with_it,
    a_known_country_keeps_its_name,
    countries_are_answered_in_the_order_given,
    of_the_same_new_country_the_first_name_is_kept,
    a_code_may_be_empty,
    nothing_is_resolved_to_nothing,
    units_that_add_the_same_country_at_once_all_succeed,
]);

fn wanted(text: &str, name: Option<&str>) -> (CountryCode, Option<String>) {
    (code(text), name.map(str::to_owned))
}

async fn resolve(store: &Stored, wanted: &[(CountryCode, Option<String>)]) -> Vec<Country> {
    let mut repositories = store.repositories();
    let ids = repositories.catalogue().resolve_countries(wanted).await.unwrap();
    let mut countries = Vec::new();
    for id in ids {
        countries.push(country(repositories.catalogue(), id).await);
    }
    countries
}

async fn a_new_country_gets_the_name_given_with_it(store: Stored) {
    let unknown = wanted("UNK", Some("Unknown"));
    let countries = resolve(&store, &[unknown, wanted("US", None)]).await;
    assert_eq!(countries[0].code, code("UNK"));
    assert_eq!(countries[0].name.as_deref(), Some("Unknown"));
    assert_eq!((&countries[1].code, &countries[1].name), (&code("US"), &None));
}

async fn a_known_country_keeps_its_name(store: Stored) {
    let added = resolve(&store, &[wanted("FR", Some("France")), wanted("US", None)]).await;
    let found = resolve(&store, &[wanted("FR", None), wanted("US", Some("United States"))]).await;
    assert_eq!(found, added);
    let renamed = resolve(&store, &[wanted("FR", Some("Gallia"))]).await;
    assert_eq!(renamed, added[..1]);
}

async fn countries_are_answered_in_the_order_given(store: Stored) {
    resolve(&store, &[wanted("JP", None)]).await;
    let countries = resolve(&store, &["US", "JP", "FR", "US"].map(|text| wanted(text, None))).await;
    let codes: Vec<&str> = countries.iter().map(|country| country.code.as_str()).collect();
    assert_eq!(codes, ["US", "JP", "FR", "US"]);
    assert_eq!(countries[0], countries[3]);
}

async fn of_the_same_new_country_the_first_name_is_kept(store: Stored) {
    let countries = resolve(&store, &[wanted("FR", Some("France")), wanted("FR", Some("Gallia"))]).await;
    assert_eq!(countries[0].name.as_deref(), Some("France"));
    assert_eq!(countries[0], countries[1]);
}

async fn a_code_may_be_empty(store: Stored) {
    let added = resolve(&store, &[wanted("", None)]).await;
    assert_eq!(added[0].code.as_str(), "");
    assert_eq!(resolve(&store, &[wanted("", None)]).await, added);
}

async fn nothing_is_resolved_to_nothing(store: Stored) {
    assert_eq!(resolve(&store, &[]).await, []);
}

async fn units_that_add_the_same_country_at_once_all_succeed(store: Stored) {
    let answers = at_once(8, |_| {
        let store = store.clone();
        async move {
            let mut unit = store.begin().await.unwrap();
            let france = [wanted("FR", None)];
            let countries = unit.catalogue().resolve_countries(&france).await.unwrap();
            unit.commit().await.unwrap();
            countries
        }
    })
    .await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}
