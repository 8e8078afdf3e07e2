//! Links of movies without foreign keys, on PostgreSQL, which checks foreign keys row by row. Of an import that was more
//! than half of the time: a movie has about twelve links, each of which refers to two rows.
//!
//! A link is only ever added in the unit of work that adds its movie, so that the movie is there and nobody else can
//! remove it. Names are never removed (`tests/architecture/names_stay.rs`), and who adds links looks for all of their names
//! at once (`crates/infrastructure/src/db/catalogue/links.rs`). The release before only adds links to names that it found.
//! What else the keys did is left to triggers: whoever removes a movie removes its links, and so does who removes a name by
//! hand.

use sea_orm_migration::prelude::*;

use crate::m20261128_039_row_blocks::run;
use crate::taken::take;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TABLES).await?;
        run(manager, &[UP]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TABLES).await?;
        run(manager, &[DOWN]).await
    }
}

const TABLES: &str = "movies, movies_genres, actors_movies, movies_languages, genres, actors, languages";

/// The statements of the trigger are planned for the rows at hand, a movie or all of them. A plan that is kept for the
/// one would read all links for the other.
const UP: &str = "
    ALTER TABLE movies_genres
        DROP CONSTRAINT fk_movies_genres_movie_id, DROP CONSTRAINT fk_movies_genres_genre_id;
    ALTER TABLE actors_movies
        DROP CONSTRAINT fk_actors_movies_movie_id, DROP CONSTRAINT fk_actors_movies_actor_id;
    ALTER TABLE movies_languages
        DROP CONSTRAINT fk_movies_languages_movie_id, DROP CONSTRAINT fk_movies_languages_language_id;
    CREATE OR REPLACE FUNCTION remove_movie_links() RETURNS trigger LANGUAGE plpgsql AS $links$
    DECLARE
        removal text := CASE TG_OP WHEN 'DELETE' THEN 'DELETE FROM %I WHERE %I IN (SELECT id FROM gone)'
            ELSE 'DELETE FROM %I' END;
    BEGIN
        FOR place IN 0 .. TG_NARGS - 2 BY 2 LOOP
            EXECUTE format(removal, TG_ARGV[place], TG_ARGV[place + 1]);
        END LOOP;
        RETURN NULL;
    END $links$;
    CREATE TRIGGER remove_movie_links AFTER DELETE ON movies REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
        EXECUTE FUNCTION remove_movie_links(
            'movies_genres', 'movie_id', 'actors_movies', 'movie_id', 'movies_languages', 'movie_id');
    CREATE TRIGGER remove_all_movie_links AFTER TRUNCATE ON movies FOR EACH STATEMENT
        EXECUTE FUNCTION remove_movie_links(
            'movies_genres', 'movie_id', 'actors_movies', 'movie_id', 'movies_languages', 'movie_id');
    CREATE TRIGGER remove_movie_links AFTER DELETE ON genres REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
        EXECUTE FUNCTION remove_movie_links('movies_genres', 'genre_id');
    CREATE TRIGGER remove_movie_links AFTER DELETE ON actors REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
        EXECUTE FUNCTION remove_movie_links('actors_movies', 'actor_id');
    CREATE TRIGGER remove_movie_links AFTER DELETE ON languages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
        EXECUTE FUNCTION remove_movie_links('movies_languages', 'language_id');
";

const DOWN: &str = "
    DROP TRIGGER remove_movie_links ON movies;
    DROP TRIGGER remove_all_movie_links ON movies;
    DROP TRIGGER remove_movie_links ON genres;
    DROP TRIGGER remove_movie_links ON actors;
    DROP TRIGGER remove_movie_links ON languages;
    DROP FUNCTION remove_movie_links();
    ALTER TABLE movies_genres
        ADD CONSTRAINT fk_movies_genres_movie_id FOREIGN KEY (movie_id) REFERENCES movies (id) ON DELETE CASCADE,
        ADD CONSTRAINT fk_movies_genres_genre_id FOREIGN KEY (genre_id) REFERENCES genres (id) ON DELETE CASCADE;
    ALTER TABLE actors_movies
        ADD CONSTRAINT fk_actors_movies_movie_id FOREIGN KEY (movie_id) REFERENCES movies (id) ON DELETE CASCADE,
        ADD CONSTRAINT fk_actors_movies_actor_id FOREIGN KEY (actor_id) REFERENCES actors (id) ON DELETE CASCADE;
    ALTER TABLE movies_languages
        ADD CONSTRAINT fk_movies_languages_movie_id
            FOREIGN KEY (movie_id) REFERENCES movies (id) ON DELETE CASCADE,
        ADD CONSTRAINT fk_movies_languages_language_id
            FOREIGN KEY (language_id) REFERENCES languages (id) ON DELETE CASCADE;
";
