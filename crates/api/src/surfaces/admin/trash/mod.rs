//! Accounts that were removed and can be restored.

mod bulk_delete;
mod list;
mod remove;
mod restore;

use time::OffsetDateTime;

use super::Endpoint;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string};

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list::endpoint(), bulk_delete::endpoint(), restore::endpoint(), remove::endpoint()]
}

/// Which account.
struct Wanted(String);

impl ReadFields for Wanted {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("user_id", string());
        fields.finish(|| id.map(Self))
    }
}
