//! How many statements it takes.

use vestibule_domain::catalogue::{MovieId, MovieRecord, Name, NameKind};
use vestibule_domain::store::Repositories;
use vestibule_tests::{contract, statements};

use super::given::{code, facts, insert_linked, name, read};
use super::list::page;
use crate::given::Stored;

contract!(store on [sqlite, postgres, mariadb]: [
    a_movie_takes_two_statements_whatever_its_names,
    a_page_takes_two_statements,
    a_page_past_the_end_takes_one,
    known_names_take_one_statement,
]);

/// SQLite tells the ids of new rows.
mod told {
    use super::{Stored, contract};

    contract!(store on [sqlite]: [
        new_names_take_two_statements,
        a_new_movie_takes_the_same_statements_whatever_it_has,
        many_movies_take_the_same_statements_as_two,
    ]);

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
        new_names_take_three_statements,
        a_new_movie_takes_the_same_statements_whatever_it_has,
        many_movies_take_the_same_statements_as_two,
    ]);

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

async fn a_page_takes_two_statements(store: Stored) {
    for number in 0..30 {
        create(&mut *store.repositories(), &number.to_string(), [1, 1, 1]).await;
    }
    let (page, statements) = statements(page(&store, 10, 20)).await;
    assert_eq!(page.items.len(), 20);
    assert_eq!(statements.len(), 2, "{statements:#?}");
}

async fn a_page_past_the_end_takes_one(store: Stored) {
    let (page, statements) = statements(page(&store, u64::MAX, 20)).await;
    assert_eq!(page.items.len(), 0);
    assert_eq!(statements.len(), 1, "{statements:#?}");
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
