//! Tables `genres`, `actors` and `languages`, which have the same columns, and those that link them
//! with movies.

use vestibule_domain::catalogue::NameKind;

/// The tables of a kind of names.
#[derive(Debug, Clone, Copy)]
pub(in crate::db) struct Tables {
    /// Where the names are: `id`, `name`, `name_folded`.
    pub(in crate::db) names: &'static str,
    /// Which movie has which: `movie_id` and [`link`](Self::link).
    pub(in crate::db) links: &'static str,
    /// The column of `links` with the id of the name.
    pub(in crate::db) link: &'static str,
}

/// The tables of a kind.
pub(in crate::db) fn tables(kind: NameKind) -> Tables {
    match kind {
        NameKind::Genre => Tables { names: "genres", links: "movies_genres", link: "genre_id" },
        NameKind::Actor => Tables { names: "actors", links: "actors_movies", link: "actor_id" },
        NameKind::Language => Tables { names: "languages", links: "movies_languages", link: "language_id" },
    }
}
