//! `POST /api/v1/trash/bulk-delete` (admin contract 2.11, decision 9).

use std::collections::HashSet;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::accounts::Administrator;
use vestibule_application::trash::{TrashAccountsError, TrashAccountsInput};
use vestibule_application::{Actor, Services};

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, list, string};
use crate::http::json;
use crate::surfaces::admin::rules::account;
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// Which accounts, and why.
#[derive(ToSchema)]
struct BulkDelete {
    /// Ids of accounts.
    #[schema(example = json!(["5f0c5d5e-6a52-4f0e-9a8b-1c2d3e4f5a6b"]))]
    ids: Vec<String>,
    /// Why; any text.
    #[schema(example = "no longer here")]
    reason: String,
}

impl ReadFields for BulkDelete {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let ids = fields.body("ids", list(string()));
        let reason = fields.body("reason", string().without_nul());
        fields.finish(|| Some(Self { ids: ids?, reason: reason? }))
    }
}

/// What became of the accounts, in the order of the request, each once.
#[derive(Serialize, ToSchema)]
struct BulkDeleted {
    /// Ids of accounts that were in the trash before, and of no accounts.
    alredy_deleted_user: Vec<String>,
    /// Ids of those that were moved there.
    deleted_now: Vec<String>,
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/trash/bulk-delete", bulk_delete)
        .called("trash", "bulkDelete", "Move accounts into the trash")
        .about("All of them or, on an error, none.")
        .bearer()
        .json::<BulkDelete>()
        .answers::<BulkDeleted>(StatusCode::OK, "What became of the accounts")
        .refuses("No administrator", Administrator::REFUSED)
        .refuses_for(
            "All accounts stay",
            [
                ("body", BodyUnreadable.into()),
                ("none", TrashAccountsError::NoneNamed.into()),
                ("last", TrashAccountsError::LastAdmin.into()),
            ],
        )
}

async fn bulk_delete(
    input: Input<BulkDelete, Actor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = Administrator::with_role(&input.admitted)?;
    let BulkDelete { ids, reason } = input.values;
    let accounts = ids.iter().map(|id| account(id)).collect();
    let trashed =
        services.trash_accounts.execute(TrashAccountsInput { administrator, accounts, reason }).await?;
    let now: HashSet<_> = trashed.now.into_iter().collect();
    let mut seen = HashSet::new();
    let named = ids.into_iter().filter(|id| seen.insert(id.to_ascii_lowercase()));
    let (deleted_now, alredy_deleted_user) = named.partition(|id| now.contains(&account(id)));
    Ok(json(StatusCode::OK, &BulkDeleted { alredy_deleted_user, deleted_now }))
}
