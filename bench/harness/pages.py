"""How long the pages of the console and of the own account take, with one client, beside as many accounts as there are."""

import http.client
import re
import time
import urllib.parse
from statistics import median, quantiles

from . import rows, say
from .processes import Failed, run
from .servers import Vestibule

ADMINISTRATOR = 3
# Accounts in the trash, so that its pages are not empty.
TRASHED = range(4, 34)
TIMES = 200


def _console(count: int) -> list[str]:
    """The pages, and the searches that cost the most: by a part inside of names and addresses, and for nothing."""
    middle = count * 7 // 9
    inside = f"{middle}@exam"
    return [
        "/console",
        "/console/users",
        "/console/users?sort=newest",
        "/console/users?role=user&state=active&sort=name",
        "/console/users?role=moderator&sort=address",
        "/console/users?state=trash",
        f"/console/users?q={rows.address(middle)}",
        f"/console/users?q={middle}",
        f"/console/users?q={urllib.parse.quote(inside)}",
        "/console/users?q=ser",
        "/console/users?q=nobodyhas",
        f"/console/users/{middle}",
        "/console/trash",
        "/console/messages",
        "/console/messages/preview",
        "/console/catalogue",
        "/console/catalogue/upload",
        "/console/audit",
        "/console/system",
    ]


_OWN = ["/account", "/account/password", "/account/data", "/account/delete"]


class Visitor:
    """A browser as far as these pages need one: a connection that stays, and a cookie."""

    def __init__(self, server: Vestibule, place: str):
        self._base, self._place = server.base, place
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._cookie = ""

    def sign_in(self, account: int) -> None:
        form = urllib.parse.urlencode({"identifier": rows.address(account), "password": rows.PASSWORD})
        headers = {"content-type": "application/x-www-form-urlencoded", "origin": self._base}
        self._connection.request("POST", f"{self._place}/login", form, headers)
        answer = self._connection.getresponse()
        answer.read()
        self._cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        if answer.status != 303 or not self._cookie:
            raise Failed(f"the sign-in at {self._place} was answered {answer.status}")

    def open(self, address: str) -> tuple[float, bytes]:
        """Microseconds until the page is there, and the page."""
        begun = time.perf_counter()
        self._connection.request("GET", address, headers={"cookie": self._cookie, "accept-encoding": "identity"})
        answer = self._connection.getresponse()
        page = answer.read()
        spent = (time.perf_counter() - begun) * 1e6
        if answer.status != 200:
            raise Failed(f"GET {address} was answered {answer.status}")
        return spent, page


def prepare(server: Vestibule) -> None:
    """An administrator, and some accounts in the trash, by the product's own commands."""
    environment = server.environment()

    def users(*arguments) -> None:
        run([server.programs.server, "users", *arguments], server.folder, environment)

    users("set-role", rows.address(ADMINISTRATOR), "admin")
    for number in TRASHED:
        users("trash", rows.address(number), "--reason", "asked for it")


def measure(server: Vestibule, count: int) -> list[dict]:
    """A row for each page; `server` runs and serves both kinds of pages."""
    say(f"pages beside {count:,} accounts on {server.store.kind}")
    console, own = Visitor(server, "/console"), Visitor(server, "/account")
    console.sign_in(ADMINISTRATOR)
    own.sign_in(rows.READER)
    pages = [(console, address) for address in _console(count)] + [(own, address) for address in _OWN]
    # A list goes on after the last entry of a page.
    _, first = console.open("/console/users?sort=address")
    following = re.search(r'href="([^"]*[?&;]after=[^"]*)"', first.decode())
    if following is None:
        raise Failed("the list of accounts has no second page")
    query = following.group(1).replace("&amp;", "&").rpartition("?")[2]
    pages.insert(3, (console, f"/console/users?{query}"))
    spent = {address: [] for _, address in pages}
    weights = {}
    # The first time is a warm-up. All pages in turns, so that a slow time of the machine is shared by all.
    for turn in range(TIMES + 1):
        for visitor, address in pages:
            once, page = visitor.open(address)
            weights[address] = len(page)
            if turn:
                spent[address].append(once)
    return [
        {
            "server": server.name,
            "accounts": count,
            "page": "/console/users?sort=address&after=…" if "after=" in address else address,
            "p50_us": round(median(times)),
            "p99_us": round(quantiles(times, n=100)[-1]),
            "bytes": weights[address],
        }
        for address, times in spent.items()
    ]
