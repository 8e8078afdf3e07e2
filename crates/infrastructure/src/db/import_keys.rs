//! Keys of other systems.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Order, Query};
use time::OffsetDateTime;
use vestibule_domain::accounts::import::{ImportKeyRepository, SealedImportKey};
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::errors::store_error;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

const TABLE: &str = "import_keys";

fn insert(key: &SealedImportKey) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(["name", "sealed", "kept_at"]);
    insert.values_panic([
        key.name.as_str().into(),
        key.sealed.clone().into(),
        Expr::val(Utc::from(key.kept_at)),
    ]);
    insert
}

#[async_trait]
impl<H: Handle> ImportKeyRepository for SeaScope<H> {
    async fn keep(&mut self, key: &SealedImportKey) -> Result<(), StoreError> {
        let same = OnConflict::column("name").update_columns(["sealed", "kept_at"]).to_owned();
        self.writes().execute(insert(key).on_conflict(same)).await.map_err(store_error)?;
        Ok(())
    }

    async fn hold(&mut self, key: &SealedImportKey) -> Result<SealedImportKey, StoreError> {
        let together = self.together().await?;
        // To change the row is what keeps others from it.
        let same = OnConflict::column("name").update_columns(["kept_at"]).to_owned();
        together.execute(insert(key).on_conflict(same)).await.map_err(store_error)?;
        let find = Query::select()
            .column("sealed")
            .from(TABLE)
            .and_where(Expr::col("name").eq(&*key.name))
            .to_owned();
        let held = together.first::<(Vec<u8>,)>(&find).await.map_err(store_error)?;
        together.commit().await.map_err(store_error)?;
        let (sealed,) =
            held.ok_or_else(|| StoreError::Unexpected("a key that was just held is missing".into()))?;
        Ok(SealedImportKey { sealed, ..key.clone() })
    }

    async fn all(&mut self) -> Result<Vec<SealedImportKey>, StoreError> {
        let select = Query::select()
            .columns(["name", "sealed", "kept_at"])
            .from(TABLE)
            .order_by("name", Order::Asc)
            .to_owned();
        let rows = self.reads().rows::<(String, Vec<u8>, Utc)>(&select).await.map_err(store_error)?;
        let key = |(name, sealed, kept_at): (_, _, Utc)| SealedImportKey { name, sealed, kept_at: kept_at.0 };
        Ok(rows.into_iter().map(key).collect())
    }

    async fn is_needed(&mut self, name: &str) -> Result<bool, StoreError> {
        // The underscore of a name stands for any character here, so some more hashes are taken for such that need it.
        let needs = Expr::col("hashed_password").like(format!("{{foreign}}%{name}%"));
        let find = Query::select().column("id").from("users").and_where(needs).limit(1).to_owned();
        Ok(self.reads().first::<(i64,)>(&find).await.map_err(store_error)?.is_some())
    }

    async fn remove(&mut self, name: &str, since: OffsetDateTime) -> Result<bool, StoreError> {
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("name").eq(name))
            .and_where(Expr::col("kept_at").lt(Utc::from(since)))
            .to_owned();
        Ok(self.writes().execute(&delete).await.map_err(store_error)?.rows_affected > 0)
    }
}
