//! The use cases of the movie catalogue.

mod browse_movies;
mod change_movie;
mod create_movie;
mod edit_movie;
mod editor;
mod export_movies;
mod import_movies;
mod known_names;
mod list_movies;
mod movie_mark;
mod remove_movie;
mod show_movie;

pub use browse_movies::{BrowseMovies, BrowseMoviesError};
pub use change_movie::{ChangeMovie, ChangeMovieError, ChangeMovieInput};
pub use create_movie::{CreateMovie, CreateMovieError, CreateMovieInput};
pub use edit_movie::{EditMovie, EditMovieError, EditMovieInput};
pub use editor::Editor;
pub use export_movies::{ExportMovies, ExportMoviesError};
pub use import_movies::{ImportMovies, ImportMoviesError, ImportedMovies, PreparedMovies};
pub use known_names::KnownNames;
pub use list_movies::{ListMovies, ListMoviesError};
pub use movie_mark::MovieMark;
pub use remove_movie::{RemoveMovie, RemoveMovieError, RemoveMovieInput};
pub use show_movie::{ShowMovie, ShowMovieError};
