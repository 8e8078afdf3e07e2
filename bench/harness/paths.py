"""The paths that are measured."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from . import rows

JSON = "application/json"


@dataclass(frozen=True)
class Path:
    """`name` is that of the results, and is never changed; `label` that of tables."""

    name: str
    label: str
    address: str
    # What an answer is about: ids, so that equal figures are of equal work.
    identity: Callable[[dict | list], object]
    method: str = "GET"
    # The surface whose token is needed, if any is.
    surface: str = ""
    account: int = rows.READER
    sends_token: bool = True
    body: str = ""
    content_type: str = ""
    clients: int = 64
    # Seconds of a measurement at the least; a login takes a quarter of one.
    least_seconds: int = 1
    # Whether the product may give its answer again.
    is_kept: bool = False


def _ids(answer: list) -> list:
    return [each["id"] for each in answer]


def _page(answer: dict) -> list:
    return [*_ids(answer["movies"]), answer["total_items"]]


def _movie(answer: dict) -> list:
    return [answer["id"], *sorted(actor["name"] for actor in answer["actors"])]


def _has_token(answer: dict) -> bool:
    return bool(answer["access_token"])


def health() -> Path:
    return Path("health", "`GET /health/live`", "/health/live", lambda answer: True)


def contacts(count: int) -> list[Path]:
    """Reads of an address book of so many contacts."""
    text = rows.search_text(count)
    return [
        Path(
            "contacts_list",
            "`GET /api/contacts/`: the first 20",
            "/api/contacts/",
            _ids,
            surface="contacts",
            is_kept=True,
        ),
        Path(
            "contacts_search",
            "`GET /api/contacts/{query}`: a part of a name",
            f"/api/contacts/{text}",
            lambda answer: answer["id"],
            surface="contacts",
            is_kept=True,
        ),
        Path(
            "contacts_birthdays",
            "`GET /api/contacts/bd`: of eight days",
            "/api/contacts/bd",
            lambda answer: sorted(_ids(answer)),
            surface="contacts",
            is_kept=True,
        ),
    ]


def far_contacts(count: int) -> list[Path]:
    """Reads that an address book makes the more work the larger it is."""
    skip = max(0, count - 20)

    def one(name: str, label: str, rest: str, identity=lambda answer: answer["id"]) -> Path:
        return Path(name, f"`GET /api/contacts/{label}", f"/api/contacts/{rest}", identity, surface="contacts")

    return [
        one("contacts_last", "?skip=…`: the last 20", f"?skip={skip}", _ids),
        one("contacts_letter", "e`: one letter", "e"),
        one("contacts_address", "example.com`: in every address", "example.com"),
        one("contacts_capitals", "EXAMPLE.COM`: in another letter case", "EXAMPLE.COM"),
    ]


def movies(count: int) -> list[Path]:
    """Reads of a catalogue of so many movies; a page has ten."""
    last = -(-count // 10)
    pages = [("first", "page 1", 1), ("middle", "page 500", 500), ("last", "the last page", last)]
    address = "/api/v1/theater/movies/"
    found = [
        Path(f"movies_{name}", f"`GET {address}`: {label}", f"{address}?page={number}", _page, is_kept=True)
        for name, label, number in pages
        if number <= last
    ]
    return [*found, Path("movie", f"`GET {address}{{id}}/`", f"{address}{count // 2}/", _movie, is_kept=True)]


def profiles() -> list[Path]:
    """One's own account at three surfaces."""

    def one(surface: str, address: str, identity) -> Path:
        label = address.replace("/auth/users/{uuid}", "/auth/users/{id}")
        return Path(f"profile_{surface}", f"`GET {label}`", address, identity, surface=surface, is_kept=True)

    return [
        one("points", "/api/users", lambda answer: answer["email"]),
        one("mobile", "/user/{uuid}", lambda answer: answer["data"]["uuid"]),
        one("admin", "/api/v1/auth/users/{uuid}", lambda answer: answer["id"]),
    ]


def refresh() -> Path:
    return Path(
        "refresh",
        "`POST /api/v1/accounts/refresh/`",
        "/api/v1/accounts/refresh/",
        _has_token,
        "POST",
        "theater",
        sends_token=False,
        body='{"refresh_token": "{refresh}"}',
        content_type=JSON,
    )


def login() -> Path:
    """Four clients, since more of them would be told to come back: hashes that wait are few by design."""
    body = json.dumps({"email": rows.address(rows.READER), "password": rows.PASSWORD})
    return Path(
        "login",
        "`POST /api/v1/accounts/login/`: bcrypt 12, 4 clients",
        "/api/v1/accounts/login/",
        _has_token,
        "POST",
        body=body,
        content_type=JSON,
        clients=4,
        least_seconds=3,
    )


def create(clients: int) -> Path:
    contact = rows.contact(1) | {"fullname": "Added {n}", "email": "{n}@example.com"}
    return Path(
        f"contact_create_{clients}",
        f"`POST /api/contacts/`: {clients} client{'s' if clients > 1 else ''}",
        "/api/contacts/",
        lambda answer: [answer["fullname"], answer["user_id"]],
        "POST",
        "contacts",
        rows.WRITER,
        body=json.dumps(contact),
        content_type=JSON,
        clients=clients,
    )


def all_paths(contacts_in_book: int, movies_in_catalogue: int) -> list[Path]:
    return [
        health(),
        *contacts(contacts_in_book),
        *movies(movies_in_catalogue),
        *profiles(),
        refresh(),
        login(),
        *map(create, (1, 16, 64)),
    ]
