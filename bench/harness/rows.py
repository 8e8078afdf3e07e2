"""The rows that every server is filled with, by one rule, so that ids and answers are the same everywhere."""

import csv
import datetime
import uuid
from collections.abc import Iterator
from pathlib import Path

PASSWORD = "Engine1843"
# Of this password, at cost 12.
HASH = "$2b$12$X.mUMZ71Lqcl4mw7d31lHOCbbDfnoavDYmfecUpRl0ksa/UCr5PIi"
# The account that reads: the owner of the address book.
READER = 1
# The account to which contacts are added, so that the book that is read stays as it is.
WRITER = 2

_SYLLABLES = [
    "an",
    "ber",
    "co",
    "da",
    "el",
    "fri",
    "ga",
    "ha",
    "in",
    "jo",
    "ka",
    "le",
    "ma",
    "no",
    "ol",
    "pe",
    "qui",
    "ro",
    "sa",
    "te",
    "ul",
    "vi",
    "wa",
    "xe",
    "yo",
    "za",
]
_FIRST_DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def address(number: int) -> str:
    return f"u{number}@example.org"


def username(number: int) -> str:
    return f"user{number}"


def account_uuid(number: int) -> str:
    return str(uuid.UUID(int=(0x4000 << 64) | (0x8 << 60) | number))


def accounts(count: int, first: int = 1) -> Iterator[dict]:
    """One account a second, the least id first; anybody may log in with the one password."""
    for number in range(first, count + 1):
        created = _FIRST_DAY + datetime.timedelta(seconds=number)
        yield {
            "uuid": account_uuid(number),
            "email": address(number),
            "username": username(number),
            "mobile": f"+3706{10_000_000 + number}",
            "phone_number": f"+3706{10_000_000 + number}",
            "hashed_password": HASH,
            "created_at": created.strftime("%Y-%m-%d %H:%M:%S+00:00"),
        }


def _name(place: int) -> str:
    """A name of three syllables; 17,576 in a row are all different."""
    place = place * 7919 % 17_576
    return (_SYLLABLES[place % 26] + _SYLLABLES[place // 26 % 26] + _SYLLABLES[place // 676]).capitalize()


def contact(number: int) -> dict:
    first, last = _name(number), _name(number * 31 + number // 17_576)
    # Spread over all days of the year.
    birthday = datetime.date(1950, 1, 1) + datetime.timedelta(days=number * 7919 % 20_000)
    return {
        "fullname": f"{first} {last}",
        "email": f"{first}.{last}.{number}@example.com".lower(),
        "phone_number": 380_500_000_000 + number,
        "birthday": birthday.isoformat(),
        "additional": "from the benchmark",
        "avatar": "",
        "user_id": READER,
    }


def contacts(count: int, first: int = 1) -> Iterator[dict]:
    return map(contact, range(first, count + 1))


def search_text(contacts_in_book: int) -> str:
    """A part of a name that some of the contacts have, in the middle of it."""
    return contact(max(1, contacts_in_book * 2 // 3))["fullname"][1:6]


def write(path: Path, rows: Iterator[dict]) -> Path:
    with path.open("w", newline="") as file:
        writer = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)
    return path
