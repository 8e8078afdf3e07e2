"""The product on a database, with its sessions in memory or in Redis."""

import json
import os
import urllib.parse
from pathlib import Path

from .. import rows
from ..paths import Path as Measured
from ..processes import run
from ..requests import Request
from ..stores import Store
from ..stores.fill import Programs
from .server import Server


class Vestibule(Server):
    def __init__(
        self,
        name: str,
        label: str,
        folder: Path,
        store: Store,
        programs: Programs,
        cache: str = "memory",
        services: tuple[int, ...] = (),
        settings: dict[str, str] | None = None,
        reads_alone: bool = False,
    ):
        super().__init__(folder)
        self.name, self.label, self.services = name, label, services
        self.store, self.programs = store, programs
        self._cache, self._settings, self._reads_alone = cache, settings or {}, reads_alone

    def environment(self) -> dict[str, str]:
        """The defaults, but for limits, which would refuse the load, and lives of tokens, which would end it."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("VESTIBULE_")}
        settings = {
            "SERVER__PORT": str(self.port),
            "DATABASE__URL": self.store.url,
            "CACHE__URL": self._cache,
            "RATE_LIMIT__ENABLED": "false",
            "LOG__LEVEL": "warn",
            "METRICS__ENABLED": "false",
            "FEATURES__SAMPLE_DATA": "false",
            "DATABASE__MIGRATE_ON_START": "false",
        }
        for surface in ("THEATER", "CONTACTS", "ADMIN", "POINTS", "MOBILE"):
            settings[f"SURFACES__{surface}__ACCESS"] = "24h"
        settings |= self._settings
        return own | {"VESTIBULE_ENV": "development"} | {f"VESTIBULE__{key}": each for key, each in settings.items()}

    def command(self):
        return [self.programs.server], self.folder, self.environment()

    def migrate(self) -> None:
        run([self.programs.migration, "up"], self.folder, self.environment())

    def request(self, path: Measured) -> Request | None:
        return None if self._reads_alone and not path.is_kept else self.published(path)

    def log_in(self, account: int, surface: str):
        email, name = rows.address(account), rows.username(account)
        by_address = json.dumps({"email": email, "password": rows.PASSWORD})
        form = "application/x-www-form-urlencoded"
        match surface:
            case "theater":
                answer = self.post("/api/v1/accounts/login/", by_address)
            case "admin":
                answer = self.post("/api/v1/auth/login", by_address)
            case "contacts":
                fields = urllib.parse.urlencode({"username": email, "password": rows.PASSWORD})
                answer = self.post("/api/auth/login", fields, form)
            case "points":
                fields = urllib.parse.urlencode({"email": email, "password": rows.PASSWORD})
                answer = self.post("/api/users/login", fields, form)
            case _:
                answer = self.post("/user/login", json.dumps({"username": name, "password": rows.PASSWORD}))
        # One surface answers with its tokens inside of `data`.
        answer = answer.get("data", answer) if isinstance(answer.get("data"), dict) else answer
        return answer["access_token"], answer.get("refresh_token", "")
