//! Lists that go on after an account, by an index: no part reads what came before it.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{DbBackend, Statement};
use vestibule_domain::accounts::{
    AddressBeginning, AddressPart, DirectoryFilter, DirectoryOrder, DirectoryPlace, EmailAddress,
    ListedState, ListedSurface, Role,
};
use vestibule_domain::page::{Part, Reach};
use vestibule_domain::store::StoreError;
use vestibule_domain::trash::{TrashId, TrashPlace};

use super::super::entities::{Utc, groups};
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::{Columns, Statements};
use super::slices::{ByText, ByTime};

const USERS: &str = "users";

/// What conditions on accounts look at.
const SEEN: &[&str] =
    &["id", "group_id", "is_active", "email_verified_at", "activated_at", "deleted_at", "surface"];

/// An index of accounts, and its columns before the time of creation and the id.
type Index = (&'static str, &'static [&'static str]);
const ALL: Index = ("ix_users_deleted_at", &["deleted_at"]);
const ROLES: Index = ("ix_users_roles", &["group_id", "deleted_at"]);
const INACTIVE: Index = ("ix_users_inactive", &["is_active", "deleted_at"]);
const SURFACE: Index = ("ix_users_surface", &["surface", "deleted_at"]);

/// The accounts of a part of a list.
pub(super) async fn browse(
    connection: &impl Statements,
    filter: DirectoryFilter,
    order: DirectoryOrder,
    after: Option<DirectoryPlace>,
    reach: Reach,
) -> Result<Part<i64, DirectoryPlace>, StoreError> {
    let (at, text) = match after {
        None => (None, None),
        Some(DirectoryPlace::At { at, id }) => (Some((Utc::from(at), id)), None),
        Some(DirectoryPlace::Text(text)) => (None, Some(text)),
    };
    let by_text = |column| ByText { column, seen: SEEN, wanted: of_texts(filter), part: None };
    match order {
        DirectoryOrder::Oldest | DirectoryOrder::Newest => {
            let is_newest_first = order == DirectoryOrder::Newest;
            let list = by_time(connection.get_database_backend(), filter, is_newest_first);
            let part = list.part(connection, at, reach).await?;
            let next = part.next.map(|(at, id)| DirectoryPlace::At { at: at.0, id });
            Ok(Part { items: part.items.into_iter().map(|(account, ..)| account).collect(), next })
        }
        DirectoryOrder::Name => {
            let part = by_text("username_folded").part(connection, text.as_deref(), reach).await?;
            Ok(of_accounts(part))
        }
        DirectoryOrder::Address => {
            let part = by_text("email").part(connection, text.as_deref(), reach).await?;
            Ok(of_accounts(part))
        }
    }
}

fn of_accounts(part: Part<(i64, String), String>) -> Part<i64, DirectoryPlace> {
    let items = part.items.into_iter().map(|(account, _)| account).collect();
    Part { items, next: part.next.map(DirectoryPlace::Text) }
}

/// Some entries of the trash, by their ids.
pub(in super::super) async fn trashed(
    connection: &impl Statements,
    after: Option<TrashPlace>,
    limit: u64,
) -> Result<Part<i64, TrashPlace>, StoreError> {
    let after = after.map(|TrashPlace { deleted_at, id }| (Utc::from(deleted_at), id.0));
    let reach = Reach { items: limit, looked_at: limit };
    let part = in_trash(None, None, false).part(connection, after, reach).await?;
    let next = part.next.map(|(at, id)| TrashPlace { deleted_at: at.0, id: TrashId(id) });
    Ok(Part { items: part.items.into_iter().map(|(.., entry)| entry).collect(), next })
}

fn by_time(backend: DbBackend, filter: DirectoryFilter, is_newest_first: bool) -> ByTime {
    let DirectoryFilter { role, state, surface } = filter;
    if state == Some(ListedState::InTrash) {
        return in_trash(role, surface, is_newest_first);
    }
    let of_surface = surface.map(came_through);
    let may_not_sign_in = matches!(state, Some(ListedState::Inactive | ListedState::Waiting));
    let (index, is_listed, wanted): (Index, String, Vec<Option<String>>) = match role {
        Some(role) if role != Role::User => {
            // Written out, as in the index, which has no other accounts. PostgreSQL sees that by itself, and would
            // count with fewer accounts if it were told; SQLite has to be told.
            let of_few = if backend == DbBackend::Postgres { "" } else { "group_id <> 1 AND " };
            let is_listed = format!("{of_few}{} AND deleted_at IS NULL", has_role(role));
            (ROLES, is_listed, vec![state.and_then(in_state), of_surface])
        }
        // Nearly all have the role of users, so the others are passed over.
        role if may_not_sign_in => {
            let is_waiting = state.filter(|state| *state == ListedState::Waiting).and_then(in_state);
            let is_listed = "is_active = FALSE AND deleted_at IS NULL".to_owned();
            (INACTIVE, is_listed, vec![role.map(has_role), is_waiting, of_surface])
        }
        role => {
            let wanted = vec![role.map(has_role), state.and_then(in_state)];
            match of_surface {
                // Few may have come through it.
                Some(of_surface) => (SURFACE, format!("{of_surface} AND deleted_at IS NULL"), wanted),
                None => (ALL, "deleted_at IS NULL".to_owned(), wanted),
            }
        }
    };
    let (index, alike) = index;
    ByTime {
        table: USERS,
        account: "id",
        at: "created_at",
        index,
        alike,
        is_listed,
        seen: SEEN,
        wanted: wanted.into_iter().flatten().collect(),
        is_newest_first,
    }
}

/// The trash without those whose removal began.
fn in_trash(role: Option<Role>, surface: Option<ListedSurface>, is_newest_first: bool) -> ByTime {
    let of_account: Vec<String> = role.map(has_role).into_iter().chain(surface.map(came_through)).collect();
    let mut wanted = Vec::new();
    if !of_account.is_empty() {
        // Looked up for each by itself: of a join PostgreSQL makes a look at all accounts.
        let of_account = of_account.join(" AND ");
        wanted.push(format!(
            "(SELECT count(*) FROM users WHERE users.id = looked_at.account AND {of_account}) > 0"
        ));
    }
    ByTime {
        table: "trash",
        account: "user_id",
        at: "deleted_at",
        index: "ix_trash_removal_began_at",
        alike: &["removal_began_at"],
        is_listed: "removal_began_at IS NULL".to_owned(),
        seen: &[],
        wanted,
        is_newest_first,
    }
}

/// The conditions of a list by a text, whose index knows nothing of roles and states.
fn of_texts(DirectoryFilter { role, state, surface }: DirectoryFilter) -> Vec<String> {
    let is_in_trash = state == Some(ListedState::InTrash);
    let place = if is_in_trash { "deleted_at IS NOT NULL" } else { "deleted_at IS NULL" };
    // For each by itself, too.
    let is_waiting = "(SELECT count(*) FROM trash WHERE trash.user_id = looked_at.id \
                       AND trash.removal_began_at IS NULL) > 0";
    let state = if is_in_trash { Some(is_waiting.to_owned()) } else { state.and_then(in_state) };
    let surface = surface.map(came_through);
    [Some(place.to_owned()), role.map(has_role), state, surface].into_iter().flatten().collect()
}

fn has_role(role: Role) -> String {
    format!("group_id = {}", groups::group_id(role))
}

/// Written out: of a value that comes later, a plan would not know how many accounts have it.
fn came_through(surface: ListedSurface) -> String {
    match surface {
        ListedSurface::Known(surface) => format!("surface = '{surface}'"),
        ListedSurface::Unknown => "surface IS NULL".to_owned(),
    }
}

/// The condition of a state outside the trash.
fn in_state(state: ListedState) -> Option<String> {
    let condition = match state {
        ListedState::Active => "is_active = TRUE",
        ListedState::Inactive => "is_active = FALSE",
        ListedState::Waiting => "is_active = FALSE AND email_verified_at IS NULL AND activated_at IS NULL",
        ListedState::InTrash => return None,
    };
    Some(condition.to_owned())
}

/// The accounts whose address has the part and does not begin with it, by id and address.
pub(super) async fn with_address_part(
    connection: &impl Statements,
    part: &AddressPart,
    after: Option<&EmailAddress>,
    reach: Reach,
) -> Result<Part<(i64, String), String>, StoreError> {
    let list = ByText { column: "email", seen: &[], wanted: Vec::new(), part: Some(part.as_str()) };
    list.part(connection, after.map(EmailAddress::as_str), reach).await
}

/// The accounts whose address begins so, by id and address, in the order of the addresses.
pub(super) async fn with_address(
    connection: &impl Statements,
    beginning: &AddressBeginning,
    after: Option<&EmailAddress>,
    limit: u64,
) -> Result<Vec<(i64, String)>, StoreError> {
    let (first, last) = (beginning.as_str(), beginning.end());
    let statement = match connection.get_database_backend() {
        DbBackend::Postgres => by_code_points(first, &last, after, limit),
        backend => backend.build(&by_order(first, &last, after, limit)),
    };
    read(connection, statement).await
}

/// Elsewhere than on PostgreSQL, texts are in the order of their code points.
fn by_order(first: &str, last: &str, after: Option<&EmailAddress>, limit: u64) -> SelectStatement {
    let email = || Expr::col("email");
    // One lower bound: of two, SQLite goes to the first alone and reads on from there.
    let from = match after.map(EmailAddress::as_str).filter(|after| *after >= first) {
        Some(after) => email().gt(after),
        None => email().gte(first),
    };
    Query::select()
        .columns(["id", "email"])
        .from(USERS)
        .and_where(from)
        .and_where(email().lte(last))
        .order_by("email", Order::Asc)
        .limit(at_most(limit))
        .to_owned()
}

/// PostgreSQL has operators for that order, and the index of the addresses is by them.
fn by_code_points(first: &str, last: &str, after: Option<&EmailAddress>, limit: u64) -> Statement {
    // Nothing is before the empty text.
    let after = after.map_or("", EmailAddress::as_str);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT id, email FROM users WHERE email ~>=~ $1 AND email ~<=~ $2 AND email ~>~ $3 \
         ORDER BY email USING ~<~ LIMIT $4",
        [first.into(), last.into(), after.into(), limit.into()],
    )
}

async fn read<R: Columns>(connection: &impl Statements, statement: Statement) -> Result<Vec<R>, StoreError> {
    connection.rows_of(statement).await.map_err(store_error)
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait as _, Database};
    use time::macros::datetime;
    use vestibule_domain::accounts::AccountSurface;

    use super::super::slices::Span;
    use super::*;

    /// The table with the indexes of lists, as the migrations make them.
    const SCHEMA: [&str; 5] = [
        "CREATE TABLE users (id INTEGER PRIMARY KEY, group_id, is_active, email_verified_at, activated_at, \
         created_at, deleted_at, surface)",
        "CREATE INDEX ix_users_deleted_at ON users (deleted_at, created_at, id)",
        "CREATE INDEX ix_users_roles ON users (deleted_at, group_id, created_at, id) WHERE group_id <> 1",
        "CREATE INDEX ix_users_inactive ON users (is_active, deleted_at, created_at, id) WHERE is_active = FALSE",
        "CREATE INDEX ix_users_surface ON users (surface, deleted_at, created_at, id)",
    ];

    const ANYBODY: DirectoryFilter = DirectoryFilter { role: None, state: None, surface: None };

    #[tokio::test]
    async fn a_list_by_time_is_read_in_the_order_of_an_index_on_sqlite() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        for statement in SCHEMA {
            db.execute_unprepared(statement).await.unwrap();
        }
        let at = Utc::from(datetime!(2026-11-30 12:00 UTC));
        let mobile = Some(ListedSurface::Known(AccountSurface::Mobile));
        let unknown = Some(ListedSurface::Unknown);
        let (user, moderator) = (Some(Role::User), Some(Role::Moderator));
        let (active, inactive) = (Some(ListedState::Active), Some(ListedState::Inactive));
        for (filter, index) in [
            (ANYBODY, "ix_users_deleted_at"),
            (DirectoryFilter { surface: mobile, ..ANYBODY }, "ix_users_surface"),
            (DirectoryFilter { surface: unknown, ..ANYBODY }, "ix_users_surface"),
            (DirectoryFilter { surface: mobile, role: user, state: active }, "ix_users_surface"),
            (DirectoryFilter { surface: unknown, state: active, ..ANYBODY }, "ix_users_surface"),
            (DirectoryFilter { surface: mobile, role: moderator, ..ANYBODY }, "ix_users_roles"),
            (DirectoryFilter { surface: unknown, state: inactive, ..ANYBODY }, "ix_users_inactive"),
        ] {
            for is_newest_first in [false, true] {
                for span in [Span::All, Span::OfMoment(at, 7), Span::Beyond(at)] {
                    let list = by_time(DbBackend::Sqlite, filter, is_newest_first);
                    let mut plan = list.hits(DbBackend::Sqlite, span, 26, 20_000);
                    plan.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
                    let steps = db.query_all_raw(plan).await.unwrap();
                    let steps: Vec<String> =
                        steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
                    let of_users: Vec<_> = steps.iter().filter(|step| step.contains(" users ")).collect();
                    let is_by_index = |step: &&String| step.contains(&format!("INDEX {index} ("));
                    assert!(of_users.len() == 1 && of_users.iter().all(is_by_index), "{filter:?}: {steps:?}");
                    assert!(!steps.iter().any(|step| step.contains("B-TREE")), "{filter:?}: {steps:?}");
                }
            }
        }
    }
}
