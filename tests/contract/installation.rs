//! The contract of `InstallationRepository`.

use vestibule_domain::installation::InstallationId;
use vestibule_tests::{at_once, contract};

use crate::given::{Stored, id};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    the_first_candidate_is_the_id_for_good,
    of_many_that_ask_at_once_all_are_answered_one_id,
    a_unit_that_is_dropped_has_settled_nothing,
]);

async fn settle(store: &Stored, name: &str) -> InstallationId {
    store.repositories().installation().settle(InstallationId(id(name))).await.unwrap()
}

async fn the_first_candidate_is_the_id_for_good(store: Stored) {
    for candidate in ["first", "second", "third"] {
        assert_eq!(settle(&store, candidate).await, InstallationId(id("first")));
    }
    let mut unit = store.begin().await.unwrap();
    let settled = unit.installation().settle(InstallationId(id("fourth"))).await.unwrap();
    assert_eq!(settled, InstallationId(id("first")));
}

async fn of_many_that_ask_at_once_all_are_answered_one_id(store: Stored) {
    let answers = at_once(8, |number| {
        let store = store.clone();
        async move { settle(&store, &number.to_string()).await }
    })
    .await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(settle(&store, "later").await, answers[0]);
}

async fn a_unit_that_is_dropped_has_settled_nothing(store: Stored) {
    let mut unit = store.begin().await.unwrap();
    let own = InstallationId(id("dropped"));
    assert_eq!(unit.installation().settle(own).await.unwrap(), own);
    drop(unit);
    assert_eq!(settle(&store, "kept").await, InstallationId(id("kept")));
}
