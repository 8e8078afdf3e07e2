"""The tables of docs/performance.md, in Markdown."""

from .paths import all_paths, far_contacts

LABELS = {
    "floor": "floor",
    "sqlite": "SQLite",
    "sqlite_fresh": "SQLite, nothing kept",
    "sqlite_before": "SQLite, earlier build",
    "postgres": "PostgreSQL",
    "postgres_fresh": "PostgreSQL, nothing kept",
    "postgres_before": "PostgreSQL, earlier build",
    "redis": "PostgreSQL + Redis",
    "fastapi": "FastAPI twin",
    "better_auth": "better-auth",
}


def rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def time(microseconds: float) -> str:
    milliseconds = microseconds / 1000
    digits = 0 if milliseconds >= 100 else 1 if milliseconds >= 10 else 2
    return f"{milliseconds:,.{digits}f} ms"


def cpu(row: dict) -> str:
    """The server's, and what its database and Redis spend besides."""
    own = f"{row['cpu_us']:,.0f}"
    return f"{own} + {row['service_cpu_us']:,.0f}" if row["service_cpu_us"] else own


def mib(kib: float) -> str:
    return f"{kib / 1024:,.0f}"


def ratio(value: float | None) -> str:
    if value is None:
        return "–"
    if value < 0.1:
        return f"{value:.2g}"
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def path_labels(results: dict) -> dict[str, str]:
    plan = results["plan"]
    paths = [*all_paths(plan["contacts"], plan["movies"]), *far_contacts(plan["contacts"])]
    return {path.name: path.label for path in paths}


def main_table(results: dict) -> str:
    head = [
        "path",
        "server",
        "requests/s",
        "p50",
        "p99",
        "CPU µs",
        "RSS MiB",
        "PSS MiB",
        "× floor",
        "× FastAPI twin",
        "× better-auth",
        "× earlier build",
        "× last release",
    ]
    labels, rows, last = path_labels(results), [], None
    for row in results["figures"]:
        label = labels[row["path"]] if row["path"] != last else ""
        last = row["path"]
        rows.append(
            [
                label,
                LABELS[row["server"]],
                rate(row["requests_per_second"]),
                time(row["p50_us"]),
                time(row["p99_us"]),
                cpu(row),
                mib(row["rss_kib"]),
                mib(row["pss_kib"]),
                *(ratio(row[f"to_{name}"]) for name in ("floor", "fastapi", "better_auth", "before", "release")),
            ]
        )
    return _table(head, rows)


def growth_table(results: dict) -> str:
    labels = path_labels(results)
    head = ["rows", "path", "requests/s", "p50", "p99", "CPU µs", "RSS MiB"]
    rows = [
        [
            f"{row['size']:,} {row['kind']}",
            labels[row["path"]],
            rate(row["requests_per_second"]),
            time(row["p50_us"]),
            time(row["p99_us"]),
            cpu(row),
            mib(row["rss_kib"]),
        ]
        for row in results["growth"]
    ]
    return _table(head, rows)


def logins_table(results: dict) -> str:
    head = ["path", "clients", "", "p50", "p99"]
    rows = [
        [row["label"], str(row["clients"]), when, time(row[name]["p50_us"]), time(row[name]["p99_us"])]
        for row in results["beside"]["logins"]["reads"]
        for name, when in (("alone", "at rest"), ("busy", "while 64 clients log in"))
    ]
    return _table(head, rows)


def import_table(results: dict) -> str:
    head = ["movies", "seconds", "rows a second", "most resident memory"]
    rows = [
        [
            f"{row['size']:,}",
            f"{row['seconds']:.2f}",
            f"{row['size'] / row['seconds']:,.0f}",
            f"{mib(row['peak_kib'])} MiB",
        ]
        for row in results["imports"]
    ]
    return _table(head, rows)


def rest_table(results: dict) -> str:
    head = ["server", "start to first answer", "RSS at rest", "PSS at rest"]
    rows = [
        [
            LABELS[row["server"]],
            f"{row['start_ms']:,.0f} ms",
            f"{mib(row['rss_kib'])} MiB",
            f"{mib(row['pss_kib'])} MiB",
        ]
        for row in results["rest"]
    ]
    return _table(head, rows)
