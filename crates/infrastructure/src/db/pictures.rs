//! The pictures that rows refer to.

use std::collections::HashSet;

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use vestibule_domain::media::{ObjectKey, PictureReferences};
use vestibule_domain::store::StoreError;

use super::errors::store_error;
use super::parts::parts;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

/// Every column that holds keys of pictures. Each has an index, because the sweep asks for every object.
pub(crate) const COLUMNS: [(&str, &str); 2] = [("user_profiles", "avatar"), ("contacts", "avatar_object")];

#[async_trait]
impl<H: Handle> PictureReferences for SeaScope<H> {
    async fn in_use(&mut self, keys: &[ObjectKey]) -> Result<HashSet<ObjectKey>, StoreError> {
        let mut used = HashSet::new();
        for (part, (table, column)) in parts(keys).flat_map(|part| COLUMNS.map(|column| (part, column))) {
            let texts = part.iter().map(ToString::to_string);
            let rows = Query::select()
                .column(column)
                .from(table)
                .and_where(Expr::col(column).is_in(texts))
                .to_owned();
            for (text,) in self.reads().rows::<(String,)>(&rows).await.map_err(store_error)? {
                // A database may match keys in another letter case. Only the exact spelling is a key.
                used.extend(ObjectKey::parse(&text));
            }
        }
        Ok(used)
    }
}
