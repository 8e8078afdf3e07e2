//! Finding or adding the names that movies share: countries, genres, actors, languages.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use vestibule_domain::catalogue::NameKind;
use vestibule_domain::store::StoreError;

use super::super::arrays;
use super::super::entities::names::tables;
use super::super::errors::store_error;
use super::super::parts::{ids_in_a_row, is_many, parts, sized_parts};
use super::super::pool::Statements;
use super::super::scope::{Handle, SeaScope};

/// A table with the columns `id` and `name`, and a key column by which its rows are found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dictionary {
    table: &'static str,
    key: &'static str,
}

/// A row that is looked for.
#[derive(Debug)]
pub(super) struct Wanted<'n> {
    /// The value of the key column.
    pub(super) key: Cow<'n, str>,
    /// The name that the row gets if it has to be added.
    pub(super) name: Option<&'n str>,
}

impl Wanted<'_> {
    /// How large it is in a statement, in bytes.
    fn size(&self) -> usize {
        self.key.len() + self.name.map_or(0, str::len)
    }
}

/// A row that is inserted.
struct New<'w> {
    wanted: &'w Wanted<'w>,
    /// The id, if it was drawn beforehand.
    id: Option<i64>,
}

/// Ids of rows that were found or added, by key.
type Ids = HashMap<String, i64>;

impl Dictionary {
    pub(super) const COUNTRIES: Self = Self { table: "countries", key: "code" };

    pub(super) fn of(kind: NameKind) -> Self {
        Self { table: tables(kind).names, key: "name_folded" }
    }

    /// Answers one id for each wanted row, in the same order. New rows are numbered in that order, unless there are
    /// many on another backend than PostgreSQL.
    ///
    /// If another unit of work adds the same rows at the same time, this waits for it on backends that lock rows, and
    /// skips the rows that it added. On MySQL two units that add the same rows in opposite orders wait for each
    /// other, and one of them has to be retried.
    pub(super) async fn resolve<H: Handle>(
        self,
        scope: &SeaScope<H>,
        wanted: &[Wanted<'_>],
    ) -> Result<Vec<i64>, StoreError> {
        let mut ids = Ids::with_capacity(wanted.len());
        let mut seen = HashSet::with_capacity(wanted.len());
        let mut missing: Vec<&Wanted<'_>> = wanted.iter().filter(|wanted| seen.insert(&wanted.key)).collect();
        arrays::expect_many(scope.writes(), &missing).await?;
        if is_many(&missing) && scope.writes().get_database_backend() != DbBackend::Postgres {
            // Units that lock the same rows in the same order do not wait for each other in a circle. And many rows
            // are read and written faster along the index than across it.
            missing.sort_unstable_by_key(|wanted| &wanted.key);
        }
        self.find(scope.reads(), &missing, &mut ids).await?;
        missing.retain(|wanted| !ids.contains_key(&*wanted.key));
        if !missing.is_empty() {
            let new = self.numbered(scope.writes(), &missing).await?;
            self.add(scope.writes(), &new, &mut ids).await?;
            missing.retain(|wanted| !ids.contains_key(&*wanted.key));
            self.find(scope.writes(), &missing, &mut ids).await?;
        }
        let ids = wanted.iter().map(|wanted| ids.get(&*wanted.key).copied());
        ids.collect::<Option<_>>()
            .ok_or_else(|| StoreError::Unexpected(format!("a row of {} was not found", self.table).into()))
    }

    /// The rows to insert.
    ///
    /// On PostgreSQL their ids are drawn beforehand. So rows are numbered in the wanted order, and locked in another
    /// order that is the same for everybody. PostgreSQL notices units that wait for each other in a circle only after
    /// a second; MySQL notices at once, and gets no ids beforehand.
    async fn numbered<'w>(
        self,
        connection: &impl Statements,
        missing: &[&'w Wanted<'w>],
    ) -> Result<Vec<New<'w>>, StoreError> {
        if connection.get_database_backend() != DbBackend::Postgres {
            return Ok(missing.iter().map(|wanted| New { wanted, id: None }).collect());
        }
        let ids = arrays::new_ids(connection, self.table, missing.len()).await?;
        let mut new: Vec<_> =
            ids.into_iter().zip(missing).map(|(id, wanted)| New { wanted, id: Some(id) }).collect();
        new.sort_unstable_by_key(|new| &new.wanted.key);
        Ok(new)
    }

    async fn find(
        self,
        connection: &impl Statements,
        wanted: &[&Wanted<'_>],
        ids: &mut Ids,
    ) -> Result<(), StoreError> {
        let backend = connection.get_database_backend();
        let mut finds = Vec::new();
        if backend == DbBackend::Postgres && !wanted.is_empty() {
            let keys = arrays::texts(wanted.iter().map(|wanted| &*wanted.key));
            let find = format!(
                "SELECT {0}.{1}, {0}.id FROM unnest($1::text::text[]) AS wanted (key) \
                 JOIN {0} ON {0}.{1} = wanted.key",
                self.table, self.key
            );
            finds.push(arrays::statement(find, [keys]));
        } else {
            for part in parts(wanted) {
                let find = Query::select()
                    .columns([self.key, "id"])
                    .from(self.table)
                    .and_where(Expr::col(self.key).is_in(part.iter().map(|wanted| &*wanted.key)))
                    .to_owned();
                finds.push(backend.build(&find));
            }
        }
        for find in finds {
            ids.extend(connection.rows_of::<(String, i64)>(find).await.map_err(store_error)?);
        }
        Ok(())
    }

    /// Adds the missing rows, and answers the ids that are known by that.
    async fn add(
        self,
        connection: &impl Statements,
        new: &[New<'_>],
        ids: &mut Ids,
    ) -> Result<(), StoreError> {
        if connection.get_database_backend() == DbBackend::Postgres {
            return self.add_numbered(connection, new, ids).await;
        }
        for part in sized_parts(new, |new| new.wanted.size()) {
            let mut insert = Query::insert();
            insert.into_table(self.table).columns([self.key, "name"]);
            for New { wanted, .. } in part {
                insert.values_panic([(*wanted.key).into(), wanted.name.into()]);
            }
            insert.on_conflict(OnConflict::new().do_nothing_on(["id"]).to_owned());
            let inserted = connection.execute(&insert).await.map_err(store_error)?;
            let told = ids_in_a_row(connection, &inserted, part.len());
            let keys = part.iter().map(|new| new.wanted.key.to_string());
            ids.extend(keys.zip(told.into_iter().flatten()));
        }
        Ok(())
    }

    /// The same on PostgreSQL, for rows whose ids were drawn.
    async fn add_numbered(
        self,
        connection: &impl Statements,
        new: &[New<'_>],
        ids: &mut Ids,
    ) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO {} (id, {}, name) \
             SELECT * FROM unnest($1::text::bigint[], $2::text::text[], $3::text::text[]) ON CONFLICT DO NOTHING",
            self.table, self.key
        );
        let drawn = || new.iter().filter_map(|new| new.id);
        let keys = arrays::texts(new.iter().map(|new| &*new.wanted.key));
        let names = arrays::texts(new.iter().map(|new| new.wanted.name));
        let insert = arrays::statement(insert, [arrays::numbers(drawn()), keys, names]);
        let inserted = connection.execute_raw(insert).await.map_err(store_error)?;
        // If a row was skipped, nothing tells which one.
        if inserted.rows_affected == new.len() as u64 {
            ids.extend(new.iter().map(|new| new.wanted.key.to_string()).zip(drawn()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pool::Pool;
    use super::super::super::tests::in_memory;

    use super::*;

    const GENRES: &str = "CREATE TABLE genres (id integer PRIMARY KEY AUTOINCREMENT, \
                          name_folded text UNIQUE, name text)";

    async fn add(db: &Pool, keys: &[&str]) -> Vec<Option<i64>> {
        let wanted: Vec<_> = keys.iter().map(|key| Wanted { key: (*key).into(), name: Some(key) }).collect();
        let new: Vec<New<'_>> = wanted.iter().map(|wanted| New { wanted, id: None }).collect();
        let mut ids = Ids::new();
        Dictionary::of(NameKind::Genre).add(db, &new, &mut ids).await.unwrap();
        keys.iter().map(|key| ids.get(*key).copied()).collect()
    }

    #[tokio::test]
    async fn ids_are_told_unless_another_unit_was_faster() {
        let db = in_memory().await;
        db.execute_unprepared(GENRES).await.unwrap();
        assert_eq!(add(&db, &["b", "a"]).await, [Some(1), Some(2)]);
        assert_eq!(add(&db, &["c", "a", "d"]).await, [None, None, None]);
        let mut ids = Ids::new();
        let wanted = ["a", "b", "c", "d"].map(|key| Wanted { key: key.into(), name: None });
        let wanted = wanted.each_ref();
        Dictionary::of(NameKind::Genre).find(&db, &wanted, &mut ids).await.unwrap();
        let distinct: HashSet<i64> = ids.values().copied().collect();
        assert_eq!((ids.len(), distinct.len()), (4, 4));
    }
}
