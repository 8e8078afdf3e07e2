//! The movie catalogue.

mod amount;
mod country;
mod movie;
mod name;
mod repository;
mod score;
mod status;
mod title_case;

pub use amount::{Amount, InvalidAmount};
pub use country::{CountryCode, InvalidCountryCode};
pub use movie::{
    AddedMovie, Country, MovieChange, MovieDetail, MovieFacts, MovieId, MovieRecord, MovieSummary, NamedId,
    NewMovie,
};
pub use name::{InvalidName, Name, NameKind};
pub use repository::CatalogueRepository;
pub use score::{InvalidScore, Score};
pub use status::{MovieStatus, UnknownStatus};
pub use title_case::title_case;
