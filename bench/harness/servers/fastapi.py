"""The twin of the endpoints in Python, a worker per core."""

import json
import os
import secrets
from pathlib import Path

from .. import rows
from ..paths import Path as Measured
from ..processes import run
from ..requests import Request
from ..stores import PostgresStore
from ..tree import BENCH
from .server import Server


class FastApi(Server):
    name = "fastapi"
    label = "FastAPI twin"

    def __init__(self, folder: Path, python: Path, store: PostgresStore, services: tuple[int, ...]):
        super().__init__(folder)
        self.services = services
        self._python, self._store = python, store
        self._cores = len(os.sched_getaffinity(0))
        self._environment = os.environ | {
            "TWIN_DATABASE": store.url.replace("postgres://", "postgresql+asyncpg://"),
            # As many in all as the product's pool has.
            "TWIN_CONNECTIONS": str(max(1, 16 // self._cores)),
            "TWIN_SECRET": secrets.token_hex(32),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def fill(self, accounts: Path, contacts: Path, movies: Path) -> None:
        seed = [self._python, "-m", "twin.seed", accounts, contacts, movies]
        run(seed, BENCH / "peers" / "fastapi", self._environment)
        self._store.settle()

    def command(self):
        command = [
            self._python,
            "-m",
            "uvicorn",
            "twin.app:app",
            "--host",
            "127.0.0.1",
            "--port",
            self.port,
            "--workers",
            self._cores,
            "--loop",
            "uvloop",
            "--http",
            "httptools",
            "--no-access-log",
            "--log-level",
            "warning",
        ]
        return command, BENCH / "peers" / "fastapi", self._environment

    def request(self, path: Measured) -> Request:
        return self.published(path)

    def log_in(self, account: int, surface: str):
        body = json.dumps({"email": rows.address(account), "password": rows.PASSWORD})
        answer = self.post("/api/v1/accounts/login/", body)
        return answer["access_token"], answer["refresh_token"]
