"""All paths at all servers, round after round.

Within a round each path is measured at one server after the other, so that a time in which the machine is slower or
faster is shared by all of them. Each round begins with another server.
"""

from . import say
from .figures import Sample, identity, medians, sample
from .paths import Path
from .plan import Plan
from .processes import Failed
from .servers import Server


def _check(path: Path, servers: list[Server]) -> None:
    """The answers of all servers are 2xx, and about the same ids."""
    found: dict[str, object] = {}
    for server in servers:
        request = server.request(path)
        if request is not None:
            found[server.name] = identity(server, path, request)
    wanted = [each for name, each in found.items() if name != "floor"]
    if any(each != wanted[0] for each in wanted):
        raise Failed(f"{path.name}: the answers are not about the same: {found}")


def _warm_up(servers: list[Server], path: Path) -> None:
    """Pools are filled, and what compiles while it runs is compiled."""
    for server in servers:
        sample(server, path, server.request(path), 3)


def measure(plan: Plan, paths: list[Path], servers: list[Server]) -> list[dict]:
    """The medians of the rounds, a row for each path and server."""
    samples: dict[tuple[str, str], list[Sample]] = {}
    _warm_up(servers, next(path for path in paths if path.name == "profile_points"))
    for number in range(plan.rounds):
        say(f"round {number + 1} of {plan.rounds}")
        turn = number % len(servers)
        for path in paths:
            _check(path, servers)
            for server in servers[turn:] + servers[:turn]:
                request = server.request(path)
                if request is not None:
                    one = sample(server, path, request, plan.seconds)
                    samples.setdefault((path.name, server.name), []).append(one)
    return [
        {"path": path.name, "server": server.name} | medians(samples[path.name, server.name])
        for path in paths
        for server in servers
        if (path.name, server.name) in samples
    ]
