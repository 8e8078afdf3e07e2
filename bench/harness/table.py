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


def growth_tables(results: dict) -> str:
    """A table for each kind of rows: p50 by their number, and the p99 of the most."""
    labels = path_labels(results)
    kinds = dict.fromkeys(row["kind"] for row in results["growth"])
    return "\n\n".join(_growth_table([row for row in results["growth"] if row["kind"] == kind], labels) for kind in kinds)


def _growth_table(rows: list[dict], labels: dict[str, str]) -> str:
    found = {(row["path"], row["server"], row["size"]): row for row in rows}
    sizes = sorted({row["size"] for row in rows})
    head = [f"{rows[0]['kind']}: p50 of", "on", *(f"{size:,}" for size in sizes), f"p99 of {sizes[-1]:,}"]
    lines = []
    for path in dict.fromkeys(row["path"] for row in rows):
        for server in dict.fromkeys(row["server"] for row in rows):
            of_sizes = [found.get((path, server, size)) for size in sizes]
            times = [time(row["p50_us"]) if row else "–" for row in of_sizes]
            lines.append([labels[path], LABELS[server], *times, time(of_sizes[-1]["p99_us"])])
    return _table(head, lines)


def pages_table(results: dict) -> str:
    servers = list(dict.fromkeys(row["server"] for row in results["pages"]))
    found = {(row["page"], row["server"]): row for row in results["pages"]}
    names = [LABELS[server].partition(",")[0] for server in servers]
    head = ["page", *(f"{name}: {each}" for name in names for each in ("p50", "p99")), "KB"]
    rows = []
    for page in dict.fromkeys(row["page"] for row in results["pages"]):
        here = [found[page, server] for server in servers]
        times = [time(row[each]) for row in here for each in ("p50_us", "p99_us")]
        rows.append([f"`{page}`", *times, f"{max(row['bytes'] for row in here) / 1000:.1f}"])
    return _table(head, rows)


def logins_table(results: dict) -> str:
    head = ["path", "clients", "", "p50", "p99"]
    logins = results["beside"]["logins"]
    rows = [
        [row["label"], str(row["clients"]), when, time(row[name]["p50_us"]), time(row[name]["p99_us"])]
        for row in logins["reads"]
        for name, when in (("alone", "at rest"), ("busy", f"while {logins['clients']} clients log in"))
    ]
    return _table(head, rows)


def import_table(results: dict) -> str:
    head = ["on", "movies", "seconds", "rows a second", "most resident memory"]
    rows = [
        [
            LABELS[row["server"]],
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
