"""Makes the tables and fills them: python -m twin.seed ACCOUNTS.csv CONTACTS.csv MOVIES.csv.

Ids follow the order of the rows, as the product's do.
"""

import asyncio
import csv
import datetime
import sys
import uuid
from pathlib import Path

from sqlalchemy import text

from .database import engine
from .tables import Base

# Longer than any overview.
csv.field_size_limit(1 << 24)


def rows(path: str) -> csv.DictReader:
    return csv.DictReader(Path(path).open(newline=""))


def accounts(path: str):
    for number, row in enumerate(rows(path), 1):
        created = datetime.datetime.fromisoformat(row["created_at"]).replace(tzinfo=None)
        yield (
            number,
            uuid.UUID(row["uuid"]),
            row["email"],
            row["username"],
            row["mobile"],
            row["phone_number"],
            row["hashed_password"],
            "regular",
            True,
            0,
            created,
        )


def contacts(path: str):
    for number, row in enumerate(rows(path), 1):
        birthday = datetime.date.fromisoformat(row["birthday"])
        yield (
            number,
            row["fullname"],
            row["email"],
            int(row["phone_number"]),
            birthday,
            birthday.month * 100 + birthday.day,
            row["additional"],
            row["avatar"],
            int(row["user_id"]),
        )


class Names(dict):
    """Numbers names in the order in which they are met first."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self) + 1
        return self[name]


def cell(text_of_cell: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text_of_cell.split(",") if name.strip())) or ["Unknown"]


def day(written: str) -> datetime.date:
    return (
        datetime.datetime.strptime(written, "%m/%d/%Y").date()
        if "/" in written
        else datetime.date.fromisoformat(written)
    )


async def movies(copy, path: str) -> None:
    countries, genres, actors, languages = Names(), Names(), Names(), Names()
    links = {"genres": [], "actors": [], "languages": []}
    records = []
    for number, row in enumerate(rows(path), 1):
        country = (row["country"].strip() or "UNK").upper()
        for table, names, column in (
            ("genres", genres, "genre"),
            ("actors", actors, "crew"),
            ("languages", languages, "orig_lang"),
        ):
            links[table] += [(number, names[name]) for name in cell(row[column])]
        name, date = row.get("name") or row["names"], row.get("date") or row["date_x"]
        budget = row.get("budget") or row.get("budget_x") or 0
        records.append(
            (
                number,
                name.strip(),
                day(date.strip()),
                float(row["score"]),
                row["overview"],
                row["status"].strip(),
                float(budget),
                float(row["revenue"] or 0),
                countries[country],
            )
        )
    await copy("countries", ["id", "code"], ((number, code) for code, number in countries.items()))
    for table, names in (("genres", genres), ("actors", actors), ("languages", languages)):
        await copy(table, ["id", "name"], ((number, name) for name, number in names.items()))
    await copy(
        "movies", ["id", "name", "date", "score", "overview", "status", "budget", "revenue", "country_id"], records
    )
    for table, pairs in links.items():
        await copy(f"movies_{table}", ["movie_id", "other_id"], pairs)


async def seed(accounts_path: str, contacts_path: str, movies_path: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
        await connection.run_sync(Base.metadata.create_all)
        raw = (await connection.get_raw_connection()).driver_connection

        async def copy(table: str, columns: list[str], records) -> None:
            await raw.copy_records_to_table(table, columns=columns, records=records)

        await copy(
            "users",
            [
                "id",
                "uuid",
                "email",
                "username",
                "mobile",
                "phone_number",
                "hashed_password",
                "role",
                "is_active",
                "points",
                "created_at",
            ],
            accounts(accounts_path),
        )
        await copy(
            "contacts",
            [
                "id",
                "fullname",
                "email",
                "phone_number",
                "birthday",
                "birthday_month_day",
                "additional",
                "avatar",
                "user_id",
            ],
            contacts(contacts_path),
        )
        await movies(copy, movies_path)
        for table in ("users", "contacts", "movies"):
            await connection.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(seed(*sys.argv[1:]))
