"""What clients notice of heavy work that goes on beside them, at the product on SQLite."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median

from . import paths, rows, say
from .plan import Plan
from .processes import Failed
from .requests import Load, Request, ask, load, wrk
from .servers import Vestibule
from .stores import SqliteStore, fill
from .stores.fill import Programs

# So many log in at once that every core computes a hash all the time, and as many as the queue takes.
_LOGGING_IN = 8 * len(os.sched_getaffinity(0))
# Seconds after which they are spread, and no longer come all at once.
_SPREAD = 1
# Seconds after which what they left in the queue is done.
_DONE = 2
# Seconds of a measurement, and how many of them there are: of so short a time a single pause decides the 99th percentile.
_SECONDS = 3
_TURNS = 3
_LOGIN = "/api/v1/accounts/login/"
_REGISTER = "/api/v1/accounts/register/"


def _medians(turns: list[Load]) -> dict:
    return {"p50_us": median(turn.p50 for turn in turns), "p99_us": median(turn.p99 for turn in turns)}


class Beside:
    def __init__(self, plan: Plan, programs: Programs, folder: Path):
        self._plan, self._programs = plan, programs
        place = folder / "beside"
        place.mkdir()
        store = SqliteStore(place / "vestibule.db")
        self._server = Vestibule("beside", "server", place, store, programs)

    def measure(self) -> dict:
        say("what clients notice of heavy work")
        server = self._server
        fill.with_accounts(self._programs, server.store, server.environment(), server.folder, 10)
        server.start()
        try:
            return {"mismatch": self._mismatches(), "import": self._import(), "logins": self._logins()}
        finally:
            server.stop()

    def _timed(self, address: str, fields: dict, wanted: int) -> float:
        """Milliseconds until the answer, whose status has to be the wanted one."""
        url = f"{self._server.base}{address}"
        begun = time.monotonic()
        status, answer = ask(Request(url, "POST", body=json.dumps(fields), content_type=paths.JSON))
        spent = (time.monotonic() - begun) * 1000
        if status != wanted:
            raise Failed(f"POST {address} was answered {status}, not {wanted}: {answer}")
        return spent

    def _logins(self) -> dict:
        """Reads at rest, and while others log in over and over."""
        # Not as the reader: so many logins end the oldest sessions of an account.
        body = json.dumps({"email": rows.address(rows.READER + 1), "password": rows.PASSWORD})
        log_in = self._server.request(replace(paths.login(), body=body))
        reads, logged_in, come_back = [], 0, 0
        for path in (paths.health(), *paths.movies(self._plan.import_beside)[:1], paths.profiles()[0]):
            for clients in (1, 64):
                request = self._server.request(path)
                alone, busy = [], []
                for _ in range(_TURNS):
                    alone.append(load(request, clients, _SECONDS))
                    with ThreadPoolExecutor(1) as others:
                        logins = others.submit(wrk, log_in, _LOGGING_IN, _SPREAD + _SECONDS + _SPREAD)
                        time.sleep(_SPREAD)
                        busy.append(load(request, clients, _SECONDS))
                        figures = logins.result()
                    time.sleep(_DONE)
                    logged_in += figures["requests"] - figures["not_2xx"]
                    come_back += figures["not_2xx"]
                found = {name: _medians(turns) for name, turns in (("alone", alone), ("busy", busy))}
                reads.append({"label": path.label, "clients": clients, **found})
        return {"reads": reads, "clients": _LOGGING_IN, "logged_in": logged_in, "come_back": come_back}

    def _mismatches(self) -> dict:
        """A wrong password and an unknown address, in turns."""
        wrong, unknown = [], []
        for _ in range(self._plan.mismatches):
            wrong.append(self._timed(_LOGIN, {"email": rows.address(rows.READER), "password": "Wrong#1843"}, 401))
            unknown.append(self._timed(_LOGIN, {"email": "nobody@example.org", "password": "Wrong#1843"}, 401))
        return {
            "times": self._plan.mismatches,
            "wrong_password_ms": round(median(wrong), 1),
            "unknown_address_ms": round(median(unknown), 1),
        }

    def _import(self) -> dict:
        """Registrations of one client while movies are imported."""
        server, spent = self._server, []
        file = fill.movies_file(self._programs, server.folder, self._plan.import_beside)
        work = fill.with_movies(self._programs, server.environment(), server.folder, file)
        while not work.is_done():
            fields = {"email": f"guest{len(spent)}@example.com", "password": "Analytical#1843"}
            spent.append(self._timed(_REGISTER, fields, 201))
        return {
            "movies": self._plan.import_beside,
            "registrations": len(spent),
            "median_ms": round(median(spent)),
            "longest_ms": round(max(spent)),
        }
