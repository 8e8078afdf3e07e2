"""A SQLite file."""

import csv
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path


class SqliteStore:
    kind = "sqlite"
    # As the product writes values.
    uuid = "uuid_blob(uuid)"
    time = "substr(created_at, 1, 19) || '.0'"
    date = "birthday"
    integer = "integer"

    def __init__(self, file: Path):
        self.file = file
        self.url = f"sqlite://{file}?mode=rwc"

    def drop(self) -> None:
        """So that the disk does not hold what was measured."""
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()

    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, timeout=60)
        connection.create_function("uuid_blob", 1, lambda text: uuid.UUID(text).bytes, deterministic=True)
        return connection

    def sql(self, *statements: str) -> None:
        with closing(self._connection()) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    def insert(self, rows: Path, statement: str) -> None:
        """Runs the statement with the rows of a CSV file in the table `bench_rows`, all of them text."""
        with closing(self._connection()) as connection, connection, rows.open(newline="") as file:
            reader = csv.reader(file)
            columns = next(reader)
            connection.execute(f"CREATE TEMP TABLE bench_rows (n INTEGER PRIMARY KEY, {', '.join(columns)})")
            places = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO bench_rows ({', '.join(columns)}) VALUES ({places})", reader)
            connection.execute(statement)

    def settle(self) -> None:
        """Takes the log of changes into the file."""
        with closing(self._connection()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
