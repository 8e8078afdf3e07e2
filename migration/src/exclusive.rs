//! One run at a time, so that several servers may start together.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};

use crate::version;

/// PostgreSQL: takes a lock with a number that nothing else uses; it is released with the transaction. The time
/// limits of the connection are lifted while a run waits for another run and while it works.
const POSTGRES: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min'; \
                        SELECT pg_advisory_xact_lock(7310579640926221)";

/// MySQL and MariaDB: takes a lock that belongs to the connection, and waits for it up to ten minutes. Lock names are
/// short and shared by the whole server, so the name has a digest of the database's name.
const MYSQL: &str = "SELECT 1 FROM dual WHERE get_lock(concat('vestibule:', sha1(database())), 600) = 1";

/// Releases the lock.
const MYSQL_END: &str = "DO release_lock(concat('vestibule:', sha1(database())))";

/// A run of the history: a transaction that keeps other runs waiting. When it is over, they find nothing left to do.
///
/// On SQLite and PostgreSQL a run that fails leaves nothing behind. On MySQL and MariaDB each change of the schema
/// commits by itself; there the transaction only keeps the connection, and with it the lock.
pub(crate) struct Run(DatabaseTransaction);

impl Run {
    pub(crate) async fn begin(db: &DatabaseConnection) -> Result<Self, DbErr> {
        let options = TransactionOptions {
            // Locks other writers out from the start.
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

    /// Commits a run that succeeded, and rolls back one that failed, where that is possible.
    pub(crate) async fn end(self, done: Result<(), DbErr>) -> Result<(), DbErr> {
        let Self(transaction) = self;
        let ended = match transaction.get_database_backend() {
            DbBackend::MySql => transaction.execute_unprepared(MYSQL_END).await.map(drop),
            _ => Ok(()),
        };
        // The first error is reported.
        match done.and(ended) {
            Ok(()) => transaction.commit().await,
            Err(error) => {
                drop(transaction.rollback().await);
                Err(error)
            }
        }
    }
}
