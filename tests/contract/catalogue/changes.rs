//! Changing movies.

use time::macros::date;
use vestibule_domain::catalogue::{Amount, MovieChange, MovieFacts, MovieId, MovieStatus, Score};
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use super::given::{DATE, NOTHING, add, facts, insert, name, read, rich_record};
use crate::given::{Stored, conflict};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    each_field_is_changed_alone,
    all_fields_are_changed_together,
    a_change_leaves_links_and_other_movies_alone,
    an_empty_change_changes_nothing_and_tells_that_there_is_a_movie,
    nothing_cannot_be_changed,
    a_movie_may_get_the_name_and_date_that_it_has,
    the_name_and_date_of_another_movie_are_refused,
    a_half_of_another_movie_s_name_and_date_is_no_conflict,
    of_two_movies_that_take_the_same_name_at_once_one_is_refused,
    a_movie_that_is_locked_is_as_its_last_change_left_it,
    of_two_units_that_lock_a_movie_at_once_the_second_sees_what_the_first_did,
]);

async fn change(store: &Stored, id: MovieId, change: &MovieChange) -> bool {
    store.repositories().catalogue().change(id, change).await.unwrap()
}

fn everything() -> MovieChange {
    MovieChange {
        name: Some(name("Down")),
        date: Some(date!(1999 - 12 - 31)),
        score: Some(Score::new(12.25).unwrap()),
        overview: Some("Another story.".to_owned()),
        status: Some(MovieStatus::InProduction),
        budget: Some(Amount::from_cents(1).unwrap()),
        revenue: Some(0.0),
    }
}

async fn each_field_is_changed_alone(store: Stored) {
    let id = add(&store, "Up").await;
    let (mut expected, all) = (facts("Up"), everything());
    let only = MovieChange::default;
    let changes = [
        MovieChange { name: all.name.clone(), ..only() },
        MovieChange { date: all.date, ..only() },
        MovieChange { score: all.score, ..only() },
        MovieChange { overview: all.overview.clone(), ..only() },
        MovieChange { status: all.status, ..only() },
        MovieChange { budget: all.budget, ..only() },
        MovieChange { revenue: all.revenue, ..only() },
    ];
    for one in changes {
        assert!(change(&store, id, &one).await);
        apply(&mut expected, one);
        assert_eq!(read(&store, id).await.facts, expected);
    }
}

fn apply(facts: &mut MovieFacts, change: MovieChange) {
    let before = facts.clone();
    *facts = MovieFacts {
        name: change.name.unwrap_or(before.name),
        date: change.date.unwrap_or(before.date),
        score: change.score.unwrap_or(before.score),
        overview: change.overview.unwrap_or(before.overview),
        status: change.status.unwrap_or(before.status),
        budget: change.budget.unwrap_or(before.budget),
        revenue: change.revenue.unwrap_or(before.revenue),
    };
}

async fn all_fields_are_changed_together(store: Stored) {
    let id = add(&store, "Up").await;
    assert!(change(&store, id, &everything()).await);
    let mut expected = facts("Up");
    apply(&mut expected, everything());
    assert_eq!(read(&store, id).await.facts, expected);
}

async fn a_change_leaves_links_and_other_movies_alone(store: Stored) {
    let id = insert(&store, &rich_record(&store, "Up").await).await;
    let other = insert(&store, &rich_record(&store, "Other").await).await;
    let (before, untouched) = (read(&store, id).await, read(&store, other).await);
    change(&store, id, &everything()).await;
    let after = read(&store, id).await;
    assert_eq!(after.country, before.country);
    assert_eq!(
        (after.genres, after.actors, after.languages),
        (before.genres, before.actors, before.languages)
    );
    assert_eq!(read(&store, other).await, untouched);
}

async fn an_empty_change_changes_nothing_and_tells_that_there_is_a_movie(store: Stored) {
    let id = insert(&store, &rich_record(&store, "Up").await).await;
    let before = read(&store, id).await;
    assert!(change(&store, id, &MovieChange::default()).await);
    assert_eq!(read(&store, id).await, before);
}

async fn nothing_cannot_be_changed(store: Stored) {
    add(&store, "Up").await;
    for id in [NOTHING, MovieId(-1), MovieId(i64::MAX)] {
        assert!(!change(&store, id, &MovieChange::default()).await);
        assert!(!change(&store, id, &everything()).await);
    }
}

async fn a_movie_may_get_the_name_and_date_that_it_has(store: Stored) {
    let id = add(&store, "Up").await;
    let same = MovieChange { name: Some(name("Up")), date: Some(DATE), ..MovieChange::default() };
    assert!(change(&store, id, &same).await);
    assert_eq!(read(&store, id).await.facts, facts("Up"));
}

async fn the_name_and_date_of_another_movie_are_refused(store: Stored) {
    add(&store, "Up").await;
    let id = add(&store, "Down").await;
    let taken = MovieChange {
        name: Some(name("Up")),
        overview: Some("Another story.".to_owned()),
        ..MovieChange::default()
    };
    let answer = store.repositories().catalogue().change(id, &taken).await;
    assert_eq!(conflict(answer), Constraint::MoviesNameDate);
    assert_eq!(read(&store, id).await.facts, facts("Down"));
}

async fn a_half_of_another_movie_s_name_and_date_is_no_conflict(store: Stored) {
    add(&store, "Up").await;
    let id = add(&store, "Down").await;
    let remake = MovieChange {
        name: Some(name("Up")),
        date: Some(DATE.next_day().unwrap()),
        ..MovieChange::default()
    };
    assert!(change(&store, id, &remake).await);
    let answer = store
        .repositories()
        .catalogue()
        .change(id, &MovieChange { date: Some(DATE), ..MovieChange::default() })
        .await;
    assert_eq!(conflict(answer), Constraint::MoviesNameDate);
}

async fn of_two_movies_that_take_the_same_name_at_once_one_is_refused(store: Stored) {
    let ids = [add(&store, "a").await, add(&store, "b").await];
    let answers = at_once(2, |number| {
        let mut repositories = store.repositories();
        let change = MovieChange { name: Some(name("Up")), ..MovieChange::default() };
        async move { repositories.catalogue().change(ids[number], &change).await }
    })
    .await;
    let (changed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(changed.len(), 1);
    for answer in refused {
        assert_eq!(conflict(answer), Constraint::MoviesNameDate);
    }
}

async fn a_movie_that_is_locked_is_as_its_last_change_left_it(store: Stored) {
    let id = add(&store, "Up").await;
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.catalogue().lock(id).await.unwrap(), Some(facts("Up")));
    unit.catalogue().change(id, &everything()).await.unwrap();
    let mut expected = facts("Up");
    apply(&mut expected, everything());
    assert_eq!(unit.catalogue().lock(id).await.unwrap(), Some(expected.clone()));
    assert_eq!(unit.catalogue().lock(NOTHING).await.unwrap(), None);
    unit.commit().await.unwrap();
    assert_eq!(store.repositories().catalogue().lock(id).await.unwrap(), Some(expected));
}

async fn of_two_units_that_lock_a_movie_at_once_the_second_sees_what_the_first_did(store: Stored) {
    let id = add(&store, "Up").await;
    let counted = at_once(4, |_| {
        let store = store.clone();
        async move {
            // The store may give up one of several that wait for each other.
            while !counts_up(&store, id).await {}
        }
    });
    counted.await;
    assert_eq!(read(&store, id).await.facts.overview, "xxxx");
}

/// Adds a letter to the overview that is read under the lock.
async fn counts_up(store: &Stored, id: MovieId) -> bool {
    let Ok(mut unit) = store.begin().await else { return false };
    let Ok(Some(facts)) = unit.catalogue().lock(id).await else { return false };
    let before = if facts.overview.starts_with('x') { facts.overview } else { String::new() };
    let change = MovieChange { overview: Some(before + "x"), ..MovieChange::default() };
    unit.catalogue().change(id, &change).await.is_ok() && unit.commit().await.is_ok()
}
