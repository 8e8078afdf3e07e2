//! How many statements it takes.

use vestibule_domain::catalogue::{MovieId, MovieRecord, Name, NameKind};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::store::Repositories;
use vestibule_tests::{contract, statements};

use super::given::{code, facts, insert_linked, name, read};
use crate::given::Stored;

contract!(store on [sqlite, postgres, mariadb]: [
    a_movie_takes_two_statements_whatever_its_names,
    known_names_take_one_statement,
]);

/// SQLite tells the ids of new rows.
mod told {
    use super::{Stored, contract};

    contract!(store on [sqlite]: [
        the_newest_movies_take_one_statement_and_a_page_behind_them_two,
        new_names_take_two_statements,
        a_new_movie_takes_the_same_statements_whatever_it_has,
        many_movies_take_the_same_statements_as_two,
    ]);

    async fn the_newest_movies_take_one_statement_and_a_page_behind_them_two(store: Stored) {
        super::fill(&store, 130).await;
        super::a_page_takes(1, 20, 0, &store).await;
        super::a_page_takes(1, 20, 99, &store).await;
        super::a_page_takes(2, 20, 100, &store).await;
        // The blocks tell the number, and that nothing is there.
        super::a_page_takes(1, 0, u64::MAX, &store).await;
    }

    async fn new_names_take_two_statements(store: Stored) {
        super::new_names_take(2, store).await;
    }

    async fn a_new_movie_takes_the_same_statements_whatever_it_has(store: Stored) {
        super::a_new_movie_takes_the_same_statements_whatever_it_has(0, store).await;
    }

    async fn many_movies_take_the_same_statements_as_two(store: Stored) {
        super::many_movies_take_the_same_statements_as_two(0, store).await;
    }
}

/// Where several write at once, the ids of new rows are read back: one statement more for each table.
mod read_back {
    use super::{Stored, contract};

    contract!(store on [postgres, mariadb]: [
        a_page_takes_two_statements_and_one_past_the_end_one,
        new_names_take_three_statements,
        a_new_movie_takes_the_same_statements_whatever_it_has,
        many_movies_take_the_same_statements_as_two,
    ]);

    async fn a_page_takes_two_statements_and_one_past_the_end_one(store: Stored) {
        super::fill(&store, 130).await;
        super::a_page_takes(2, 20, 0, &store).await;
        super::a_page_takes(2, 20, 100, &store).await;
        super::a_page_takes(1, 0, u64::MAX, &store).await;
    }

    async fn new_names_take_three_statements(store: Stored) {
        super::new_names_take(3, store).await;
    }

    async fn a_new_movie_takes_the_same_statements_whatever_it_has(store: Stored) {
        super::a_new_movie_takes_the_same_statements_whatever_it_has(4, store).await;
    }

    async fn many_movies_take_the_same_statements_as_two(store: Stored) {
        super::many_movies_take_the_same_statements_as_two(1, store).await;
    }
}

fn names(kind: NameKind, number: usize) -> Vec<Name> {
    (0..number).map(|number| name(&format!("{kind:?} {number}"))).collect()
}

/// Adds a movie with so many new genres, actors and languages, as the use case does.
async fn create(repositories: &mut dyn Repositories, title: &str, numbers: [usize; 3]) -> MovieId {
    let record = resolve(repositories, title, numbers).await;
    let catalogue = repositories.catalogue();
    let id = catalogue.insert(&record).await.unwrap();
    catalogue.detail(id).await.unwrap().expect("the movie is gone");
    id
}

async fn resolve(repositories: &mut dyn Repositories, title: &str, numbers: [usize; 3]) -> MovieRecord {
    let catalogue = repositories.catalogue();
    let country = catalogue.resolve_countries(&[(code("FR"), None)]).await.unwrap()[0];
    let mut ids = Vec::new();
    for (kind, number) in NameKind::ALL.into_iter().zip(numbers) {
        ids.push(catalogue.resolve_names(kind, &names(kind, number)).await.unwrap());
    }
    let [genres, actors, languages] = ids.try_into().unwrap();
    MovieRecord { facts: facts(title), country, genres, actors, languages }
}

async fn a_movie_takes_two_statements_whatever_its_names(store: Stored) {
    let small = create(&mut *store.repositories(), "small", [0, 0, 0]).await;
    let large = create(&mut *store.repositories(), "large", [10, 50, 5]).await;
    // A movie without names could be one that is being removed: it is looked for once more.
    for (id, expected) in [(small, 3), (large, 2)] {
        let (_, statements) = statements(read(&store, id)).await;
        assert_eq!(statements.len(), expected, "{statements:#?}");
    }
}

async fn fill(store: &Stored, number: usize) {
    let template = resolve(&mut *store.repositories(), "", [1, 1, 1]).await;
    let facts = (0..number).map(|number| facts(&number.to_string()));
    let movies: Vec<_> = facts.map(|facts| MovieRecord { facts, ..template.clone() }).collect();
    insert_linked(store.repositories().catalogue(), &movies).await.unwrap();
}

/// A page of twenty, which has so many movies, takes so many statements, and one at the most if the number of movies is
/// known.
async fn a_page_takes(number: usize, items: usize, offset: u64, store: &Stored) {
    let request = PageRequest { offset, limit: PageLimit::new(20) };
    let mut repositories = store.repositories();
    let (page, counted) = statements(repositories.catalogue().page(request)).await;
    let page = page.unwrap();
    assert_eq!((page.items.len(), page.total), (items, 130));
    assert_eq!(counted.len(), number, "{counted:#?}");
    let (list, known) = statements(repositories.catalogue().list(request, page.total)).await;
    assert_eq!(list.unwrap(), page.items);
    assert_eq!(known.len(), usize::from(items > 0), "{known:#?}");
}

async fn known_names_take_one_statement(store: Stored) {
    let names = names(NameKind::Actor, 100);
    let mut repositories = store.repositories();
    repositories.catalogue().resolve_names(NameKind::Actor, &names).await.unwrap();
    let again = repositories.catalogue().resolve_names(NameKind::Actor, &names);
    let (_, statements) = statements(again).await;
    assert_eq!(statements.len(), 1, "{statements:#?}");
}

async fn new_names_take(number: usize, store: Stored) {
    let names = names(NameKind::Actor, 100);
    let mut repositories = store.repositories();
    let resolved = repositories.catalogue().resolve_names(NameKind::Actor, &names);
    let (_, statements) = statements(resolved).await;
    assert_eq!(statements.len(), number, "{statements:#?}");
}

async fn a_new_movie_takes_the_same_statements_whatever_it_has(read_back: usize, store: Stored) {
    for numbers in [[1, 1, 1], [10, 200, 5]] {
        let mut unit = store.begin().await.unwrap();
        let (_, statements) = statements(create(&mut *unit, "Up", numbers)).await;
        // Two for the country and for each kind of names, one for the movie, one for each kind of
        // links, two to read it back.
        assert_eq!(statements.len(), 2 + 3 * 2 + read_back + 1 + 3 + 2, "{statements:#?}");
    }
}

async fn many_movies_take_the_same_statements_as_two(read_back: usize, store: Stored) {
    for number in [2, 100] {
        let mut unit = store.begin().await.unwrap();
        let template = resolve(&mut *unit, "", [2, 5, 1]).await;
        let movies: Vec<_> = (0..number)
            .map(|number| MovieRecord { facts: facts(&number.to_string()), ..template.clone() })
            .collect();
        let (added, statements) = statements(insert_linked(unit.catalogue(), &movies)).await;
        assert_eq!(added.unwrap(), number);
        // A look at what is there, the movies, and each kind of links.
        assert_eq!(statements.len(), 1 + 1 + read_back + 3, "{statements:#?}");
    }
}
