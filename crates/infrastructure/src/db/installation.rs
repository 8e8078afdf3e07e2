//! Which installation this is.

use async_trait::async_trait;
use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use uuid::Uuid;
use vestibule_domain::installation::{InstallationId, InstallationRepository};
use vestibule_domain::store::StoreError;

use super::errors::store_error;
use super::pool::Statements;
use super::scope::{Handle, SeaScope};

const TABLE: &str = "installation";

#[async_trait]
impl<H: Handle> InstallationRepository for SeaScope<H> {
    async fn settle(&mut self, candidate: InstallationId) -> Result<InstallationId, StoreError> {
        if let Some(settled) = settled(self.reads()).await.map_err(store_error)? {
            return Ok(settled);
        }
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(["id", "uuid"]);
        insert.values_panic([1_i16.into(), candidate.0.into()]);
        // If another server wrote the row first, that row stays.
        insert.on_conflict(OnConflict::column("id").do_nothing_on(["id"]).to_owned());
        self.writes().execute(&insert).await.map_err(store_error)?;
        let settled = settled(self.writes()).await.map_err(store_error)?;
        settled.ok_or_else(|| StoreError::Unexpected("the id of the installation is not there".into()))
    }
}

async fn settled(connection: &impl Statements) -> Result<Option<InstallationId>, DbErr> {
    let select = Query::select().column("uuid").from(TABLE).and_where(Expr::col("id").eq(1_i16)).to_owned();
    Ok(connection.first::<(Uuid,)>(&select).await?.map(|(uuid,)| InstallationId(uuid)))
}
