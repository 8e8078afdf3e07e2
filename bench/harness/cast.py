"""The servers of a run, filled with the same rows and started."""

import time
from contextlib import ExitStack
from pathlib import Path

from . import builds, rows, say
from .plan import Plan
from .servers import BetterAuth, FastApi, Floor, Server, Vestibule
from .services import Services
from .stores import PostgresStore, SqliteStore, fill
from .stores.fill import Programs
from .tree import BENCH
from .usage import memory


class Cast:
    """`rest` has a row for each server: how long its start took, and its memory before any load."""

    def __init__(
        self,
        plan: Plan,
        programs: Programs,
        before: Programs | None,
        services: Services,
        folder: Path,
        stack: ExitStack,
    ):
        self._plan, self._programs, self._before = plan, programs, before
        self._services, self._folder, self._stack = services, folder, stack
        self.servers: list[Server] = []
        self.rest: list[dict] = []

    def assemble(self) -> None:
        say("filling the databases")
        accounts = rows.write(self._folder / "accounts.csv", rows.accounts(self._plan.accounts))
        contacts = rows.write(self._folder / "contacts.csv", rows.contacts(self._plan.contacts))
        movies = fill.movies_file(self._programs, self._folder, self._plan.movies)
        database = (self._services.postgres_pid,)
        self._start(Floor(self._place("floor"), builds.floor()))
        self._products(movies, database)
        python = builds.python("fastapi", BENCH / "peers" / "fastapi" / "requirements.txt")
        fastapi = FastApi(self._place("fastapi"), python, self._database("twin"), database)
        fastapi.fill(accounts, contacts, movies)
        self._start(fastapi)
        self._better_auth(accounts, database)

    def _products(self, movies: Path, database: tuple[int, ...]) -> None:
        fresh = {"settings": {"CACHE__ANSWERS": "0"}, "reads_alone": True}
        both = (*database, self._services.redis_pid)
        self._product("sqlite", self._file("sqlite"), movies)
        self._product("sqlite_fresh", self._file("sqlite_fresh"), movies, **fresh)
        self._product("postgres", self._database("vestibule"), movies, services=database)
        self._product("postgres_fresh", self._database("vestibule_fresh"), movies, services=database, **fresh)
        self._product(
            "redis", self._database("vestibule_redis"), movies, cache=self._services.redis, services=both
        )
        if self._before:
            self._product("sqlite_before", self._file("sqlite_before"), movies, programs=self._before)
            store = self._database("vestibule_before")
            self._product("postgres_before", store, movies, programs=self._before, services=database)

    def _better_auth(self, accounts: Path, database: tuple[int, ...]) -> None:
        if not builds.has_node(20):
            say("better-auth is left out: it needs Node 20")
            return
        peer = builds.node("better-auth", BENCH / "peers" / "better-auth")
        better_auth = BetterAuth(self._place("better_auth"), peer, self._database("better_auth"), database)
        better_auth.fill(accounts)
        self._start(better_auth)

    def _place(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def _file(self, name: str) -> SqliteStore:
        return SqliteStore(self._place(name) / "vestibule.db")

    def _database(self, name: str) -> PostgresStore:
        return PostgresStore(self._services.postgres, name).make()

    def _product(self, name: str, store, movies: Path, programs: Programs | None = None, **more) -> None:
        programs = programs or self._programs
        server = Vestibule(name, name, self._place(name), store, programs, **more)
        environment = server.environment()
        fill.with_accounts(programs, store, environment, server.folder, self._plan.accounts)
        fill.with_contacts(programs, store, environment, server.folder, self._plan.contacts)
        fill.with_movies(programs, environment, server.folder, movies).peak()
        store.settle()
        self._start(server)

    def _start(self, server: Server) -> None:
        begun = time.monotonic()
        self._stack.callback(server.stop)
        server.start()
        spent = time.monotonic() - begun
        held = memory(server.process.pid)
        self.servers.append(server)
        self.rest.append(
            {
                "server": server.name,
                "start_ms": round(spent * 1000),
                "rss_kib": held.rss,
                "pss_kib": held.pss,
            }
        )
