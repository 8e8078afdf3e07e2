//! What the connections of all drivers do alike. Their types have no trait in common that says so.

/// Makes a side of a driver. Its module has `WORDS`, `CATALOGUE`, `SNAPSHOT`, `kind`, `cell`, `write`, `next_id`,
/// `set_next_id` and `flush`.
macro_rules! side {
    ($name:ident, $driver:ty, $connection:ty) => {
        /// A connection of this driver.
        pub(in super::super) struct $name {
            pub(in super::super) connection: $connection,
            pub(in super::super) place: String,
        }

        impl $name {
            /// A statement that answers a row if there is a table of this name.
            pub(in super::super) fn table_named(name: &str) -> String {
                CATALOGUE.table.replace("{}", name)
            }

            fn failed(&self, error: SqlxError) -> CopyError {
                CopyError::Database(self.place.clone(), error)
            }
        }

        fn parameters(cells: &[Cell]) -> SqlxValues {
            SqlxValues(Values(cells.iter().map(Cell::parameter).collect()))
        }

        #[async_trait]
        impl Side for $name {
            fn catalogue(&self) -> &'static Catalogue {
                &CATALOGUE
            }

            fn kind(&self, written: &str) -> Option<Kind> {
                kind(written)
            }

            async fn begin_snapshot(&mut self) -> Result<(), CopyError> {
                self.run(SNAPSHOT).await
            }

            async fn run(&mut self, sql: &str) -> Result<(), CopyError> {
                let done = raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.connection).await;
                done.map(drop).map_err(|error| self.failed(error))
            }

            async fn execute(&mut self, sql: &str, cells: &[Cell]) -> Result<(), CopyError> {
                let query = query_with::<$driver, _>(AssertSqlSafe(WORDS.numbered(sql)), parameters(cells));
                query.execute(&mut self.connection).await.map(drop).map_err(|error| self.failed(error))
            }

            async fn texts(&mut self, sql: &str) -> Result<Vec<Vec<String>>, CopyError> {
                let rows = query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut self.connection).await;
                let rows = rows.map_err(|error| self.failed(error))?;
                let texts = |row: &<$driver as Database>::Row| {
                    (0..row.len())
                        .map(|place| row.try_get::<Option<String>, _>(place).map(Option::unwrap_or_default))
                        .collect::<Result<Vec<_>, _>>()
                };
                rows.iter().map(texts).collect::<Result<_, _>>().map_err(|error| self.failed(error))
            }

            async fn number(&mut self, sql: &str) -> Result<Option<i64>, CopyError> {
                let row = query(AssertSqlSafe(sql.to_owned())).fetch_optional(&mut self.connection).await;
                match row.map_err(|error| self.failed(error))? {
                    Some(row) => row.try_get::<Option<i64>, _>(0).map_err(|error| self.failed(error)),
                    None => Ok(None),
                }
            }

            async fn read(&mut self, table: &Table, reading: &Reading) -> Result<Batch, CopyError> {
                let (sql, cells) = WORDS.select(table, reading);
                let query = query_with::<$driver, _>(AssertSqlSafe(sql), parameters(&cells));
                let mut rows = query.fetch(&mut self.connection);
                let mut batch = Batch::default();
                let mut bytes = 0;
                loop {
                    let row = rows.try_next().await.map_err(|source| CopyError::Read {
                        place: self.place.clone(),
                        table: table.name.clone(),
                        source,
                    })?;
                    let Some(row) = row else { break };
                    let columns = reading.columns.iter().filter_map(|place| table.columns.get(*place));
                    let mut read = Vec::with_capacity(reading.columns.len());
                    for (place, column) in columns.enumerate() {
                        let cell = cell(&row, place, column.kind).map_err(|_unreadable| {
                            let key = read.first().map_or_else(|| "?".to_owned(), Cell::to_string);
                            CopyError::Damaged { table: table.name.clone(), column: column.name.clone(), key }
                        })?;
                        bytes += cell.size();
                        read.push(cell);
                    }
                    batch.rows.push(read);
                    if bytes >= reading.bytes {
                        return Ok(batch);
                    }
                }
                batch.is_last = batch.rows.len() < reading.rows;
                Ok(batch)
            }

            async fn write(&mut self, table: &Table, rows: &[Row], after: &str) -> Result<(), CopyError> {
                let failed = |place: &str, source: SqlxError| CopyError::Write {
                    place: place.to_owned(),
                    table: table.name.clone(),
                    after: after.to_owned(),
                    source,
                };
                let mut transaction =
                    self.connection.begin().await.map_err(|error| failed(&self.place, error))?;
                write(&mut *transaction, table, rows).await.map_err(|error| match error {
                    Unwritten::Database(error) => failed(&self.place, error),
                    Unwritten::Copy(error) => error,
                })?;
                transaction.commit().await.map_err(|error| failed(&self.place, error))
            }

            async fn next_id(&mut self, table: &Table) -> Result<Option<i64>, CopyError> {
                next_id(self, table).await
            }

            async fn set_next_id(&mut self, table: &Table, id: i64) -> Result<(), CopyError> {
                set_next_id(self, table, id).await
            }

            async fn flush(&mut self) -> Result<(), CopyError> {
                flush(self).await
            }

            async fn close(self: Box<Self>) -> Result<(), CopyError> {
                let Self { connection, place } = *self;
                connection.close().await.map_err(|error| CopyError::Database(place, error))
            }
        }
    };
}

/// Adds rows by statements of as many of them as the driver takes parameters.
macro_rules! insert {
    ($driver:ty, $connection:expr, $table:expr, $rows:expr, $most:expr, $parameter:expr) => {{
        let columns = $table.columns.len().max(1);
        let marks = format!("({})", vec!["?"; columns].join(", "));
        let into = format!("INSERT INTO {} ({}) VALUES ", WORDS.name(&$table.name), WORDS.names($table));
        for rows in $rows.chunks(($most / columns).max(1)) {
            let sql = into.clone() + &vec![marks.as_str(); rows.len()].join(", ");
            let values = rows.iter().flatten().map($parameter).collect();
            query_with::<$driver, _>(AssertSqlSafe(sql), SqlxValues(Values(values)))
                .execute(&mut *$connection)
                .await
                .map_err(Unwritten::Database)?;
        }
        Ok(())
    }};
}

/// Why rows were not written.
pub(super) enum Unwritten {
    Database(sea_orm::sqlx::Error),
    Copy(super::CopyError),
}
