//! Edits of movies that somebody has before his eyes.

use std::sync::Arc;

use time::macros::date;
use vestibule_application::catalogue::{
    ChangeMovieInput, CreateMovieInput, EditMovieError, EditMovieInput, Editor, MovieMark,
};
use vestibule_domain::catalogue::{
    Amount, CountryCode, MovieChange, MovieFacts, MovieId, MovieStatus, Name, NewMovie, Score,
};
use vestibule_domain::store::Store;
use vestibule_use_case_tests::{UseCases, at_once};

on_stores![
    an_edit_of_what_was_seen_is_made_and_moves_the_mark,
    an_edit_of_what_is_gone_or_taken_is_refused,
    of_edits_at_once_one_is_made,
];

fn facts(name: &str) -> MovieFacts {
    MovieFacts {
        name: Name::parse(name).unwrap(),
        date: date!(1927 - 01 - 10),
        score: Score::new(89.1).unwrap(),
        overview: "A city of towers.".to_owned(),
        status: MovieStatus::Released,
        budget: Amount::from_cents(130_000_001).unwrap(),
        revenue: 0.1 + 0.2,
    }
}

async fn created(app: &UseCases, name: &str) -> MovieId {
    let movie = NewMovie {
        facts: facts(name),
        country: CountryCode::parse("DE").unwrap(),
        country_name: None,
        genres: Vec::new(),
        actors: Vec::new(),
        languages: Vec::new(),
    };
    let editor = Editor::operator();
    app.services.create_movie.execute(CreateMovieInput { editor, movie }).await.unwrap().id
}

async fn seen(app: &UseCases, id: MovieId) -> MovieFacts {
    app.services.show_movie.execute(id).await.unwrap().facts
}

fn scored(score: f64) -> MovieChange {
    MovieChange { score: Some(Score::new(score).unwrap()), ..MovieChange::NOTHING }
}

async fn edit(
    app: &UseCases,
    id: MovieId,
    seen: MovieMark,
    change: MovieChange,
) -> Result<(), EditMovieError> {
    app.services.edit_movie.execute(EditMovieInput { editor: Editor::operator(), id, seen, change }).await
}

async fn an_edit_of_what_was_seen_is_made_and_moves_the_mark(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    let id = created(&app, "Metropolis").await;
    let first = MovieMark::of(&seen(&app, id).await);
    // What a store keeps reads back the same each time.
    assert_eq!(MovieMark::of(&facts("Metropolis")), first);
    edit(&app, id, first, MovieChange::NOTHING).await.unwrap();
    edit(&app, id, first, scored(90.5)).await.unwrap();
    let expected = MovieFacts { score: Score::new(90.5).unwrap(), ..facts("Metropolis") };
    assert_eq!(seen(&app, id).await, expected);
    for change in [MovieChange::NOTHING, scored(1.0)] {
        assert!(matches!(edit(&app, id, first, change).await, Err(EditMovieError::ChangedMeanwhile)));
    }
    // So does a change that looks at nothing.
    let second = MovieMark::of(&expected);
    let change = ChangeMovieInput { editor: Editor::operator(), id, change: Some(scored(2.0)) };
    app.services.change_movie.execute(change).await.unwrap();
    assert!(matches!(edit(&app, id, second, scored(3.0)).await, Err(EditMovieError::ChangedMeanwhile)));
    assert_eq!(seen(&app, id).await.score.get().to_bits(), 2.0_f64.to_bits());
}

async fn an_edit_of_what_is_gone_or_taken_is_refused(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    let id = created(&app, "Metropolis").await;
    created(&app, "Other").await;
    let mark = MovieMark::of(&seen(&app, id).await);
    let taken = MovieChange { name: Some(Name::parse("Other").unwrap()), ..scored(1.0) };
    assert!(matches!(edit(&app, id, mark, taken).await, Err(EditMovieError::Exists)));
    assert_eq!(seen(&app, id).await, facts("Metropolis"));
    let nothing = edit(&app, MovieId(0), mark, scored(1.0)).await;
    assert!(matches!(nothing, Err(EditMovieError::NotFound)));
}

async fn of_edits_at_once_one_is_made(store: Arc<dyn Store>) {
    let app = Arc::new(UseCases::with(|deps| deps.store = store));
    let id = created(&app, "Metropolis").await;
    let mark = MovieMark::of(&seen(&app, id).await);
    let outcomes = at_once(6, |number| {
        let app = Arc::clone(&app);
        let given = f64::from(u8::try_from(number).unwrap());
        async move { edit(&app, id, mark, scored(given)).await.map(|()| given) }
    })
    .await;
    let (made, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(made.len(), 1, "{made:?}");
    assert!(refused.iter().all(|refused| matches!(refused, Err(EditMovieError::ChangedMeanwhile))));
    let kept = seen(&app, id).await.score.get();
    assert_eq!(kept.to_bits(), made[0].as_ref().unwrap().to_bits());
}
