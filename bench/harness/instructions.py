"""./bench/instructions [record|show]

Counts the instructions of one request at the five hottest paths, with callgrind, and fails where one takes more than
5 % above what bench/instructions.json has. Counts of another compiler, C library, valgrind or processor are shown, and
are no failure.

  (nothing)  counts and compares; .ci/run does
  record     counts, and writes bench/instructions.json anew
  show       counts, and prints
"""

import http.client
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from . import builds, paths, say
from .paths import Path as Measured
from .processes import Failed, Process, end_on_signals, run
from .requests import Request
from .servers import Vestibule
from .stores import SqliteStore, fill
from .stores.fill import Programs
from .surroundings import differences, surroundings
from .tree import BENCH, ROOT, TARGET

BASELINE = BENCH / "instructions.json"
# How much more than the baseline a request may take.
BOUND = 0.05
# A request costs the difference between many and few of them, so that what happens once cancels out.
FEW, MANY = 2, 12
# Threads that wait for each other, and chores of the server, add some instructions now and then and take none away. So
# of several turns the least counts. A count that is near its baseline after a few turns needs no more of them; the
# least of all turns differs by less than 1 % from run to run.
TURNS_AT_LEAST, TURNS = 6, 24
NEAR = 0.01
# The C library copies and compares with what every processor of the architecture has, so that counts do not depend on
# it. ERMS above all: each byte of a copy by `rep movsb` counts as an instruction.
SAME_EVERYWHERE = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX,-AVX_Fast_Unaligned_Load,-BMI2,-ERMS"
WARM_UP = 20
CONTACTS = MOVIES = 1_000


def hottest() -> list[Measured]:
    """What clients ask for most: lists, a search, and who they are. It is no health check, which does nothing."""
    measured = [*paths.contacts(CONTACTS), *paths.movies(MOVIES), *paths.profiles()]
    wanted = ["contacts_list", "contacts_search", "movies_first", "movie", "profile_points"]
    return [path for path in measured if path.name in wanted]


class Counter:
    """Dumps of a server that runs below callgrind."""

    def __init__(self, process: Process, folder: Path):
        self._process, self._folder, self._dumps = process, folder, 0

    def control(self, *arguments: str) -> None:
        run(["callgrind_control", *arguments, self._process.pid], self._folder)

    def spent(self) -> int:
        """The instructions since the last time."""
        self.control("--dump")
        self._dumps += 1
        file = self._folder / f"callgrind.{self._dumps}"
        found = re.search(r"^(?:totals|summary): (\d+)", file.read_text(), re.MULTILINE)
        if found is None:
            raise Failed(f"{file.name} has no total")
        return int(found.group(1))


def _drive(connection: http.client.HTTPConnection, request: Request, times: int) -> None:
    address = urlsplit(request.url)
    headers = {"authorization": f"Bearer {request.token}"} if request.token else {}
    for _ in range(times):
        connection.request(request.method, f"{address.path}?{address.query}", headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise Failed(f"{request.url} was answered {answer.status}")


def _count(server: Vestibule, counter: Counter, path: Measured, baseline: int | None) -> int:
    """Instructions of one request."""
    request = server.request(path)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    # Caches, pools and prepared statements are as they are at work.
    _drive(connection, request, WARM_UP)
    counter.control("--instr=on")
    few, many, found = [], [], None
    counter.spent()
    for turn in range(TURNS):
        if turn >= TURNS_AT_LEAST and baseline and found <= baseline * (1 + NEAR):
            break
        for times, spent in ((FEW, few), (MANY, many)):
            _drive(connection, request, times)
            spent.append(counter.spent())
        found = round((min(many) - min(few)) / (MANY - FEW))
    counter.control("--instr=off")
    connection.close()
    return found


def build() -> Programs:
    run(["cargo", "build", "--profile", "counted", "--locked", "-p", "vestibule", "-p", "migration"], ROOT)
    return Programs(TARGET / "counted")


def count(programs: Programs, baseline: dict[str, int]) -> dict[str, int]:
    """Instructions of one request at each path. What has no baseline is counted in all turns."""
    with tempfile.TemporaryDirectory(prefix="vestibule-instructions-") as name:
        folder = Path(name)
        settings = {"SERVER__WORKERS": "1", "PASSWORD__THREADS": "1", "SERVER__HEAD_TIMEOUT": "10m"}
        store = SqliteStore(folder / "vestibule.db")
        server = Vestibule("counted", "server", folder, store, programs, settings=settings)
        fill.with_accounts(programs, store, server.environment(), folder, 100)
        fill.with_contacts(programs, store, server.environment(), folder, CONTACTS)
        movies = fill.movies_file(programs, folder, MOVIES)
        fill.with_movies(programs, server.environment(), folder, movies).peak()
        say("starting the server below callgrind")
        prefix = (
            # What there is one of for each core is there once, on every machine.
            *("taskset", "--cpu-list", min(os.sched_getaffinity(0))),
            *("env", SAME_EVERYWHERE),
            *("valgrind", "--tool=callgrind", "--instr-atstart=no", "--fair-sched=yes"),
            f"--callgrind-out-file={folder}/callgrind",
        )
        try:
            server.start(prefix, patience=300)
            counter = Counter(server.process, folder)
            counts = {}
            for path in hottest():
                counts[path.name] = _count(server, counter, path, baseline.get(path.name))
                say(f"{path.name}: {counts[path.name]:,} instructions")
        finally:
            server.stop()
    return counts


def grown(counts: dict[str, int], baseline: dict[str, int]) -> list[str]:
    """A sentence for each path that takes too many."""
    found = [f"{name} is counted, but not in {BASELINE.name}" for name in counts.keys() - baseline.keys()]
    for name, before in baseline.items():
        now = counts.get(name)
        if now is None:
            found.append(f"{name} is in {BASELINE.name}, but is not counted")
        elif now > before * (1 + BOUND):
            found.append(f"{name}: {now:,} instructions a request, {now / before - 1:+.1%} of {before:,}")
    return sorted(found)


def compare(counts: dict[str, int], kept: dict, here: dict[str, str]) -> str:
    """Fails where a count grew and the machine is no reason for it; else a remark is the result, if there is any."""
    problems, others = grown(counts, kept["instructions"]), differences(kept["surroundings"], here)
    if problems and not others:
        raise Failed("\n".join([*problems, "If that is meant: ./bench/instructions record"]))
    if not others:
        return ""
    return f"Nothing fails here, since the baseline was counted in other surroundings ({'; '.join(others)})."


def _print(counts: dict[str, int], before: dict[str, int]) -> None:
    for name, now in counts.items():
        change = f"{now / before[name] - 1:+.1%}" if name in before else "new"
        print(f"{name:16} {now:>10,} {change}")


def _run(does: str) -> None:
    try:
        builds.need("valgrind", "callgrind_control", "taskset", "setpriv")
    except Failed as failed:
        if does != "compare":
            raise
        # A machine that cannot count says nothing about the code.
        say(f"instructions are not counted here: {failed}")
        return
    here, programs = surroundings(), build()
    if does == "compare":
        kept = json.loads(BASELINE.read_text())
        counts = count(programs, kept["instructions"])
        _print(counts, kept["instructions"])
        remark = compare(counts, kept, here)
        if remark:
            say(remark)
        return
    counts = count(programs, {})
    if does == "record":
        BASELINE.write_text(json.dumps({"surroundings": here, "instructions": counts}, indent=2) + "\n")
    else:
        print(json.dumps(counts, indent=2))


def main(arguments: list[str]) -> int:
    end_on_signals()
    if arguments not in ([], ["record"], ["show"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        _run(arguments[0] if arguments else "compare")
    except Failed as failed:
        print(f"bench: {failed}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
