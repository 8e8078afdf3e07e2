//! All tables of the catalogue.

use vestibule_domain::catalogue::{Country, NameKind};

use super::numbered::Numbered;
use super::rows::movies::MovieRow;
use super::rows::names::NameRow;

/// The catalogue.
#[derive(Default)]
pub(in super::super) struct CatalogueTables {
    pub(super) countries: Numbered<Country>,
    genres: Numbered<NameRow>,
    actors: Numbered<NameRow>,
    languages: Numbered<NameRow>,
    pub(super) movies: Numbered<MovieRow>,
}

impl CatalogueTables {
    /// The names of a kind.
    pub(super) fn names(&self, kind: NameKind) -> &Numbered<NameRow> {
        match kind {
            NameKind::Genre => &self.genres,
            NameKind::Actor => &self.actors,
            NameKind::Language => &self.languages,
        }
    }

    /// The names of a kind, to add some.
    pub(super) fn names_mut(&mut self, kind: NameKind) -> &mut Numbered<NameRow> {
        match kind {
            NameKind::Genre => &mut self.genres,
            NameKind::Actor => &mut self.actors,
            NameKind::Language => &mut self.languages,
        }
    }

    /// Brings a copy up to date with all changes since the last publication.
    pub(in super::super) fn publish(&mut self, copy: &mut Self) {
        self.countries.publish(&mut copy.countries);
        self.genres.publish(&mut copy.genres);
        self.actors.publish(&mut copy.actors);
        self.languages.publish(&mut copy.languages);
        self.movies.publish(&mut copy.movies);
    }

    /// Takes back all changes since the last publication.
    pub(in super::super) fn roll_back(&mut self) {
        self.countries.roll_back();
        self.genres.roll_back();
        self.actors.roll_back();
        self.languages.roll_back();
        self.movies.roll_back();
    }
}
