"""PostgreSQL and Redis, as scripts/services starts them for the tests, but with PostgreSQL's ordinary durability."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from .processes import run
from .tree import ROOT

_SCRIPT = ROOT / "scripts" / "services"


@dataclass(frozen=True)
class Services:
    # Addresses without a database.
    postgres: str
    redis: str
    postgres_pid: int
    redis_pid: int


class RunningServices:
    """They run inside of `with`, and end with this process too, however it ends."""

    def __init__(self, folder: Path):
        self._folder = folder / "services"
        self._environment = os.environ | {
            "VESTIBULE_SERVICES_DIR": str(self._folder),
            "VESTIBULE_SERVICES_OWNER": str(os.getpid()),
            "VESTIBULE_SERVICES_DURABLE": "1",
            "REQUIRE_SERVICES": "1",
        }

    def __enter__(self) -> Services:
        try:
            run([_SCRIPT, "start", "postgres", "redis"], environment=self._environment)
            told = run([_SCRIPT, "env"], environment=self._environment)
        except BaseException:
            self._stop()
            raise
        addresses = dict(re.findall(r"export VESTIBULE_TEST_(\w+)='([^']*)'", told))

        def pid(name: str) -> int:
            return int((self._folder / name / "pid").read_text())

        return Services(
            addresses["POSTGRES"].removesuffix("/postgres"), addresses["REDIS"], pid("postgres"), pid("redis")
        )

    def __exit__(self, *_error) -> None:
        self._stop()

    def _stop(self) -> None:
        run([_SCRIPT, "stop"], environment=self._environment)
