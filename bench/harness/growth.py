"""How figures change while address books, accounts and movies grow, where no answer is kept.

Answers that are kept cost the same whatever they were made of, so they would hide what a larger table costs.
"""

import time
from pathlib import Path as Folder

from . import pages, paths, say
from .figures import identity, medians, sample
from .plan import Plan
from .servers import Vestibule
from .services import Services
from .stores import PostgresStore, SqliteStore, fill
from .stores.fill import Programs


# As the table of a run calls them.
_SQLITE, _POSTGRES = "sqlite_fresh", "postgres_fresh"
SERVERS = (_SQLITE, _POSTGRES)


class Growth:
    def __init__(self, plan: Plan, programs: Programs, services: Services, folder: Folder):
        self._plan, self._programs, self._services, self._folder = plan, programs, services, folder
        # A row for each server, kind, size and path.
        self.rows: list[dict] = []
        # A row for each server and size of a catalogue: how long its import took, and the most memory that it had.
        self.imports: list[dict] = []
        # A row for each server and page, with the most accounts that were measured.
        self.pages: list[dict] = []

    def measure(self) -> None:
        for name in SERVERS:
            self._contacts(name)
        for size in self._plan.growth_of_accounts:
            for name in SERVERS:
                self._accounts(name, size)
        for size in self._plan.growth_of_movies:
            file = fill.movies_file(self._programs, self._folder, size)
            for name in SERVERS:
                self._movies(name, size, file)
            file.unlink()

    def _server(self, name: str, rows: str) -> Vestibule:
        place = f"growth_{name}_{rows}"
        folder = self._folder / place
        folder.mkdir()
        if name == _SQLITE:
            store, services = SqliteStore(folder / "vestibule.db"), ()
        else:
            store, services = PostgresStore(self._services.postgres, place).make(), (self._services.postgres_pid,)
        settings = {"CACHE__ANSWERS": "0", "CONSOLE__ENABLED": "true", "ACCOUNT_PAGES__ENABLED": "true"}
        return Vestibule(name, place, folder, store, self._programs, services=services, settings=settings)

    def _contacts(self, name: str) -> None:
        """One book that grows, since contacts are added to it as quickly as to an empty one."""
        server = self._server(name, "contacts")
        fill.with_accounts(self._programs, server.store, server.environment(), server.folder, 10)
        have = 0
        for size in self._plan.growth_of_contacts:
            environment = server.environment()
            fill.with_contacts(self._programs, server.store, environment, server.folder, size, have + 1)
            have = size
            self._run(server, "contacts", size, [*paths.contacts(size), *paths.far_contacts(size)])
        server.store.drop()

    def _accounts(self, name: str, size: int) -> None:
        server = self._server(name, f"accounts_{size}")
        fill.with_accounts(self._programs, server.store, server.environment(), server.folder, size)
        self._run(server, "accounts", size, [*paths.profiles(), paths.refresh(), paths.login()])
        if size == max(self._plan.growth_of_accounts):
            pages.prepare(server)
            server.store.settle()
            server.start()
            try:
                self.pages += pages.measure(server, size)
            finally:
                server.stop()
        server.store.drop()

    def _movies(self, name: str, size: int, file: Folder) -> None:
        server = self._server(name, f"movies_{size}")
        server.migrate()
        begun = time.monotonic()
        peak = fill.with_movies(self._programs, server.environment(), server.folder, file).peak()
        spent = round(time.monotonic() - begun, 3)
        self.imports.append({"server": name, "size": size, "seconds": spent, "peak_kib": peak})
        self._run(server, "movies", size, paths.movies(size))
        server.store.drop()

    def _run(self, server: Vestibule, kind: str, size: int, measured: list[paths.Path]) -> None:
        say(f"growth: {size:,} {kind} on {server.store.kind}")
        server.store.settle()
        server.start()
        try:
            samples = {path.name: [] for path in measured}
            # What was just written is read into the caches.
            for path in measured:
                identity(server, path, server.request(path))
                sample(server, path, server.request(path), 1)
            for _ in range(self._plan.growth_rounds):
                for path in measured:
                    samples[path.name].append(sample(server, path, server.request(path), self._plan.seconds))
        finally:
            server.stop()
        for path in measured:
            row = {"server": server.name, "kind": kind, "size": size, "path": path.name}
            self.rows.append(row | medians(samples[path.name]))
