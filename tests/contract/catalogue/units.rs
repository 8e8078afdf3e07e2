//! Movies in units of work.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use vestibule_domain::catalogue::{MovieChange, MovieId, NameKind};

use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_tests::contract;

use super::given::{
    DATE, NOTHING, add, code, count, country, detail, facts, ids, insert, insert_linked, name, read, record,
    resolve, rich_record, spelt,
};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_unit_sees_its_own_writes,
    nobody_else_sees_the_writes_of_an_open_unit,
    a_committed_unit_is_visible,
    a_dropped_unit_takes_back_what_it_added,
    a_dropped_unit_takes_back_what_it_changed_and_removed,
    a_movie_is_never_seen_in_part,
]);

async fn a_unit_sees_its_own_writes(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let mut unit = store.begin().await.unwrap();
    let catalogue = unit.catalogue();
    let id = catalogue.insert(&movie).await.unwrap();
    assert!(catalogue.exists(&name("Up"), DATE).await.unwrap());
    assert!(!catalogue.is_empty().await.unwrap());
    let first = PageRequest::numbered(1, PageLimit::new(10));
    assert_eq!(catalogue.list(first, 1).await.unwrap().len(), 1);
    assert_eq!(catalogue.detail(id).await.unwrap().unwrap().actors.len(), 2);
    let new = catalogue.resolve_names(NameKind::Actor, &[name("Zoe")]).await.unwrap();
    assert_eq!(catalogue.resolve_names(NameKind::Actor, &[name("zoe")]).await.unwrap(), new);
    assert_eq!(insert_linked(catalogue, &[movie]).await.unwrap(), 0);
    assert!(catalogue.remove(id).await.unwrap());
    assert_eq!(catalogue.detail(id).await.unwrap(), None);
    unit.commit().await.unwrap();
}

async fn a_movie_is_never_seen_in_part(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let (writes, reads) = (store.clone(), store.clone());
    let newest = Arc::new(AtomicI64::new(1));
    let next = newest.clone();
    let adding = tokio::spawn(async move {
        for _ in 0..300 {
            let mut unit = writes.begin().await.unwrap();
            let id = unit.catalogue().insert(&movie).await.unwrap();
            unit.commit().await.unwrap();
            next.store(id.0 + 1, Ordering::Relaxed);
            let mut unit = writes.begin().await.unwrap();
            assert!(unit.catalogue().remove(id).await.unwrap());
            unit.commit().await.unwrap();
        }
    });
    while !adding.is_finished() {
        let next = newest.load(Ordering::Relaxed);
        for id in [next, next - 1] {
            let seen = reads.repositories().catalogue().detail(MovieId(id)).await.unwrap();
            if let Some(seen) = seen {
                assert!(!seen.genres.is_empty() && !seen.actors.is_empty() && !seen.languages.is_empty());
            }
        }
    }
    adding.await.unwrap();
}

async fn nobody_else_sees_the_writes_of_an_open_unit(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let mut unit = store.begin().await.unwrap();
    let id = unit.catalogue().insert(&movie).await.unwrap();
    assert_eq!(detail(&store, id).await, None);
    assert_eq!(count(&store).await, 0);
    let mut others = store.repositories();
    assert!(!others.catalogue().exists(&name("Up"), DATE).await.unwrap());
    assert!(others.catalogue().is_empty().await.unwrap());
    unit.commit().await.unwrap();
}

async fn a_committed_unit_is_visible(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let mut unit = store.begin().await.unwrap();
    let id = unit.catalogue().insert(&movie).await.unwrap();
    let inside = unit.catalogue().detail(id).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(detail(&store, id).await, inside);
}

async fn a_dropped_unit_takes_back_what_it_added(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let mut unit = store.begin().await.unwrap();
    let catalogue = unit.catalogue();
    for kind in NameKind::ALL {
        let ghost = catalogue.resolve_names(kind, &[name("ghost")]).await.unwrap();
        assert_eq!(spelt(catalogue, kind, &ghost).await, ["ghost"]);
    }
    let ghost = (code("GH"), Some("Ghost".to_owned()));
    catalogue.resolve_countries(&[ghost]).await.unwrap();
    let id = catalogue.insert(&movie).await.unwrap();
    let mut another = movie.clone();
    another.facts.name = name("Down");
    assert_eq!(insert_linked(catalogue, &[another]).await.unwrap(), 1);
    drop(unit);

    assert_eq!(detail(&store, id).await, None);
    assert_eq!(count(&store).await, 0);
    for kind in NameKind::ALL {
        let ghost = resolve(&store, kind, &[name("GHOST")]).await;
        assert_eq!(spelt(store.repositories().catalogue(), kind, &ghost).await, ["GHOST"]);
    }
    let mut repositories = store.repositories();
    let countries = repositories.catalogue().resolve_countries(&[(code("GH"), None)]).await.unwrap();
    assert_eq!(country(repositories.catalogue(), countries[0]).await.name, None);
    assert_eq!(rich_record(&store, "Up").await, movie);
    insert(&store, &movie).await;
}

async fn a_dropped_unit_takes_back_what_it_changed_and_removed(store: Stored) {
    let changed = insert(&store, &rich_record(&store, "Up").await).await;
    let removed = insert(&store, &rich_record(&store, "Down").await).await;
    let before = (read(&store, changed).await, read(&store, removed).await);
    let mut unit = store.begin().await.unwrap();
    let change = MovieChange { name: Some(name("Left")), ..MovieChange::default() };
    assert!(unit.catalogue().change(changed, &change).await.unwrap());
    assert!(unit.catalogue().remove(removed).await.unwrap());
    assert!(!unit.catalogue().remove(NOTHING).await.unwrap());
    drop(unit);

    assert_eq!((read(&store, changed).await, read(&store, removed).await), before);
    add(&store, "Left").await;
    assert_eq!(count(&store).await, 3);
    assert_eq!(record(&store, "Up").await.facts, facts("Up"));
    let mut genres = ids(&store, NameKind::Genre, &["Drama", "Comedy"]).await;
    genres.sort_unstable();
    assert_eq!(genres, before.0.genres.iter().map(|genre| genre.id).collect::<Vec<_>>());
}
