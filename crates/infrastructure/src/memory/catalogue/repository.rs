//! The repository.

use async_trait::async_trait;
use time::Date;
use vestibule_domain::catalogue::{
    AddedMovie, CatalogueRepository, CountryCode, MovieChange, MovieDetail, MovieFacts, MovieId, MovieRecord,
    MovieSummary, Name, NameKind,
};
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::StoreError;

use super::super::scope::{Access, MemoryScope};
use super::rows::movies::MovieRow;

#[async_trait]
impl<A: Access> CatalogueRepository for MemoryScope<A> {
    async fn resolve_names(&mut self, kind: NameKind, names: &[Name]) -> Result<Vec<i64>, StoreError> {
        self.0
            .write(|tables| {
                let names = names.iter().map(|name| tables.catalogue.resolve_name(kind, name));
                names.collect()
            })
            .await
    }

    async fn resolve_countries(
        &mut self,
        countries: &[(CountryCode, Option<String>)],
    ) -> Result<Vec<i64>, StoreError> {
        self.0
            .write(|tables| {
                let resolved = countries
                    .iter()
                    .map(|(code, name)| tables.catalogue.resolve_country(code, name.as_deref()));
                resolved.collect()
            })
            .await
    }

    async fn insert(&mut self, movie: &MovieRecord) -> Result<MovieId, StoreError> {
        self.0.write(|tables| tables.catalogue.add(movie)).await
    }

    async fn insert_new(&mut self, movies: &[MovieRecord]) -> Result<Vec<AddedMovie>, StoreError> {
        self.0
            .write(|tables| {
                let mut added = Vec::new();
                for (place, movie) in movies.iter().enumerate() {
                    if !tables.catalogue.has(&movie.facts) {
                        added.push(AddedMovie { place, id: tables.catalogue.add_unlinked(movie)? });
                    }
                }
                Ok(added)
            })
            .await
    }

    async fn link_new(&mut self, added: &[AddedMovie], movies: &[MovieRecord]) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                for AddedMovie { place, id } in added {
                    let movie = movies.get(*place);
                    let movie = movie.ok_or_else(|| {
                        StoreError::Unexpected("links of a movie that is none of these".into())
                    })?;
                    tables.catalogue.link(*id, movie)?;
                }
                Ok(())
            })
            .await
    }

    async fn exists(&mut self, name: &Name, date: Date) -> Result<bool, StoreError> {
        self.0.read(|tables| tables.catalogue.movies.find(&(name.clone(), date)).is_some())
    }

    async fn is_empty(&mut self) -> Result<bool, StoreError> {
        self.0.read(|tables| tables.catalogue.movies.is_empty())
    }

    async fn page(&mut self, page: PageRequest) -> Result<Page<MovieSummary>, StoreError> {
        let offset = usize::try_from(page.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(page.limit.get()).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let movies = &tables.catalogue.movies;
            let items = movies.last_first().skip(offset).take(limit).map(MovieRow::summary);
            Page { items: items.collect(), total: movies.len() as u64 }
        })
    }

    async fn list(&mut self, page: PageRequest, _total: u64) -> Result<Vec<MovieSummary>, StoreError> {
        Ok(CatalogueRepository::page(self, page).await?.items)
    }

    async fn before(&mut self, before: Option<MovieId>, limit: u64) -> Result<Vec<MovieSummary>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let movies = tables.catalogue.movies.last_first();
            let movies = movies.filter(|movie| before.is_none_or(|before| movie.id < before));
            movies.take(limit).map(MovieRow::summary).collect()
        })
    }

    async fn detail(&mut self, id: MovieId) -> Result<Option<MovieDetail>, StoreError> {
        self.0.read(|tables| tables.catalogue.detail(id))
    }

    async fn after(&mut self, after: MovieId, limit: u64) -> Result<Vec<MovieDetail>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| tables.catalogue.after(after, limit))
    }

    async fn lock(&mut self, id: MovieId) -> Result<Option<MovieFacts>, StoreError> {
        // A unit of work is the only writer, so there is nothing to lock.
        self.0.read(|tables| tables.catalogue.movies.get(id.0).map(|movie| movie.record.facts.clone()))
    }

    async fn change(&mut self, id: MovieId, change: &MovieChange) -> Result<bool, StoreError> {
        let change = change.clone();
        self.0
            .write(|tables| {
                tables.catalogue.movies.update(id.0, |movie| {
                    movie.change(change);
                    true
                })
            })
            .await
    }

    async fn remove(&mut self, id: MovieId) -> Result<bool, StoreError> {
        self.0.write(|tables| Ok(tables.catalogue.movies.remove(id.0))).await
    }
}
