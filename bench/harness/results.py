"""The figures as a JSON file, with their ratios."""

import json
from pathlib import Path

from .tree import RESULTS

FIGURES = "figures.json"
# Those of the last release, with which a run is compared.
RELEASE = RESULTS / "release.json"


def _rates(figures: list[dict]) -> dict[tuple[str, str], float]:
    return {(row["path"], row["server"]): row["requests_per_second"] for row in figures}


def _before(server: str) -> str | None:
    """The earlier build on the same database, of which there is none with Redis."""
    database = server.removesuffix("_fresh")
    return f"{database}_before" if database in ("sqlite", "postgres") else None


def with_ratios(figures: list[dict], release: dict | None) -> list[dict]:
    """Adds how many times the requests a second of another server each row has; `None` where there is no such."""
    rates, last = _rates(figures), _rates(release["figures"]) if release else {}

    def to(row: dict, other: float | None) -> float | None:
        return float(f"{row['requests_per_second'] / other:.3g}") if other else None

    return [
        row
        | {f"to_{name}": to(row, rates.get((row["path"], name))) for name in ("floor", "fastapi", "better_auth")}
        | {"to_before": to(row, rates.get((row["path"], _before(row["server"]))))}
        | {"to_release": to(row, last.get((row["path"], row["server"])))}
        for row in figures
    ]


def read(file: Path) -> dict | None:
    return json.loads(file.read_text()) if file.exists() else None


def write(file: Path, results: dict) -> None:
    """A row a line, so that two files can be compared by eye."""
    parts = []
    for key, value in results.items():
        if isinstance(value, list):
            lines = ",\n".join(f"    {json.dumps(row)}" for row in value)
            parts.append(f"  {json.dumps(key)}: [\n{lines}\n  ]")
        else:
            parts.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n")
