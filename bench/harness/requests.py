"""A request, asked once for its answer or over and over by wrk."""

import json
import os
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass

from .processes import Failed
from .tree import BENCH


@dataclass(frozen=True)
class Request:
    """`{n}` in the body is another number each time. Without a token nothing is authenticated."""

    url: str
    method: str = "GET"
    token: str = ""
    body: str = ""
    content_type: str = ""


@dataclass(frozen=True)
class Load:
    """What wrk saw: answers a second, and latencies in microseconds."""

    requests: int
    seconds: float
    p50: int
    p99: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def ask(request: Request) -> tuple[int, object]:
    """The status, and the answer as JSON (or as text if it is none)."""
    headers = {"connection": "close"}
    if request.token:
        headers["authorization"] = f"Bearer {request.token}"
    if request.content_type:
        headers["content-type"] = request.content_type
    body = request.body.replace("{n}", "once").encode() or None
    wanted = urllib.request.Request(request.url, data=body, method=request.method, headers=headers)
    try:
        with urllib.request.urlopen(wanted, timeout=30) as answer:
            status, text = answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read().decode(errors="replace")
    try:
        return status, json.loads(text)
    except ValueError:
        return status, text


def answers(request: Request) -> bool:
    """Whether a server is there and says yes."""
    try:
        return ask(request)[0] == 200
    except OSError:
        return False


def wrk(request: Request, clients: int, seconds: int) -> dict[str, int]:
    """Lets `clients` connections ask for some seconds; what wrk/request.lua prints is the result. An answer may take a
    minute: with the largest tables some do, where all clients ask at once."""
    threads = min(2, clients)
    done = subprocess.run(
        [
            "wrk",
            f"-t{threads}",
            f"-c{clients}",
            f"-d{seconds}s",
            "--timeout",
            "60s",
            "-s",
            str(BENCH / "wrk" / "request.lua"),
            request.url,
        ],
        env=os.environ
        | {
            "BENCH_METHOD": request.method,
            "BENCH_TOKEN": request.token,
            "BENCH_TYPE": request.content_type,
            "BENCH_BODY": request.body,
        },
        text=True,
        capture_output=True,
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("figures ")), None)
    if line is None:
        raise Failed(f"wrk failed at {request.url}:\n{done.stdout}{done.stderr}")
    return json.loads(line.removeprefix("figures "))


def load(request: Request, clients: int, seconds: int) -> Load:
    """The same, where an answer that is not 2xx, or none, is a failure. Slow answers are waited for, up to a minute."""
    figures = wrk(request, clients, seconds)
    while not figures["requests"] and not figures["not_2xx"] and seconds * 4 <= 60:
        seconds *= 4
        figures = wrk(request, clients, seconds)
    if figures["not_2xx"] or figures["broken"] or not figures["requests"]:
        raise Failed(
            f"{request.method} {request.url}: of {figures['requests']} answers {figures['not_2xx']} were not 2xx, "
            f"and {figures['broken']} connections broke"
        )
    return Load(figures["requests"], figures["microseconds"] / 1e6, figures["p50"], figures["p99"])
