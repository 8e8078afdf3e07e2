"""How figures change while address books, accounts and movies grow, at the product on SQLite."""

import time
from pathlib import Path as Folder

from . import paths, say
from .figures import identity, medians, sample
from .plan import Plan
from .servers import Vestibule
from .stores import SqliteStore, fill
from .stores.fill import Programs


class Growth:
    def __init__(self, plan: Plan, programs: Programs, folder: Folder):
        self._plan, self._programs, self._folder = plan, programs, folder
        # A row for each kind, size and path.
        self.rows: list[dict] = []
        # A row for each size of a catalogue: how long its import took, and the most memory that it had.
        self.imports: list[dict] = []

    def measure(self) -> None:
        self._contacts()
        for size in self._plan.growth_of_accounts:
            self._accounts(size)
        for size in self._plan.growth_of_movies:
            self._movies(size)

    def _server(self, name: str) -> Vestibule:
        folder = self._folder / name
        folder.mkdir()
        return Vestibule(name, name, folder, SqliteStore(folder / "vestibule.db"), self._programs)

    def _contacts(self) -> None:
        """One book that grows, since contacts are added to it as quickly as to an empty one."""
        server = self._server("growth_contacts")
        fill.with_accounts(self._programs, server.store, server.environment(), server.folder, 10)
        have = 0
        for size in self._plan.growth_of_contacts:
            environment = server.environment()
            fill.with_contacts(self._programs, server.store, environment, server.folder, size, have + 1)
            have = size
            self._run(server, "contacts", size, [*paths.contacts(size), *paths.far_contacts(size)])
        self._drop(server)

    def _accounts(self, size: int) -> None:
        server = self._server(f"growth_accounts_{size}")
        fill.with_accounts(self._programs, server.store, server.environment(), server.folder, size)
        self._run(server, "accounts", size, [*paths.profiles(), paths.refresh()])
        self._drop(server)

    def _movies(self, size: int) -> None:
        server = self._server(f"growth_movies_{size}")
        file = fill.movies_file(self._programs, server.folder, size)
        server.migrate()
        begun = time.monotonic()
        peak = fill.with_movies(self._programs, server.environment(), server.folder, file).peak()
        self.imports.append({"size": size, "seconds": round(time.monotonic() - begun, 3), "peak_kib": peak})
        self._run(server, "movies", size, paths.movies(size))
        self._drop(server)

    def _run(self, server: Vestibule, kind: str, size: int, measured: list[paths.Path]) -> None:
        say(f"growth: {size:,} {kind}")
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
            row = {"kind": kind, "size": size, "path": path.name}
            self.rows.append(row | medians(samples[path.name]))

    @staticmethod
    def _drop(server: Vestibule) -> None:
        """So that the disk does not hold all sizes at once."""
        for file in server.folder.iterdir():
            if file.is_file():
                file.unlink()
