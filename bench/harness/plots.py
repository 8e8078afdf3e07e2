"""SVG plots of a file of figures, by matplotlib: python -m harness.plots FIGURES.json FOLDER."""

import json
import math
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
# Texts as texts, and the same file for the same figures.
matplotlib.rcParams |= {
    "svg.fonttype": "none",
    "svg.hashsalt": "vestibule",
    "font.size": 8,
    "font.family": "sans-serif",
}

from matplotlib import pyplot  # noqa: E402
from matplotlib.ticker import FuncFormatter, NullFormatter  # noqa: E402

from .table import LABELS, path_labels  # noqa: E402

COLOURS = {
    "floor": "#bbbbbb",
    "sqlite": "#1b6ca8",
    "sqlite_fresh": "#5a8fb8",
    "sqlite_before": "#8aa9c0",
    "postgres": "#3f9ad0",
    "postgres_fresh": "#7ab7dc",
    "postgres_before": "#a9cbe0",
    "redis": "#9bd0ee",
    "fastapi": "#d9822b",
    "better_auth": "#6a994e",
}


def _save(figure, file: Path) -> None:
    figure.savefig(file, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def throughput(results: dict, file: Path) -> None:
    """A group of bars for each path, on a logarithmic scale."""
    labels = path_labels(results)
    names = [name for name in labels if any(row["path"] == name for row in results["figures"])]
    servers = [server for server in LABELS if any(row["server"] == server for row in results["figures"])]
    rates = {(row["path"], row["server"]): row["requests_per_second"] for row in results["figures"]}
    figure, axes = pyplot.subplots(figsize=(9, 0.09 * len(names) * (len(servers) + 1) + 1))
    height = 0.85 / len(servers)
    for place, server in enumerate(servers):
        here = [(row, rates[name, server]) for row, name in enumerate(names) if (name, server) in rates]
        offset = (place - (len(servers) - 1) / 2) * height
        axes.barh(
            [row + offset for row, _ in here],
            [value for _, value in here],
            height,
            label=LABELS[server],
            color=COLOURS[server],
        )
    axes.set_yticks(range(len(names)), [labels[name].replace("`", "") for name in names])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("requests a second (logarithmic)")
    axes.grid(axis="x", alpha=0.3)
    axes.legend(loc="upper center", bbox_to_anchor=(0.3, 1.06), ncols=min(5, len(servers)), frameon=False)
    _save(figure, file)


def growth(results: dict, file: Path) -> None:
    """p50 by the number of rows: a column of plots for each kind of rows, a row for each server."""
    labels = path_labels(results)
    kinds = list(dict.fromkeys(row["kind"] for row in results["growth"]))
    servers = list(dict.fromkeys(row["server"] for row in results["growth"]))
    size = (4 * len(kinds), 3 * len(servers) + 0.8)
    figure, grid = pyplot.subplots(len(servers), len(kinds), figsize=size, squeeze=False, sharex="col", sharey=True)
    for server, all_axes in zip(servers, grid, strict=True):
        all_axes[0].set_ylabel(f"{LABELS[server]}: p50, ms")
        for axes, kind in zip(all_axes, kinds, strict=True):
            rows = [row for row in results["growth"] if (row["kind"], row["server"]) == (kind, server)]
            for name in dict.fromkeys(row["path"] for row in rows):
                line = [(row["size"], row["p50_us"] / 1000) for row in rows if row["path"] == name]
                axes.plot(*zip(*line, strict=True), marker="o", markersize=3, label=labels[name].replace("`", ""))
            axes.set_xscale("log")
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
            axes.yaxis.set_minor_formatter(NullFormatter())
            axes.grid(alpha=0.3)
    for axes, kind in zip(grid[-1], kinds, strict=True):
        axes.set_xlabel(kind)
        axes.legend(frameon=False, fontsize=6, loc="upper left", bbox_to_anchor=(0, -0.18))
    every = [row["p50_us"] / 1000 for row in results["growth"]]
    # Whole decades, so that small differences look small.
    grid[0][0].set_ylim(10 ** math.floor(math.log10(min(every))), 10 ** math.ceil(math.log10(max(every) * 1.01)))
    _save(figure, file)


def main(figures: str, folder: str) -> None:
    results = json.loads(Path(figures).read_text())
    throughput(results, Path(folder) / "throughput.svg")
    growth(results, Path(folder) / "growth.svg")


if __name__ == "__main__":
    main(*sys.argv[1:])
