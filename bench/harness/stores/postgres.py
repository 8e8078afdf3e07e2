"""A database of a PostgreSQL server, by psql."""

from pathlib import Path

from ..processes import run


class PostgresStore:
    kind = "postgres"
    uuid = "uuid::uuid"
    time = "created_at::timestamptz"
    date = "birthday::date"
    integer = "bigint"

    def __init__(self, server: str, name: str):
        """`server` is the address of the server, without a database."""
        self.url = f"{server}/{name}"
        self.name = name
        self._server = server

    def make(self) -> "PostgresStore":
        self._beside(f"CREATE DATABASE {self.name}")
        return self

    def drop(self) -> None:
        """So that the disk does not hold what was measured."""
        self._beside(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _beside(self, statement: str) -> None:
        run(["psql", "-q", "-v", "ON_ERROR_STOP=1", f"{self._server}/postgres", "-c", statement])

    def sql(self, *statements: str) -> None:
        run(["psql", "-q", "-v", "ON_ERROR_STOP=1", self.url, *(part for each in statements for part in ("-c", each))])

    def insert(self, rows: Path, statement: str) -> None:
        """Runs the statement with the rows of a CSV file in the table `bench_rows`, all of them text."""
        with rows.open() as file:
            columns = file.readline().strip().split(",")
        self.sql(
            f"CREATE TABLE bench_rows (n bigserial, {', '.join(f'{column} text' for column in columns)})",
            f"\\copy bench_rows ({', '.join(columns)}) FROM '{rows}' CSV HEADER",
            statement,
            "DROP TABLE bench_rows",
        )

    def settle(self) -> None:
        """Writes statistics for the planner, as autovacuum does in time."""
        self.sql("VACUUM ANALYZE", "CHECKPOINT")
