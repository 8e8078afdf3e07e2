"""What is measured of one path at one server, and the medians of several rounds."""

import time
from dataclasses import dataclass
from statistics import median

from .paths import Path
from .processes import Failed
from .requests import Request, ask, load
from .servers import Server
from .usage import cpu_seconds, memory


# A server that rests takes less processor time than this in a tenth of a second, and comes to rest within this time.
IDLE = 0.03
PATIENCE = 30


@dataclass(frozen=True)
class Sample:
    """Times in microseconds, processor time of one request, memory in KiB."""

    rate: float
    p50: float
    p99: float
    cpu: float
    service_cpu: float
    rss: int
    pss: int


def _rest(pids: list[int]) -> None:
    """Waits until what was asked before is worked off: a server goes on with requests whose clients are gone."""
    until = time.monotonic() + PATIENCE
    before = cpu_seconds(pids)
    while time.monotonic() < until:
        time.sleep(0.1)
        now = cpu_seconds(pids)
        if now - before < IDLE:
            return
        before = now
    raise Failed(f"a server had work for {PATIENCE} s after its last request")


def sample(server: Server, path: Path, request: Request, seconds: int) -> Sample:
    pids, services = [server.process.pid], list(server.services)
    _rest(pids)
    before, services_before = cpu_seconds(pids), cpu_seconds(services)
    seen = load(request, path.clients, max(seconds, path.least_seconds))
    spent, services_spent = cpu_seconds(pids) - before, cpu_seconds(services) - services_before
    held = memory(server.process.pid)
    return Sample(
        seen.rate,
        seen.p50,
        seen.p99,
        spent / seen.requests * 1e6,
        services_spent / seen.requests * 1e6,
        held.rss,
        held.pss,
    )


def medians(samples: list[Sample]) -> dict[str, float]:
    """As they stand in the results."""

    def of(field: str) -> float:
        return median(getattr(each, field) for each in samples)

    return {
        "requests_per_second": round(of("rate"), 2),
        "p50_us": round(of("p50")),
        "p99_us": round(of("p99")),
        "cpu_us": round(of("cpu"), 1),
        "service_cpu_us": round(of("service_cpu"), 1),
        "rss_kib": round(of("rss")),
        "pss_kib": round(of("pss")),
        "rounds": [round(each.rate, 2) for each in samples],
    }


def identity(server: Server, path: Path, request: Request) -> object:
    """Asks once: the answer has to be 2xx. What it is about is the result."""
    status, answer = ask(request)
    if not 200 <= status < 300:
        raise Failed(f"{server.label}: {path.name} was answered {status}: {answer}")
    try:
        return server.identity(path, answer)
    except (AttributeError, KeyError, TypeError) as error:
        raise Failed(f"{server.label}: {path.name} was answered what cannot be read ({error!r}): {answer}") from error
