//! Genres, actors, languages.

use std::collections::HashSet;

use vestibule_domain::catalogue::{Name, NameKind};
use vestibule_domain::store::StoreError;
use vestibule_tests::{at_once, contract};

use super::given::{ids, name, resolve, spelt};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_new_name_is_answered_as_it_was_given,
    a_known_name_is_found,
    names_are_answered_in_the_order_given,
    letter_case_does_not_count_and_the_first_spelling_stays,
    letter_case_does_not_count_in_any_script,
    of_new_names_that_differ_in_letter_case_the_first_is_kept,
    all_but_letter_case_and_form_counts,
    names_may_be_anything,
    kinds_have_nothing_to_do_with_each_other,
    nothing_is_resolved_to_nothing,
    more_names_than_a_statement_takes_are_resolved,
    known_and_new_names_come_together_in_large_numbers,
    calls_that_add_the_same_names_at_once_agree,
    units_that_add_the_same_names_at_once_all_succeed,
]);

fn names(texts: &[&str]) -> Vec<Name> {
    texts.iter().map(|text| name(text)).collect()
}

/// The spellings of what names are resolved to.
async fn spellings(store: &Stored, texts: &[&str]) -> Vec<String> {
    let ids = resolve(store, NameKind::Genre, &names(texts)).await;
    spelt(store.repositories().catalogue(), NameKind::Genre, &ids).await
}

async fn a_new_name_is_answered_as_it_was_given(store: Stored) {
    for kind in NameKind::ALL {
        let ids = resolve(&store, kind, &[name("Sci-Fi")]).await;
        assert_eq!(spelt(store.repositories().catalogue(), kind, &ids).await, ["Sci-Fi"]);
    }
}

async fn a_known_name_is_found(store: Stored) {
    for kind in NameKind::ALL {
        let added = resolve(&store, kind, &[name("Ada")]).await;
        assert_eq!(resolve(&store, kind, &[name("Ada")]).await, added);
    }
}

async fn names_are_answered_in_the_order_given(store: Stored) {
    let first = resolve(&store, NameKind::Actor, &names(&["Cyd", "Ada"])).await;
    let second = resolve(&store, NameKind::Actor, &names(&["Bob", "Ada", "Bob", "Eve", "Cyd"])).await;
    let spelt = spelt(store.repositories().catalogue(), NameKind::Actor, &second).await;
    assert_eq!(spelt, ["Bob", "Ada", "Bob", "Eve", "Cyd"]);
    assert_eq!((second[1], second[4]), (first[1], first[0]));
    assert_eq!(second[0], second[2]);
    assert_eq!(second.into_iter().collect::<HashSet<i64>>().len(), 4);
}

async fn letter_case_does_not_count_and_the_first_spelling_stays(store: Stored) {
    let added = resolve(&store, NameKind::Genre, &[name("TV Movie")]).await;
    for other in ["Tv Movie", "tv movie", "TV MOVIE"] {
        assert_eq!(resolve(&store, NameKind::Genre, &[name(other)]).await, added);
    }
}

async fn letter_case_does_not_count_in_any_script(store: Stored) {
    for (one, other) in [("ОЛЕНА", "олена"), ("École", "ÉCOLE"), ("ΆΝΝΑ", "άννα"), ("ԱՆԻ", "անի")]
    {
        let added = resolve(&store, NameKind::Actor, &[name(one)]).await;
        assert_eq!(resolve(&store, NameKind::Actor, &[name(other)]).await, added);
    }
}

async fn of_new_names_that_differ_in_letter_case_the_first_is_kept(store: Stored) {
    let spelt = spellings(&store, &["dRAMA", "Drama", "Comedy", "DRAMA"]).await;
    assert_eq!(spelt, ["dRAMA", "dRAMA", "Comedy", "dRAMA"]);
}

async fn all_but_letter_case_and_form_counts(store: Stored) {
    let different = ["Jose", "José", "Jose ", " Jose", "Jos", "J%", "J_se"];
    assert_eq!(spellings(&store, &different).await, different);
    let ids: HashSet<i64> = ids(&store, NameKind::Genre, &different).await.into_iter().collect();
    assert_eq!(ids.len(), different.len());
}

async fn names_may_be_anything(store: Stored) {
    // The last one is twice as long in lower case.
    let (long, longer) = ("é".repeat(255), "İ".repeat(255));
    let mut texts =
        vec!["", " ", "O'Neil", "'; DROP TABLE actors;--", "?1 $1 :a", "🦀", "\n", &long, &longer];
    // What means something in a list of PostgreSQL.
    texts.extend(["NULL", "{}", "a,b", "\"a\"", "a\\b", "\\", "{\"a\",NULL}"]);
    assert_eq!(spellings(&store, &texts).await, texts);
    assert_eq!(spellings(&store, &texts).await, texts);
}

async fn kinds_have_nothing_to_do_with_each_other(store: Stored) {
    resolve(&store, NameKind::Genre, &names(&["Western", "FRENCH"])).await;
    let actor = resolve(&store, NameKind::Actor, &[name("French")]).await;
    let language = resolve(&store, NameKind::Language, &[name("french")]).await;
    let mut repositories = store.repositories();
    assert_eq!(spelt(repositories.catalogue(), NameKind::Actor, &actor).await, ["French"]);
    assert_eq!(spelt(repositories.catalogue(), NameKind::Language, &language).await, ["french"]);
}

async fn nothing_is_resolved_to_nothing(store: Stored) {
    for kind in NameKind::ALL {
        assert!(resolve(&store, kind, &[]).await.is_empty());
    }
}

/// More than SQLite takes as values of one statement.
const MANY: usize = 40_001;

fn many(from: usize) -> Vec<Name> {
    (from..from + MANY).map(|number| name(&format!("Name {number}"))).collect()
}

async fn more_names_than_a_statement_takes_are_resolved(store: Stored) {
    let mut names = many(0);
    let added = resolve(&store, NameKind::Actor, &names).await;
    let spelt = spelt(store.repositories().catalogue(), NameKind::Actor, &added).await;
    assert!(names.iter().zip(&spelt).all(|(name, spelt)| name.as_str() == spelt));
    assert_eq!(added.iter().collect::<HashSet<_>>().len(), MANY);
    names.reverse();
    let mut found = resolve(&store, NameKind::Actor, &names).await;
    found.reverse();
    assert!(found == added);
}

async fn known_and_new_names_come_together_in_large_numbers(store: Stored) {
    let known = resolve(&store, NameKind::Actor, &many(0)).await;
    let names = many(MANY / 2);
    let mixed = resolve(&store, NameKind::Actor, &names).await;
    let spelt = spelt(store.repositories().catalogue(), NameKind::Actor, &mixed).await;
    assert!(names.iter().zip(&spelt).all(|(name, spelt)| name.as_str() == spelt));
    assert!(mixed[..MANY - MANY / 2] == known[MANY / 2..]);
}

const WRITERS: usize = 8;

/// Does what another unit of work may get in the way of, as a use case does: again, when the store asks for it.
async fn retrying<T, F: Future<Output = Result<T, StoreError>>>(attempt: impl Fn() -> F) -> T {
    loop {
        match attempt().await {
            Err(StoreError::Retryable(_)) => tokio::task::yield_now().await,
            done => return done.unwrap(),
        }
    }
}

async fn calls_that_add_the_same_names_at_once_agree(store: Stored) {
    let answers = at_once(WRITERS, |number| {
        let (store, mut texts) = (store.clone(), ["Ada", "Bob", "Cyd", "Eve"]);
        texts.rotate_left(number % 4);
        async move {
            let names = names(&texts);
            let mut resolved = retrying(|| async {
                store.repositories().catalogue().resolve_names(NameKind::Actor, &names).await
            })
            .await;
            resolved.sort_unstable();
            resolved
        }
    })
    .await;
    assert_eq!(answers[0].len(), 4);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

async fn units_that_add_the_same_names_at_once_all_succeed(store: Stored) {
    let answers = at_once(WRITERS, |number| {
        let (store, mut texts) = (store.clone(), ["Ada", "Bob", "Cyd", "Eve"]);
        texts.rotate_left(number % 4);
        async move {
            let names = names(&texts);
            let mut resolved = retrying(|| async {
                let mut unit = store.begin().await?;
                let resolved = unit.catalogue().resolve_names(NameKind::Actor, &names).await?;
                unit.commit().await?;
                Ok(resolved)
            })
            .await;
            resolved.sort_unstable();
            resolved
        }
    })
    .await;
    assert_eq!(answers[0].len(), 4);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}
