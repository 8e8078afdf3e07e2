//! What repositories ask of a connection.

use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, DbBackend, DbErr, EntityTrait, Insert, Iterable as _, PrimaryKeyToColumn, QuerySelect,
    QueryTrait, Select, Statement, StatementBuilder, Value,
};

use super::by_key::ByKey;
use super::rows::Columns;

/// What a statement did.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Done {
    /// How many rows it changed.
    pub(in super::super) rows_affected: u64,
    /// The id of the last row that it added, where the database numbers rows and tells.
    pub(in super::super) last_insert_id: i64,
}

/// A connection, or whatever chooses one.
///
/// This is not `sea_orm::ConnectionTrait`, because the rows and results of that come from the drivers of sqlx alone.
/// Statements are made with sea-orm.
pub(in super::super) trait Statements: Send + Sync {
    fn get_database_backend(&self) -> DbBackend;

    /// Runs a statement.
    fn execute_raw(&self, statement: Statement) -> impl Future<Output = Result<Done, DbErr>> + Send;

    /// The rows of a statement.
    fn rows_of<T: Columns>(&self, statement: Statement)
    -> impl Future<Output = Result<Vec<T>, DbErr>> + Send;

    /// The rows of a key, which may be read together with those of other keys. `alone` makes the statement for this one.
    fn rows_by_key<T: Columns, const N: usize>(
        &self,
        _read: &'static ByKey<T, N>,
        _key: [Value; N],
        alone: impl FnOnce(DbBackend) -> Statement + Send,
    ) -> impl Future<Output = Result<Vec<T>, DbErr>> + Send {
        self.rows_of(alone(self.get_database_backend()))
    }

    /// Runs a statement.
    fn execute(&self, statement: &impl StatementBuilder) -> impl Future<Output = Result<Done, DbErr>> + Send {
        let statement = self.get_database_backend().build(statement);
        self.execute_raw(statement)
    }

    /// Runs a change of an entity.
    fn run(&self, change: impl QueryTrait) -> impl Future<Output = Result<Done, DbErr>> + Send {
        let statement = change.build(self.get_database_backend());
        self.execute_raw(statement)
    }

    /// Adds a row, and answers its id.
    fn insert<A: ActiveModelTrait>(
        &self,
        insert: Insert<A>,
    ) -> impl Future<Output = Result<i64, DbErr>> + Send {
        let backend = self.get_database_backend();
        let mut insert = insert.into_query();
        if backend == DbBackend::Postgres {
            let key = <A::Entity as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
            insert.returning(Query::returning().columns(key));
        }
        let statement = backend.build(&insert);
        async move {
            if backend == DbBackend::Postgres {
                let ids = self.rows_of::<(i64,)>(statement).await?;
                return ids.first().map(|(id,)| *id).ok_or(DbErr::RecordNotInserted);
            }
            Ok(self.execute_raw(statement).await?.last_insert_id)
        }
    }

    /// The rows of a query.
    fn rows<T: Columns>(
        &self,
        select: &SelectStatement,
    ) -> impl Future<Output = Result<Vec<T>, DbErr>> + Send {
        let statement = self.get_database_backend().build(select);
        self.rows_of(statement)
    }

    /// The first row of a query, which has not many.
    fn first<T: Columns>(
        &self,
        select: &SelectStatement,
    ) -> impl Future<Output = Result<Option<T>, DbErr>> + Send {
        let rows = self.rows(select);
        async { Ok(rows.await?.into_iter().next()) }
    }

    /// All rows of an entity that are looked for.
    fn all<E>(&self, find: Select<E>) -> impl Future<Output = Result<Vec<E::Model>, DbErr>> + Send
    where
        E: EntityTrait,
        E::Model: Columns,
    {
        let statement = find.build(self.get_database_backend());
        self.rows_of(statement)
    }

    /// The first row of an entity that is looked for.
    fn one<E>(&self, find: Select<E>) -> impl Future<Output = Result<Option<E::Model>, DbErr>> + Send
    where
        E: EntityTrait,
        E::Model: Columns,
    {
        let rows = self.all(find.limit(1));
        async { Ok(rows.await?.into_iter().next()) }
    }

    /// How many rows of an entity are looked for.
    fn count<E: EntityTrait>(&self, find: Select<E>) -> impl Future<Output = Result<u64, DbErr>> + Send {
        let mut rows = find.into_query();
        rows.clear_selects().expr(Expr::cust("1"));
        let count = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(rows, "sub_query").to_owned();
        let statement = self.get_database_backend().build(&count);
        async {
            let counted = self.rows_of::<(i64,)>(statement).await?;
            Ok(counted.first().map_or(0, |(count,)| count.unsigned_abs()))
        }
    }
}
