//! Adding movies and looking at them.

use time::macros::date;
use vestibule_domain::catalogue::{
    Amount, Country, MovieFacts, MovieId, MovieRecord, MovieStatus, NameKind, Score,
};
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use super::given::{
    DATE, NOTHING, add, code, count, detail, facts, ids, insert, name, read, record, rich_record,
};
use crate::given::{Stored, conflict};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_movie_reads_back_with_all_that_belongs_to_it,
    a_movie_may_have_nothing,
    what_a_movie_has_comes_by_ascending_id,
    movies_may_share_names,
    budgets_survive_to_the_cent,
    numbers_survive_exactly,
    every_status_reads_back,
    every_date_reads_back,
    texts_may_be_anything,
    ids_ascend,
    a_second_movie_of_the_same_name_and_date_is_refused,
    name_and_date_are_compared_exactly,
    of_two_equal_movies_at_once_one_is_refused,
    a_movie_that_was_refused_leaves_nothing,
    a_movie_from_nowhere_is_refused,
    a_movie_with_a_name_that_is_not_there_is_refused,
    nothing_has_no_detail,
    all_movies_are_read_part_by_part_as_they_are,
    a_movie_exists_by_its_exact_name_and_date,
    a_catalogue_is_empty_until_a_movie_is_added,
]);

async fn a_movie_reads_back_with_all_that_belongs_to_it(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let id = insert(&store, &movie).await;
    let stored = read(&store, id).await;
    assert_eq!((stored.id, &stored.facts), (id, &movie.facts));
    let france = Country { id: movie.country, code: code("FR"), name: Some("France".to_owned()) };
    assert_eq!(stored.country, france);
    let names = [stored.genres, stored.actors, stored.languages].map(|named| {
        let mut names: Vec<String> = named.into_iter().map(|named| named.name).collect();
        names.sort_unstable();
        names.join(", ")
    });
    assert_eq!(names, ["Comedy, Drama", "Ada, Bob", "English, French"]);
}

async fn a_movie_may_have_nothing(store: Stored) {
    let stored = read(&store, add(&store, "Up").await).await;
    assert_eq!((stored.genres, stored.actors, stored.languages), (vec![], vec![], vec![]));
}

async fn what_a_movie_has_comes_by_ascending_id(store: Stored) {
    let texts: Vec<String> = (0..50).map(|number| format!("Actor {}", number * 37 % 50)).collect();
    let mut actors =
        ids(&store, NameKind::Actor, &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    actors.sort_by_key(|id| id * 13 % 50);
    let movie = MovieRecord { actors: actors.clone(), ..record(&store, "Up").await };
    let stored = read(&store, insert(&store, &movie).await).await;
    actors.sort_unstable();
    assert_eq!(stored.actors.iter().map(|actor| actor.id).collect::<Vec<_>>(), actors);
}

async fn movies_may_share_names(store: Stored) {
    let first = insert(&store, &rich_record(&store, "Up").await).await;
    let second = insert(&store, &rich_record(&store, "Down").await).await;
    let (first, second) = (read(&store, first).await, read(&store, second).await);
    assert_eq!(
        (first.genres, first.actors, first.languages),
        (second.genres, second.actors, second.languages)
    );
}

async fn budgets_survive_to_the_cent(store: Stored) {
    for cents in [0, 1, 10, 99, 100, 101, 123_456_789_012_345, 999_999_999_999_998, 999_999_999_999_999] {
        let budget = Amount::from_cents(cents).unwrap();
        let mut movie = record(&store, &cents.to_string()).await;
        movie.facts.budget = budget;
        assert_eq!(read(&store, insert(&store, &movie).await).await.facts.budget, budget);
    }
    for number in [0.01, 9_999_999_999_999.99] {
        let mut movie = record(&store, &number.to_string()).await;
        movie.facts.budget = Amount::from_number(number).unwrap();
        let stored = read(&store, insert(&store, &movie).await).await;
        assert_eq!(stored.facts.budget.to_number().to_bits(), f64::to_bits(number));
    }
}

async fn numbers_survive_exactly(store: Stored) {
    for (score, revenue) in [
        (0.0, 0.0),
        (100.0, 1.0),
        (33.333_333_333_333_336, 0.1 + 0.2),
        (f64::MIN_POSITIVE, f64::MAX),
        (99.999_999_999_999_99, f64::from_bits(1)),
        (5.0, 9_007_199_254_740_993.0),
    ] {
        let mut movie = record(&store, &format!("{score:e} {revenue:e}")).await;
        movie.facts.score = Score::new(score).unwrap();
        movie.facts.revenue = revenue;
        let stored = read(&store, insert(&store, &movie).await).await.facts;
        assert_eq!(stored.score.get().to_bits(), score.to_bits());
        assert_eq!(stored.revenue.to_bits(), revenue.to_bits());
    }
}

async fn every_status_reads_back(store: Stored) {
    for status in MovieStatus::ALL {
        let mut movie = record(&store, status.as_str()).await;
        movie.facts.status = status;
        assert_eq!(read(&store, insert(&store, &movie).await).await.facts.status, status);
    }
}

async fn every_date_reads_back(store: Stored) {
    for date in [date!(0001 - 01 - 01), date!(0999 - 12 - 31), date!(2024 - 02 - 29), date!(9999 - 12 - 31)] {
        let mut movie = record(&store, "Up").await;
        movie.facts.date = date;
        assert_eq!(read(&store, insert(&store, &movie).await).await.facts.date, date);
    }
}

async fn texts_may_be_anything(store: Stored) {
    let (long, longer) = ("é".repeat(255), "long ".repeat(50_000));
    for (title, overview) in
        [("", ""), (" ", "\n"), ("'; DROP TABLE movies;--", "?1 $1 🦀"), (&long, &longer)]
    {
        let movie = MovieRecord {
            facts: MovieFacts { overview: overview.to_owned(), ..facts(title) },
            ..record(&store, "").await
        };
        assert_eq!(read(&store, insert(&store, &movie).await).await.facts, movie.facts);
    }
}

async fn ids_ascend(store: Stored) {
    let ids = [add(&store, "b").await, add(&store, "c").await, add(&store, "a").await];
    assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
}

async fn a_second_movie_of_the_same_name_and_date_is_refused(store: Stored) {
    add(&store, "Up").await;
    let mut again = rich_record(&store, "Up").await;
    again.facts.overview.push('!');
    let answer = store.repositories().catalogue().insert(&again).await;
    assert_eq!(conflict(answer), Constraint::MoviesNameDate);
}

async fn name_and_date_are_compared_exactly(store: Stored) {
    add(&store, "Up").await;
    for title in ["UP", "Up ", " Up", "Úp"] {
        add(&store, title).await;
    }
    let mut remake = record(&store, "Up").await;
    remake.facts.date = DATE.next_day().unwrap();
    insert(&store, &remake).await;
    assert_eq!(count(&store).await, 6);
}

async fn of_two_equal_movies_at_once_one_is_refused(store: Stored) {
    let movie = rich_record(&store, "Up").await;
    let answers = at_once(2, |_| {
        let (mut repositories, movie) = (store.repositories(), movie.clone());
        async move { repositories.catalogue().insert(&movie).await }
    })
    .await;
    let (added, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(added.len(), 1);
    for answer in refused {
        assert_eq!(conflict(answer), Constraint::MoviesNameDate);
    }
    assert_eq!(count(&store).await, 1);
}

async fn a_movie_that_was_refused_leaves_nothing(store: Stored) {
    let mut movie = rich_record(&store, "Up").await;
    // Found to be missing after movie and genres were written.
    movie.actors.push(404);
    conflict(store.repositories().catalogue().insert(&movie).await);
    assert!(store.repositories().catalogue().is_empty().await.unwrap());
    add(&store, "Up").await;
}

async fn a_movie_from_nowhere_is_refused(store: Stored) {
    let movie = MovieRecord { country: 404, ..record(&store, "Up").await };
    let answer = store.repositories().catalogue().insert(&movie).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
}

async fn a_movie_with_a_name_that_is_not_there_is_refused(store: Stored) {
    let movie = record(&store, "Up").await;
    let without = MovieRecord { genres: vec![404], ..movie.clone() };
    let answer = store.repositories().catalogue().insert(&without).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
    let without = MovieRecord { actors: vec![404], ..movie.clone() };
    let answer = store.repositories().catalogue().insert(&without).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
    let without = MovieRecord { languages: vec![404], ..movie };
    let answer = store.repositories().catalogue().insert(&without).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
}

async fn all_movies_are_read_part_by_part_as_they_are(store: Stored) {
    let mut added = vec![add(&store, "Bare").await];
    for number in 0..6 {
        added.push(insert(&store, &rich_record(&store, &format!("Rich {number}")).await).await);
    }
    store.repositories().catalogue().remove(added.remove(2)).await.unwrap();
    let (mut seen, mut after) = (Vec::new(), MovieId(i64::MIN));
    loop {
        let part = store.repositories().catalogue().after(after, 4).await.unwrap();
        let Some(last) = part.last() else { break };
        assert!(part.len() <= 4, "{}", part.len());
        after = last.id;
        seen.extend(part);
    }
    let mut expected = Vec::new();
    for id in added {
        expected.push(read(&store, id).await);
    }
    assert_eq!(seen, expected);
    assert_eq!(store.repositories().catalogue().after(MovieId(i64::MIN), u64::MAX).await.unwrap(), expected);
    assert_eq!(store.repositories().catalogue().after(MovieId(i64::MIN), 0).await.unwrap(), []);
}

async fn nothing_has_no_detail(store: Stored) {
    add(&store, "Up").await;
    for id in [NOTHING, MovieId(0), MovieId(-1), MovieId(i64::MIN), MovieId(i64::MAX)] {
        assert_eq!(detail(&store, id).await, None);
    }
}

async fn a_movie_exists_by_its_exact_name_and_date(store: Stored) {
    add(&store, "Up").await;
    let mut repositories = store.repositories();
    let catalogue = repositories.catalogue();
    assert!(catalogue.exists(&name("Up"), DATE).await.unwrap());
    assert!(!catalogue.exists(&name("UP"), DATE).await.unwrap());
    assert!(!catalogue.exists(&name(""), DATE).await.unwrap());
    assert!(!catalogue.exists(&name("Up"), DATE.next_day().unwrap()).await.unwrap());
}

async fn a_catalogue_is_empty_until_a_movie_is_added(store: Stored) {
    rich_record(&store, "Up").await;
    assert!(store.repositories().catalogue().is_empty().await.unwrap());
    add(&store, "Up").await;
    assert!(!store.repositories().catalogue().is_empty().await.unwrap());
}
