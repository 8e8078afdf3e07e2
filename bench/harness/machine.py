"""On what, and of what, the figures are."""

import os
import platform
import re
import shutil
from datetime import datetime, timezone
from pathlib import Path

from .processes import Failed, run
from .tree import BENCH, ROOT


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1).strip() if found else "unknown"


def told(*command: str) -> str:
    """What a command prints; nothing where there is no such command, or where it fails."""
    try:
        return run(list(command), ROOT).strip() if shutil.which(command[0]) else ""
    except Failed:
        return ""


def machine() -> dict:
    memory = _first(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    return {
        "processor": _first(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text()),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(int(memory) / 1024**2),
        "kernel": platform.release(),
    }


def rustc() -> str:
    """The version of the compiler."""
    return _first(r"rustc (\S+)", told("rustc", "--version"))


def versions() -> dict[str, str]:
    """Of the product and of what it is compared with."""
    pinned = (BENCH / "peers" / "fastapi" / "requirements.txt").read_text()
    peer = (BENCH / "peers" / "better-auth" / "package.json").read_text()
    bin_folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    postgres = str(bin_folders[-1] / "postgres") if bin_folders else "postgres"
    return {
        "vestibule": _first(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text()),
        "commit": told("git", "rev-parse", "--short=12", "HEAD"),
        "rustc": rustc(),
        "postgresql": _first(r"(\d[\d.]+)", told(postgres, "--version")),
        "redis": _first(r"v=(\S+)", told("redis-server", "--version")),
        "python": _first(r"Python (\S+)", told("python3", "--version")),
        "fastapi": _first(r"^fastapi==(.+)$", pinned),
        "sqlalchemy": _first(r"^SQLAlchemy==(.+)$", pinned),
        "uvicorn": _first(r"^uvicorn==(.+)$", pinned),
        "node": told("node", "--version").removeprefix("v"),
        "better_auth": _first(r'"better-auth": "(.+)"', peer),
    }


def load_average() -> float:
    """How busy the machine was in the last minute."""
    return round(os.getloadavg()[0], 2)


def now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
