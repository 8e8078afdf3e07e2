//! Adding many movies at once.

use time::macros::date;
use vestibule_domain::catalogue::{Amount, MovieId, MovieRecord, MovieStatus, NameKind, Score};
use vestibule_domain::store::{Constraint, StoreError};
use vestibule_tests::contract;

use super::given::{DATE, add, count, ids, insert_linked, name, read, record, rich_record};
use super::list::page;
use crate::given::{Stored, conflict};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    movies_are_added_with_all_that_belongs_to_them,
    what_movies_say_reads_back_exactly,
    an_id_that_is_given_twice_is_one_link,
    ids_ascend_in_the_order_given,
    movies_that_are_there_are_passed_over,
    of_equal_movies_the_first_counts,
    name_and_date_are_compared_exactly,
    nothing_can_be_added,
    nothing_new_can_be_added,
    more_movies_than_a_statement_takes_are_added,
    many_movies_may_have_the_same_name,
    a_batch_with_a_link_to_nothing_is_refused_as_a_whole,
    a_batch_that_fails_in_a_unit_goes_with_it,
    a_movie_can_be_added_after_many,
]);

async fn insert_new(store: &Stored, movies: &[MovieRecord]) -> u64 {
    try_insert_new(store, movies).await.unwrap()
}

async fn try_insert_new(store: &Stored, movies: &[MovieRecord]) -> Result<u64, StoreError> {
    let mut unit = store.begin().await.unwrap();
    let added = insert_linked(unit.catalogue(), movies).await?;
    unit.commit().await.unwrap();
    Ok(added)
}

/// All movies by ascending id: ids and names.
async fn all(store: &Stored) -> Vec<(MovieId, String)> {
    let mut movies = page(store, 0, u16::MAX).await.items;
    movies.reverse();
    movies.into_iter().map(|movie| (movie.id, movie.name)).collect()
}

async fn titles(store: &Stored) -> Vec<String> {
    all(store).await.into_iter().map(|(_, title)| title).collect()
}

/// Movies of these names, with all the same beside.
async fn records(store: &Stored, titles: &[&str]) -> Vec<MovieRecord> {
    let template = rich_record(store, "").await;
    let named = |title: &&str| {
        let mut movie = template.clone();
        movie.facts.name = name(title);
        movie
    };
    titles.iter().map(named).collect()
}

async fn movies_are_added_with_all_that_belongs_to_them(store: Stored) {
    let actors = ids(&store, NameKind::Actor, &["Cyd", "Eve", "Ada"]).await;
    let mut movies = records(&store, &["Up", "Down"]).await;
    movies[0].actors.clone_from(&actors);
    movies[1].facts.overview.push('!');
    movies[1].languages.clear();
    assert_eq!(insert_new(&store, &movies).await, 2);
    for ((id, _), movie) in all(&store).await.into_iter().zip(&movies) {
        let stored = read(&store, id).await;
        let sorted = |ids: &[i64]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        assert_eq!((&stored.facts, stored.country.id), (&movie.facts, movie.country));
        for (kind, named) in NameKind::ALL.into_iter().zip([stored.genres, stored.actors, stored.languages]) {
            let linked: Vec<i64> = named.into_iter().map(|named| named.id).collect();
            assert_eq!(linked, sorted(movie.ids(kind)), "{kind:?}");
        }
    }
}

async fn what_movies_say_reads_back_exactly(store: Stored) {
    let titles =
        ["", " ", "NULL", "{}", "a,b", "\"", "\\", "{\"a\",NULL}", "'; DROP TABLE movies;--", "?1 $1 🦀\n"];
    let numbers = [
        (0.0, 0.0, 0),
        (100.0, 1.0, 1),
        (33.333_333_333_333_336, 0.1 + 0.2, 123_456_789_012_345),
        (f64::MIN_POSITIVE, f64::MAX, 999_999_999_999_999),
        (99.999_999_999_999_99, f64::from_bits(1), 10),
        (5.0, 9_007_199_254_740_993.0, 99),
    ];
    let dates = [date!(0001 - 01 - 01), date!(1999 - 12 - 31), date!(2000 - 01 - 01), date!(9999 - 12 - 31)];
    let mut movies = records(&store, &titles).await;
    let count = movies.len();
    for (place, movie) in movies.iter_mut().enumerate() {
        let (points, revenue, cents) = numbers[place % numbers.len()];
        let facts = &mut movie.facts;
        facts.overview = titles[count - 1 - place].repeat(1 + 5_000 * (place % 2));
        facts.score = Score::new(points).unwrap();
        facts.revenue = revenue;
        facts.budget = Amount::from_cents(cents).unwrap();
        facts.date = dates[place % dates.len()];
        facts.status = MovieStatus::ALL[place % MovieStatus::ALL.len()];
    }
    assert_eq!(insert_new(&store, &movies).await, count as u64);
    let listed = page(&store, 0, u16::MAX).await.items;
    let mut ids: Vec<MovieId> = listed.into_iter().map(|movie| movie.id).collect();
    ids.sort_unstable_by_key(|id| id.0);
    for (id, movie) in ids.into_iter().zip(&movies) {
        let facts = read(&store, id).await.facts;
        assert_eq!(facts, movie.facts);
        assert_eq!(facts.revenue.to_bits(), movie.facts.revenue.to_bits());
    }
}

async fn an_id_that_is_given_twice_is_one_link(store: Stored) {
    let mut movie = rich_record(&store, "Up").await;
    let mut once = movie.actors.clone();
    movie.actors.extend_from_slice(&once);
    assert_eq!(insert_new(&store, &[movie]).await, 1);
    let (id, _) = all(&store).await[0];
    let mut linked: Vec<i64> = read(&store, id).await.actors.into_iter().map(|actor| actor.id).collect();
    once.sort_unstable();
    linked.sort_unstable();
    assert_eq!(linked, once);
}

async fn ids_ascend_in_the_order_given(store: Stored) {
    let given = ["m", "c", "z", "a", "n", "b"];
    assert_eq!(insert_new(&store, &records(&store, &given).await).await, 6);
    assert_eq!(titles(&store).await, given);
}

async fn movies_that_are_there_are_passed_over(store: Stored) {
    let known = add(&store, "Up").await;
    let before = read(&store, known).await;
    let movies = records(&store, &["Down", "Up", "Left"]).await;
    assert_eq!(insert_new(&store, &movies).await, 2);
    assert_eq!(titles(&store).await, ["Up", "Down", "Left"]);
    assert_eq!(read(&store, known).await, before);
    for (id, _) in all(&store).await.into_iter().skip(1) {
        assert_eq!(read(&store, id).await.actors.len(), 2);
    }
}

async fn of_equal_movies_the_first_counts(store: Stored) {
    let mut movies = records(&store, &["Up", "Down", "Up", "Up"]).await;
    movies[2].facts.overview.push('!');
    movies[2].actors.clear();
    assert_eq!(insert_new(&store, &movies).await, 2);
    assert_eq!(titles(&store).await, ["Up", "Down"]);
    let first = read(&store, all(&store).await[0].0).await;
    assert_eq!(first.facts, movies[0].facts);
    assert_eq!(first.actors.len(), 2);
}

async fn name_and_date_are_compared_exactly(store: Stored) {
    add(&store, "Up").await;
    let mut movies = records(&store, &["UP", "Up ", "Up"]).await;
    movies[2].facts.date = DATE.next_day().unwrap();
    assert_eq!(insert_new(&store, &movies).await, 3);
}

async fn nothing_can_be_added(store: Stored) {
    assert_eq!(insert_new(&store, &[]).await, 0);
    assert_eq!(count(&store).await, 0);
}

async fn nothing_new_can_be_added(store: Stored) {
    let movies = records(&store, &["Up", "Down"]).await;
    assert_eq!(insert_new(&store, &movies).await, 2);
    let before = all(&store).await;
    assert_eq!(insert_new(&store, &movies).await, 0);
    assert_eq!(all(&store).await, before);
}

async fn more_movies_than_a_statement_takes_are_added(store: Stored) {
    let template = rich_record(&store, "").await;
    let mut movies: Vec<_> = (0..5_000)
        .map(|number| {
            let mut movie = template.clone();
            movie.facts.name = name(&format!("Movie {number}"));
            movie
        })
        .collect();
    assert_eq!(insert_new(&store, &movies[1_000..2_000]).await, 1_000);
    assert_eq!(insert_new(&store, &movies).await, 4_000);
    assert_eq!(insert_new(&store, &movies).await, 0);
    movies.rotate_left(1_000);
    let early = movies.drain(..1_000).collect::<Vec<_>>();
    // As they were added: the second thousand, the first, the others.
    movies.rotate_right(1_000);
    let stored = all(&store).await;
    assert_eq!(stored.len(), 5_000);
    let expected = early.iter().chain(&movies).map(|movie| movie.facts.name.as_str());
    assert!(stored.iter().map(|(_, title)| title.as_str()).eq(expected));
    for (id, title) in stored.iter().step_by(499) {
        let stored = read(&store, *id).await;
        assert_eq!(stored.facts.name.as_str(), title);
        assert_eq!((stored.genres.len(), stored.actors.len(), stored.languages.len()), (2, 2, 2));
    }
}

async fn many_movies_may_have_the_same_name(store: Stored) {
    let mut date = DATE;
    let mut movies = Vec::new();
    for _ in 0..1_500 {
        let mut movie = record(&store, "Up").await;
        date = date.previous_day().unwrap();
        movie.facts.date = date;
        movies.push(movie);
    }
    assert_eq!(insert_new(&store, &movies[..700]).await, 700);
    assert_eq!(insert_new(&store, &movies).await, 800);
    assert_eq!(count(&store).await, 1_500);
}

async fn a_batch_with_a_link_to_nothing_is_refused_as_a_whole(store: Stored) {
    let mut movies = records(&store, &["Up", "Down"]).await;
    movies[1].genres = vec![404];
    let answer = try_insert_new(&store, &movies).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
    assert_eq!(count(&store).await, 0);
}

async fn a_batch_that_fails_in_a_unit_goes_with_it(store: Stored) {
    let mut movies = records(&store, &["Up", "Down"]).await;
    movies[1].genres = vec![404];
    let mut unit = store.begin().await.unwrap();
    let answer = insert_linked(unit.catalogue(), &movies).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
    drop(unit);
    assert_eq!(insert_new(&store, &movies[..1]).await, 1);
    assert_eq!(titles(&store).await, ["Up"]);
}

async fn a_movie_can_be_added_after_many(store: Stored) {
    insert_new(&store, &records(&store, &["a", "b", "c"]).await).await;
    let last = all(&store).await[2].0;
    assert_eq!(add(&store, "d").await, MovieId(last.0 + 1));
}
