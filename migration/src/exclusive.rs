//! One run at a time, so that several servers may start together.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};

use crate::version;

/// PostgreSQL: the number of the lock is that of nothing else, and goes with the transaction. While a run
/// waits for another one, and while it works, the limits of the connection do not hold.
const POSTGRES: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min'; \
                        SELECT pg_advisory_xact_lock(7310579640926221)";

/// MySQL and MariaDB: the lock is the connection's, and waited for for ten minutes. Names are short, and
/// are the whole server's.
const MYSQL: &str = "SELECT 1 FROM dual WHERE get_lock(concat('vestibule:', sha1(database())), 600) = 1";

/// Ends it.
const MYSQL_END: &str = "DO release_lock(concat('vestibule:', sha1(database())))";

/// A run of the history: a transaction that keeps other runs waiting, after which they find nothing left
/// to do.
///
/// On SQLite and PostgreSQL a run that fails leaves nothing behind. On MySQL and MariaDB a change of the
/// schema is a transaction of its own, whatever is around it; there the transaction keeps the connection,
/// and with it the lock.
pub(crate) struct Run(DatabaseTransaction);

impl Run {
    pub(crate) async fn begin(db: &DatabaseConnection) -> Result<Self, DbErr> {
        let options = TransactionOptions {
            // Locks other writers out from its start.
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = db.begin_with_options(options).await?;
        match db.get_database_backend() {
            DbBackend::Postgres => {
                transaction.execute_unprepared(POSTGRES).await?;
            }
            DbBackend::MySql => {
                version::check(&transaction).await?;
                let lock = Statement::from_string(DbBackend::MySql, MYSQL);
                if transaction.query_one_raw(lock).await?.is_none() {
                    return Err(DbErr::Custom(
                        "another run of the migrations does not come to an end".into(),
                    ));
                }
            }
            _ => {}
        }
        Ok(Self(transaction))
    }

    pub(crate) fn executor(&self) -> SchemaManagerConnection<'_> {
        SchemaManagerConnection::Transaction(&self.0)
    }

    /// Keeps what was done, or takes it back where that is possible.
    pub(crate) async fn end(self, done: Result<(), DbErr>) -> Result<(), DbErr> {
        let Self(transaction) = self;
        let ended = match transaction.get_database_backend() {
            DbBackend::MySql => transaction.execute_unprepared(MYSQL_END).await.map(drop),
            _ => Ok(()),
        };
        // What went wrong first is told.
        match done.and(ended) {
            Ok(()) => transaction.commit().await,
            Err(error) => {
                drop(transaction.rollback().await);
                Err(error)
            }
        }
    }
}
