"""What clients notice of heavy work that goes on beside them, at the product on SQLite."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from . import paths, rows, say
from .plan import Plan
from .processes import Failed
from .requests import Request, ask, load
from .servers import Vestibule
from .stores import SqliteStore, fill
from .stores.fill import Programs

_LOGIN = "/api/v1/accounts/login/"
_REGISTER = "/api/v1/accounts/register/"


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
        """Reads at rest, and while 64 clients log in twice each, most of whom are told to come back."""
        log_in = self._server.request(paths.login())
        reads, statuses = [], []
        for path in (paths.health(), *paths.movies(self._plan.import_beside)[:1], paths.profiles()[0]):
            for clients in (1, 64):
                request = self._server.request(path)

                def seen(request: Request = request, clients: int = clients) -> dict:
                    found = load(request, clients, 3)
                    return {"p50_us": found.p50, "p99_us": found.p99}

                alone = seen()
                with ThreadPoolExecutor(64) as others:
                    logins = [others.submit(ask, log_in) for _ in range(2 * 64)]
                    busy = seen()
                    statuses += [login.result()[0] for login in logins]
                reads.append({"label": path.label, "clients": clients, "alone": alone, "busy": busy})
        logged_in, come_back = statuses.count(201), statuses.count(503)
        if logged_in + come_back != len(statuses):
            raise Failed(f"logins were answered {sorted(set(statuses))}")
        return {"reads": reads, "logged_in": logged_in, "come_back": come_back}

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
