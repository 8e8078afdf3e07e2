//! The list of movies.

use vestibule_domain::catalogue::{MovieId, MovieSummary};
use vestibule_domain::page::{Page, PageLimit, PageRequest};
use vestibule_tests::contract;

use super::given::{DATE, add, insert_linked, record};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_empty_catalogue_has_an_empty_list,
    a_line_says_what_the_movie_says,
    the_newest_movie_comes_first,
    pages_follow_each_other_without_gap_or_overlap,
    the_last_page_may_be_filled_in_part,
    a_page_past_the_end_is_empty_and_knows_the_total,
    a_page_without_items_knows_the_total,
    a_removed_movie_leaves_no_gap,
    any_part_is_that_part_of_the_whole,
    what_comes_before_any_movie_is_that_part_of_the_whole,
]);

pub(crate) async fn page(store: &Stored, offset: u64, limit: u16) -> Page<MovieSummary> {
    let request = PageRequest { offset, limit: PageLimit::new(limit) };
    store.repositories().catalogue().page(request).await.unwrap()
}

/// The page, which is the same if the number of movies is known before.
pub(crate) async fn page_both_ways(store: &Stored, offset: u64, limit: u16) -> Page<MovieSummary> {
    let page = page(store, offset, limit).await;
    let request = PageRequest { offset, limit: PageLimit::new(limit) };
    assert_eq!(store.repositories().catalogue().list(request, page.total).await.unwrap(), page.items);
    page
}

fn ids(page: &Page<MovieSummary>) -> Vec<MovieId> {
    page.items.iter().map(|movie| movie.id).collect()
}

/// Adds so many movies and answers their ids, newest first.
async fn fill(store: &Stored, number: usize) -> Vec<MovieId> {
    let template = record(store, "").await;
    let movies: Vec<_> = (0..number)
        .map(|number| {
            let mut movie = template.clone();
            // Later ones come earlier by name.
            movie.facts.name = super::given::name(&format!("{:03}", 999 - number));
            movie
        })
        .collect();
    insert_linked(store.repositories().catalogue(), &movies).await.unwrap();
    ids(&page_both_ways(store, 0, u16::MAX).await)
}

async fn any_part_is_that_part_of_the_whole(store: Stored) {
    let whole = fill(&store, 13).await;
    for offset in 0..15 {
        for limit in [0, 1, 2, 5, 13, 20] {
            let found = page_both_ways(&store, offset as u64, limit).await;
            let expected: Vec<_> = whole.iter().skip(offset).take(limit.into()).copied().collect();
            assert_eq!((ids(&found), found.total), (expected, 13), "{offset}, {limit}");
        }
    }
}

async fn what_comes_before_any_movie_is_that_part_of_the_whole(store: Stored) {
    assert!(before(&store, None, 5).await.is_empty());
    let whole = fill(&store, 7).await;
    for limit in [0, 1, 3, 7, 20, u64::MAX] {
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let newest: Vec<_> = whole.iter().take(most).copied().collect();
        assert_eq!(before(&store, None, limit).await, newest, "{limit}");
        for (place, id) in whole.iter().enumerate() {
            let expected: Vec<_> = whole.iter().skip(place + 1).take(most).copied().collect();
            assert_eq!(before(&store, Some(*id), limit).await, expected, "{place}, {limit}");
        }
    }
    // The id of no movie is a place as well.
    assert_eq!(before(&store, Some(MovieId(i64::MAX)), 20).await, whole);
    assert!(before(&store, Some(MovieId(i64::MIN)), 20).await.is_empty());
}

async fn before(store: &Stored, before: Option<MovieId>, limit: u64) -> Vec<MovieId> {
    let movies = store.repositories().catalogue().before(before, limit).await.unwrap();
    movies.iter().map(|movie| movie.id).collect()
}

async fn an_empty_catalogue_has_an_empty_list(store: Stored) {
    for offset in [0, 1, u64::MAX] {
        assert_eq!(page_both_ways(&store, offset, 10).await, Page { items: vec![], total: 0 });
    }
}

async fn a_line_says_what_the_movie_says(store: Stored) {
    let id = add(&store, "Up").await;
    let line = MovieSummary {
        id,
        name: "Up".to_owned(),
        date: DATE,
        score: 75.5,
        overview: "All about Up.".to_owned(),
    };
    let expected = Page { items: vec![line], total: 1 };
    assert_eq!(page_both_ways(&store, 0, 10).await, expected);
    assert_eq!(store.repositories().catalogue().before(None, 10).await.unwrap(), expected.items);
}

async fn the_newest_movie_comes_first(store: Stored) {
    let (first, second, third) = (add(&store, "b").await, add(&store, "c").await, add(&store, "a").await);
    assert_eq!(ids(&page_both_ways(&store, 0, 10).await), [third, second, first]);
}

async fn pages_follow_each_other_without_gap_or_overlap(store: Stored) {
    let all = fill(&store, 30).await;
    assert_eq!(all.len(), 30);
    assert!(all.is_sorted_by(|one, next| one > next));
    let mut paged = Vec::new();
    for offset in [0, 10, 20] {
        let page = page_both_ways(&store, offset, 10).await;
        assert_eq!((page.items.len(), page.total), (10, 30));
        paged.extend(ids(&page));
    }
    assert_eq!(paged, all);
    assert_eq!(ids(&page_both_ways(&store, 7, 3).await), all[7..10]);
}

async fn the_last_page_may_be_filled_in_part(store: Stored) {
    let all = fill(&store, 25).await;
    let last = page_both_ways(&store, 20, 10).await;
    assert_eq!((ids(&last).as_slice(), last.total), (&all[20..], 25));
    assert_eq!(ids(&page_both_ways(&store, 24, 10).await), all[24..]);
}

async fn a_page_past_the_end_is_empty_and_knows_the_total(store: Stored) {
    fill(&store, 20).await;
    for offset in [20, 21, u64::from(u32::MAX), i64::MAX.unsigned_abs(), u64::MAX] {
        assert_eq!(page_both_ways(&store, offset, 10).await, Page { items: vec![], total: 20 });
    }
}

async fn a_page_without_items_knows_the_total(store: Stored) {
    fill(&store, 3).await;
    assert_eq!(page_both_ways(&store, 0, 0).await, Page { items: vec![], total: 3 });
}

async fn a_removed_movie_leaves_no_gap(store: Stored) {
    let all = fill(&store, 4).await;
    assert!(store.repositories().catalogue().remove(all[1]).await.unwrap());
    let page = page_both_ways(&store, 0, 2).await;
    assert_eq!((ids(&page), page.total), (vec![all[0], all[2]], 3));
}
