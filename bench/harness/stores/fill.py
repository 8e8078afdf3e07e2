"""Fills a database of the product: accounts and contacts with SQL, movies with its own import."""

from dataclasses import dataclass
from pathlib import Path

from .. import rows
from ..processes import Failed, Work, run
from ..tree import TARGET
from . import Store

# The migration that counts accounts. The ones from it on derive what they keep of accounts from the rows that are
# there, which is much faster than registering a million of them.
_DERIVES = "m20261128_029_users_directory"


@dataclass(frozen=True)
class Programs:
    """The product as it was built in a profile."""

    folder: Path = TARGET / "release"

    @property
    def server(self) -> Path:
        return self.folder / "vestibule"

    @property
    def migration(self) -> Path:
        return self.folder / "migration"


def with_accounts(programs: Programs, store: Store, environment: dict[str, str], folder: Path, count: int) -> None:
    """Makes the tables, with accounts."""
    listed = run([programs.migration, "status"], folder, environment).splitlines()
    migrations = [line for line in listed if "m2026" in line]
    before = next((place for place, line in enumerate(migrations) if _DERIVES in line), None)
    if before is None:
        raise Failed(f"`migration status` names no {_DERIVES}")
    run([programs.migration, "up", "-n", before], folder, environment)
    file = rows.write(folder / "accounts.csv", rows.accounts(count))
    store.insert(
        file,
        f"""
        INSERT INTO users (uuid, email, username, username_folded, mobile, phone_number, hashed_password, group_id,
            is_active, email_verified_at, created_at, updated_at)
        SELECT {store.uuid}, email, username, username, mobile, phone_number, hashed_password,
            (SELECT id FROM user_groups WHERE name = 'USER'), true, {store.time}, {store.time}, {store.time}
        FROM bench_rows ORDER BY n""",
    )
    file.unlink()
    run([programs.migration, "up"], folder, environment)


def with_contacts(
    programs: Programs, store: Store, environment: dict[str, str], folder: Path, count: int, first: int = 1
) -> None:
    """Adds the contacts from `first` to `count`, and what they are searched by."""
    file = rows.write(folder / "contacts.csv", rows.contacts(count, first))
    integer = store.integer
    store.insert(
        file,
        f"""
        INSERT INTO contacts (fullname, fullname_folded, email, email_folded, phone_number, birthday,
            birthday_month_day, additional, avatar, user_id)
        SELECT fullname, lower(fullname), email, email, CAST(phone_number AS {integer}), {store.date},
            CAST(substr(birthday, 6, 2) AS {integer}) * 100 + CAST(substr(birthday, 9, 2) AS {integer}),
            additional, avatar, CAST(user_id AS {integer})
        FROM bench_rows ORDER BY n""",
    )
    file.unlink()
    store.sql("DELETE FROM contact_index_progress")
    run([programs.server, "contacts", "reindex"], folder, environment)


def movies_file(programs: Programs, folder: Path, count: int) -> Path:
    """Generated movies with eight actors each, as the import reads them."""
    file = folder / f"movies-{count}.csv"
    if not file.exists():
        with file.open("w") as rows_of_it:
            run([programs.server, "movies", "generate", "--rows", count, "--seed", "1"], into=rows_of_it)
    return file


def with_movies(programs: Programs, environment: dict[str, str], folder: Path, file: Path) -> Work:
    """Begins to import movies."""
    return Work([programs.server, "movies", "import", file], folder, environment)
