//! Table `countries`.

use sea_orm::entity::prelude::*;
use vestibule_domain::catalogue::{Country, CountryCode};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "countries")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    id: i64,
    code: String,
    name: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The country of a row that may have none.
    pub(in crate::db) fn joined(id: Option<i64>, code: Option<String>, name: Option<String>) -> Option<Self> {
        Some(Self { id: id?, code: code?, name })
    }
}

impl From<Model> for Country {
    fn from(row: Model) -> Self {
        Self { id: row.id, code: CountryCode::from_stored(row.code), name: row.name }
    }
}
