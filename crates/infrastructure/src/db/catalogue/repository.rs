//! The repository.

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use time::Date;
use vestibule_domain::catalogue::{
    AddedMovie, CatalogueRepository, CountryCode, MovieChange, MovieDetail, MovieFacts, MovieId, MovieRecord,
    MovieSummary, Name, NameKind,
};
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::StoreError;

use super::super::entities::movies::{ActiveModel, Column, Entity, Model};
use super::super::errors::store_error;
use super::super::pool::Statements;
use super::super::scope::{Handle, SeaScope};
use super::resolution::{Dictionary, Wanted};
use super::{additions, pages, sequence, views};

#[async_trait]
impl<H: Handle> CatalogueRepository for SeaScope<H> {
    async fn resolve_names(&mut self, kind: NameKind, names: &[Name]) -> Result<Vec<i64>, StoreError> {
        let wanted = names.iter().map(|name| Wanted { key: name.folded().into(), name: Some(name.as_str()) });
        Dictionary::of(kind).resolve(self, &wanted.collect::<Vec<_>>()).await
    }

    async fn resolve_countries(
        &mut self,
        countries: &[(CountryCode, Option<String>)],
    ) -> Result<Vec<i64>, StoreError> {
        let wanted =
            countries.iter().map(|(code, name)| Wanted { key: code.as_str().into(), name: name.as_deref() });
        Dictionary::COUNTRIES.resolve(self, &wanted.collect::<Vec<_>>()).await
    }

    async fn insert(&mut self, movie: &MovieRecord) -> Result<MovieId, StoreError> {
        let together = self.together().await?;
        let id = additions::insert(&together, movie).await?;
        together.commit().await.map_err(store_error)?;
        Ok(id)
    }

    async fn insert_new(&mut self, movies: &[MovieRecord]) -> Result<Vec<AddedMovie>, StoreError> {
        let together = self.together().await?;
        let added = additions::insert_new(&together, movies).await?;
        together.commit().await.map_err(store_error)?;
        Ok(added)
    }

    async fn link_new(&mut self, added: &[AddedMovie], movies: &[MovieRecord]) -> Result<(), StoreError> {
        let together = self.together().await?;
        additions::link_new(&together, added, movies).await?;
        together.commit().await.map_err(store_error)
    }

    async fn exists(&mut self, name: &Name, date: Date) -> Result<bool, StoreError> {
        let same = Entity::find().filter(Column::Name.eq(name.as_str())).filter(Column::Date.eq(date));
        any(self.reads(), same).await
    }

    async fn is_empty(&mut self) -> Result<bool, StoreError> {
        any(self.reads(), Entity::find()).await.map(|any| !any)
    }

    async fn page(&mut self, page: PageRequest) -> Result<Page<MovieSummary>, StoreError> {
        pages::page(self.reads(), page).await
    }

    async fn list(&mut self, page: PageRequest, total: u64) -> Result<Vec<MovieSummary>, StoreError> {
        pages::list(self.reads(), page, total).await
    }

    async fn before(&mut self, before: Option<MovieId>, limit: u64) -> Result<Vec<MovieSummary>, StoreError> {
        views::before(self.reads(), before, limit).await
    }

    async fn detail(&mut self, id: MovieId) -> Result<Option<MovieDetail>, StoreError> {
        views::detail(self.reads(), id).await
    }

    async fn after(&mut self, after: MovieId, limit: u64) -> Result<Vec<MovieDetail>, StoreError> {
        sequence::after(self.reads(), after, limit).await
    }

    async fn lock(&mut self, id: MovieId) -> Result<Option<MovieFacts>, StoreError> {
        // SQLite has no row locks and needs none: a unit of work there is the only writer.
        let find = Entity::find_by_id(id.0).lock_exclusive();
        let found = self.reads().first::<Model>(find.as_query()).await.map_err(store_error)?;
        found.map(MovieFacts::try_from).transpose()
    }

    async fn change(&mut self, id: MovieId, change: &MovieChange) -> Result<bool, StoreError> {
        if change.is_empty() {
            return any(self.reads(), Entity::find_by_id(id.0)).await;
        }
        let update = Entity::update_many().set(ActiveModel::from(change)).filter(Column::Id.eq(id.0));
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn remove(&mut self, id: MovieId) -> Result<bool, StoreError> {
        // Foreign keys remove the links, or on PostgreSQL triggers (`m20261129_043_movie_links`).
        let delete = Entity::delete_by_id(id.0);
        let deleted = self.writes().run(delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected > 0)
    }
}

/// Whether there is such a movie.
async fn any(connection: &impl Statements, find: Select<Entity>) -> Result<bool, StoreError> {
    let find = find.select_only().column(Column::Id).limit(1);
    Ok(connection.first::<(i64,)>(find.as_query()).await.map_err(store_error)?.is_some())
}
