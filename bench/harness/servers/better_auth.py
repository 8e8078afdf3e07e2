"""better-auth with its Node handler, a process per core. It has accounts and sessions, and nothing else of these."""

import json
import os
import secrets
from pathlib import Path

from .. import rows
from ..paths import Path as Measured
from ..processes import run
from ..requests import Request
from ..stores import PostgresStore
from .server import Server


class BetterAuth(Server):
    name = "better_auth"
    label = "better-auth"

    def __init__(self, folder: Path, programs: Path, store: PostgresStore, services: tuple[int, ...]):
        super().__init__(folder)
        self.services = services
        self._programs, self._store = programs, store
        cores = len(os.sched_getaffinity(0))
        self._environment = os.environ | {
            "PEER_DATABASE": store.url,
            "PEER_URL": self.base,
            "PEER_SECRET": secrets.token_hex(32),
            "PEER_CONNECTIONS": str(max(1, 16 // cores)),
            "NODE_ENV": "production",
        }

    def fill(self, accounts: Path) -> None:
        run(["node", "seed.mjs", accounts], self._programs, self._environment)
        self._store.settle()

    def command(self):
        return ["node", "server.mjs", self.port], self._programs, self._environment

    def request(self, path: Measured) -> Request | None:
        if path.name == "health":
            return Request(f"{self.base}/health/live")
        if path.name == "login":
            return Request(
                f"{self.base}/api/auth/sign-in/email",
                "POST",
                body=self._login(path.account),
                content_type="application/json",
            )
        if path.name.startswith("profile_"):
            return Request(f"{self.base}/api/auth/get-session", token=self.tokens(path.account, "")[0])
        return None

    def identity(self, path: Measured, answer: object) -> object:
        if path.name.startswith("profile_"):
            user = answer["user"]
            return user["email"] if path.name == "profile_points" else user["id"]
        if path.name == "login":
            return bool(answer["token"])
        return path.identity(answer)

    def log_in(self, account: int, surface: str):
        return self.post("/api/auth/sign-in/email", self._login(account))["token"], ""

    @staticmethod
    def _login(account: int) -> str:
        return json.dumps({"email": rows.address(account), "password": rows.PASSWORD})
