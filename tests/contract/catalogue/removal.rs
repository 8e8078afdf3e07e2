//! Removing movies.

use vestibule_domain::catalogue::{MovieId, NameKind};
use vestibule_tests::{at_once, contract};

use super::given::{NOTHING, add, count, detail, ids, insert, read, record, rich_record};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_removed_movie_is_gone,
    names_and_countries_stay,
    the_links_go_with_the_movie,
    other_movies_keep_their_links,
    an_id_is_not_given_twice,
    nothing_cannot_be_removed,
    of_two_removals_at_once_one_succeeds,
]);

async fn remove(store: &Stored, id: MovieId) -> bool {
    store.repositories().catalogue().remove(id).await.unwrap()
}

async fn a_removed_movie_is_gone(store: Stored) {
    let id = insert(&store, &rich_record(&store, "Up").await).await;
    assert!(remove(&store, id).await);
    assert_eq!(detail(&store, id).await, None);
    assert_eq!(count(&store).await, 0);
    assert!(store.repositories().catalogue().is_empty().await.unwrap());
    add(&store, "Up").await;
}

async fn names_and_countries_stay(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let id = insert(&store, &movie).await;
    assert!(remove(&store, id).await);
    assert_eq!(rich_record(&store, "Up").await, movie);
}

async fn the_links_go_with_the_movie(store: Stored) {
    let id = insert(&store, &rich_record(&store, "Up").await).await;
    assert!(remove(&store, id).await);
    let again = insert(&store, &record(&store, "Up").await).await;
    let stored = read(&store, again).await;
    assert_eq!((stored.genres, stored.actors, stored.languages), (vec![], vec![], vec![]));
}

async fn other_movies_keep_their_links(store: Stored) {
    let id = insert(&store, &rich_record(&store, "Up").await).await;
    let other = insert(&store, &rich_record(&store, "Down").await).await;
    let before = read(&store, other).await;
    assert!(remove(&store, id).await);
    assert_eq!(read(&store, other).await, before);
    assert_eq!(before.actors.len(), ids(&store, NameKind::Actor, &["Ada", "Bob"]).await.len());
}

async fn an_id_is_not_given_twice(store: Stored) {
    let id = add(&store, "Up").await;
    assert!(remove(&store, id).await);
    assert!(add(&store, "Up").await > id);
}

async fn nothing_cannot_be_removed(store: Stored) {
    let id = add(&store, "Up").await;
    for nothing in [NOTHING, MovieId(-1), MovieId(i64::MAX)] {
        assert!(!remove(&store, nothing).await);
    }
    assert!(remove(&store, id).await);
    assert!(!remove(&store, id).await);
}

async fn of_two_removals_at_once_one_succeeds(store: Stored) {
    let id = insert(&store, &rich_record(&store, "Up").await).await;
    let answers = at_once(2, |_| {
        let store = store.clone();
        async move { remove(&store, id).await }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|removed| *removed).count(), 1);
}
