//! Messages that were sent.

use std::iter;

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, Order, Query, SelectStatement};
use sea_orm::{DbBackend, Statement, Value};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::messages::{
    Channel, Language, Lease, MessageId, QueuePlace, SentMessage, SentMessageRepository,
};
use vestibule_domain::page::Part;
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::errors::{damaged, store_error};
use super::expiry::{at_most, purge};
use super::parts::parts;
use super::pool::{Statements, row};
use super::scope::{Handle, SeaScope};

const TABLE: &str = "sent_messages";

const COLUMNS: [&str; 8] =
    ["id", "kind", "channel", "language", "recipient", "attempts", "created_at", "sent_at"];

/// Removes a message from the outbox and adds its record, in one statement, which PostgreSQL alone has. The row that is
/// removed is the one that is added, so there is none without the other.
const MOVE: &str = "WITH gone AS (DELETE FROM outbox_messages WHERE id = $1 AND lease = $2 RETURNING id) \
                    INSERT INTO sent_messages \
                    (id, kind, channel, language, recipient, attempts, created_at, sent_at) \
                    SELECT id, $3, $4, $5, $6, $7, $8, $9 FROM gone";

#[async_trait]
impl<H: Handle> SentMessageRepository for SeaScope<H> {
    async fn list(
        &mut self,
        after: Option<QueuePlace>,
        limit: u64,
    ) -> Result<Part<SentMessage, QueuePlace>, StoreError> {
        // One more tells whether another part follows.
        let listed = listed(after, limit.saturating_add(1));
        let mut rows = self.reads().rows::<SentRow>(&listed).await.map_err(store_error)?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_next = rows.len() > wanted;
        rows.truncate(wanted);
        let next = rows.last().filter(|_| has_next).map(SentRow::place);
        Ok(Part { items: rows.into_iter().filter_map(|row| row.try_into().ok()).collect(), next })
    }

    async fn purge(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        purge(self.writes(), TABLE, "sent_at", until, limit).await
    }
}

/// The statement that moves a message out of the outbox on PostgreSQL. It changes no row if the lease was lost.
pub(super) fn moved(id: MessageId, lease: Lease, sent: &SentMessage) -> Statement {
    let claimed: [Value; 2] = [id.0.into(), lease.0.into()];
    Statement::from_sql_and_values(DbBackend::Postgres, MOVE, claimed.into_iter().chain(values(sent)))
}

/// The statement that adds the record alone.
pub(super) fn added(sent: &SentMessage) -> InsertStatement {
    let mut insert = Query::insert();
    let values = iter::once(sent.id.0.into()).chain(values(sent));
    insert.into_table(TABLE).columns(COLUMNS).values_panic(values.map(Expr::value));
    insert
}

/// What is kept of a message, in the order of [`COLUMNS`] without its id.
fn values(sent: &SentMessage) -> [Value; 7] {
    [
        sent.kind.as_str().into(),
        sent.channel.name().into(),
        sent.language.tag().into(),
        sent.recipient.as_str().into(),
        i32::try_from(sent.attempts).unwrap_or(i32::MAX).into(),
        Utc::from(sent.created_at).into(),
        Utc::from(sent.sent_at).into(),
    ]
}

/// Removes what was sent to the addresses of an account, `limit` rows at the most, and answers how many.
pub(super) async fn forget(
    connection: &impl Statements,
    account: AccountId,
    limit: u64,
) -> Result<u64, StoreError> {
    let find = Query::select()
        .columns(["email", "mobile"])
        .from("users")
        .and_where(Expr::col("id").eq(account.0))
        .to_owned();
    let found = connection.first::<(Option<String>, Option<String>)>(&find).await.map_err(store_error)?;
    let addresses: Vec<_> = found.into_iter().flat_map(|(email, mobile)| [email, mobile]).flatten().collect();
    forget_all(connection, &addresses, limit).await
}

/// Removes what was sent to these addresses, `limit` rows at the most, and answers how many.
pub(super) async fn forget_all(
    connection: &impl Statements,
    addresses: &[String],
    limit: u64,
) -> Result<u64, StoreError> {
    // What somebody else removes meanwhile counts too: else fewer than the limit would say that nothing is left.
    let mut removed = 0;
    for part in parts(addresses) {
        if removed >= limit {
            break;
        }
        let find = Query::select()
            .column("id")
            .from(TABLE)
            .and_where(Expr::col("recipient").is_in(part.iter().map(String::as_str)))
            .limit(at_most(limit - removed))
            .to_owned();
        let rows = connection.rows::<(Uuid,)>(&find).await.map_err(store_error)?;
        let ids: Vec<_> = rows.into_iter().map(|(id,)| id).collect();
        for these in parts(&ids) {
            let these = Expr::col("id").is_in(these.iter().copied());
            let delete = Query::delete().from_table(TABLE).and_where(these).to_owned();
            connection.execute(&delete).await.map_err(store_error)?;
        }
        removed += ids.len() as u64;
    }
    Ok(removed)
}

/// A part of the list.
fn listed(after: Option<QueuePlace>, limit: u64) -> SelectStatement {
    let mut list = Query::select()
        .columns(COLUMNS)
        .from(TABLE)
        .order_by("sent_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(at_most(limit))
        .to_owned();
    if let Some(QueuePlace { at, id }) = after {
        let at = Utc::from(at);
        // The first condition leads into the index, the second one passes over what was seen of that time.
        list.and_where(Expr::col("sent_at").lte(at))
            .and_where(Expr::col("sent_at").lt(at).or(Expr::col("id").lt(id.0)));
    }
    list
}

struct SentRow {
    id: Uuid,
    kind: String,
    channel: String,
    language: String,
    recipient: String,
    attempts: i32,
    created_at: Utc,
    sent_at: Utc,
}

row!(SentRow: id, kind, channel, language, recipient, attempts, created_at, sent_at);

impl SentRow {
    fn place(&self) -> QueuePlace {
        QueuePlace { at: self.sent_at.0, id: MessageId(self.id) }
    }
}

impl TryFrom<SentRow> for SentMessage {
    type Error = StoreError;

    fn try_from(row: SentRow) -> Result<Self, StoreError> {
        let damaged = |column| damaged(TABLE, column, row.id);
        Ok(Self {
            id: MessageId(row.id),
            channel: Channel::from_name(&row.channel).ok_or_else(|| damaged("channel"))?,
            language: Language::from_tag(&row.language).ok_or_else(|| damaged("language"))?,
            attempts: u32::try_from(row.attempts).map_err(|_negative| damaged("attempts"))?,
            kind: row.kind,
            recipient: row.recipient,
            created_at: row.created_at.0,
            sent_at: row.sent_at.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait as _, Database};
    use time::macros::datetime;

    use super::*;

    #[tokio::test]
    async fn a_part_of_the_list_is_read_by_its_index_on_sqlite() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        for statement in [
            "CREATE TABLE sent_messages (id PRIMARY KEY, kind, channel, language, recipient, attempts, created_at, \
             sent_at)",
            "CREATE INDEX ix_sent_messages_sent_at ON sent_messages (sent_at, id)",
        ] {
            db.execute_unprepared(statement).await.unwrap();
        }
        let after = QueuePlace { at: datetime!(2026-01-01 00:00 UTC), id: MessageId(Uuid::nil()) };
        for (after, step) in [
            (None, "SCAN sent_messages USING INDEX ix_sent_messages_sent_at"),
            (Some(after), "SEARCH sent_messages USING INDEX ix_sent_messages_sent_at (sent_at<?)"),
        ] {
            let list = DbBackend::Sqlite.build(&listed(after, 26));
            let plan = format!("EXPLAIN QUERY PLAN {}", list.sql);
            let plan = Statement::from_sql_and_values(DbBackend::Sqlite, plan, list.values.unwrap());
            let steps = db.query_all_raw(plan).await.unwrap();
            let steps: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
            assert_eq!(steps, [step]);
        }
    }
}
