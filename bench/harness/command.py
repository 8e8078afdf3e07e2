"""./bench/run [quick|full] [--part requests|growth] [--programs FOLDER [--commit NAME]] [--beside FOLDER --beside-commit NAME]
    [--out FOLDER] [--release]

Measures the product, the floor and two peers, and writes docs/performance.md and bench/results from it.

  quick       about ten minutes after the builds; the default
  full        about forty minutes: longer rounds, and growth up to a million rows
  --part      measure one part alone, and keep what is there of the other one
  --programs  measure the binaries `vestibule` and `migration` of this folder, as of an earlier release; build none
  --beside    measure the binaries of this folder too, in the same rounds, on databases of their own
  --commit    what the figures say that was measured, where it is not HEAD
  --out       write the figures, the table and the plots into this folder, and leave docs/performance.md as it is
  --release   keep the figures as those of the last release, with which later runs are compared
  --document  measure nothing: make docs/performance.md and the plots of the figures that are there
  --check     measure nothing: fail if docs/performance.md is not what the figures make
"""

import argparse
import dataclasses
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from . import builds, document, results, say, table
from .beside import Beside
from .cast import Cast
from .growth import Growth
from .machine import load_average, machine, now, versions
from .paths import all_paths
from .plan import PLANS, Plan
from .processes import Failed, end_on_signals, run
from .rounds import measure
from .services import RunningServices
from .stores.fill import Programs
from .tree import BENCH, RESULTS


def _measure(plan: Plan, programs: Programs, before: Programs | None, part: str | None, kept: dict | None) -> dict:
    """Both parts, or one beside what is kept of the other one."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vestibule-bench-")))
        # PostgreSQL runs as another user.
        folder.chmod(0o711)
        services = stack.enter_context(RunningServices(folder))
        found = dict(kept or {})
        if part != "growth":
            found |= _requests(plan, programs, before, services, folder)
        if part != "requests":
            found |= _growth(plan, programs, services, folder)
    return found


def _requests(
    plan: Plan, programs: Programs, before: Programs | None, services: RunningServices, folder: Path
) -> dict:
    release = results.read(results.RELEASE)
    here, load_before, began = machine(), load_average(), now()
    with ExitStack() as servers:
        cast = Cast(plan, programs, before, services, folder, servers)
        cast.assemble()
        figures = measure(plan, all_paths(plan.contacts, plan.movies), cast.servers)
    aside = Beside(plan, programs, folder).measure()
    return {
        "made": began,
        "plan": dataclasses.asdict(plan),
        "machine": here,
        "versions": versions(),
        "load": {"before": load_before, "after": load_average()},
        "release": {
            "made": release["made"],
            "version": release["versions"]["vestibule"],
            "commit": release["versions"]["commit"],
            "same_machine": release["machine"] == here,
        }
        if release
        else None,
        "figures": results.with_ratios(figures, release),
        "rest": cast.rest,
        "beside": aside,
    }


def _growth(plan: Plan, programs: Programs, services: RunningServices, folder: Path) -> dict:
    grown = {"made": now(), "plan": plan.name, "commit": versions()["commit"], "load": load_average()}
    growth = Growth(plan, programs, services, folder)
    growth.measure()
    return {"grown": grown, "growth": growth.rows, "imports": growth.imports, "pages": growth.pages}


def _plot(figures: Path, folder: Path) -> None:
    python = builds.python("plots", BENCH / "harness" / "requirements.txt")
    run([python, "-m", "harness.plots", figures, folder], BENCH)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench/run", usage=__doc__)
    parser.add_argument("plan", nargs="?", choices=PLANS, default="quick")
    parser.add_argument("--part", choices=("requests", "growth"))
    for folder in ("--programs", "--beside", "--out"):
        parser.add_argument(folder, type=Path)
    for name in ("--commit", "--beside-commit"):
        parser.add_argument(name)
    for flag in ("--release", "--document", "--check"):
        parser.add_argument(flag, action="store_true")
    arguments = parser.parse_args()
    if bool(arguments.beside) != bool(arguments.beside_commit):
        parser.error("--beside and --beside-commit go together")
    if arguments.beside and arguments.part == "growth":
        parser.error("--beside is for requests")
    return arguments


def _run(arguments: argparse.Namespace) -> None:
    kept = RESULTS / results.FIGURES
    if arguments.check:
        if not document.is_current(results.read(kept)):
            raise Failed("docs/performance.md is not what the figures make: ./bench/run --document")
        return
    if arguments.document:
        found = results.read(kept)
        if found is None:
            raise Failed(f"there are no figures in {kept}")
    else:
        say("building")
        builds.need("cargo", "wrk", "node", "npm", "setpriv")
        if not arguments.programs:
            builds.product()
        builds.floor()
        programs = Programs(arguments.programs.resolve()) if arguments.programs else Programs()
        before = Programs(arguments.beside.resolve()) if arguments.beside else None
        plan, part = PLANS[arguments.plan], arguments.part
        there = results.read((arguments.out or RESULTS) / results.FIGURES)
        if part and not there:
            raise Failed("there are no figures of the other part: measure both first")
        found = _measure(plan, programs, before, part, there if part else None)
        if part != "growth":
            found["before"] = arguments.beside_commit if before else None
        if arguments.commit:
            for measured in ("versions",) * (part != "growth") + ("grown",) * (part != "requests"):
                found[measured]["commit"] = arguments.commit
        print(table.main_table(found), table.growth_tables(found), sep="\n\n")
    folder = arguments.out.resolve() if arguments.out else RESULTS
    folder.mkdir(parents=True, exist_ok=True)
    results.write(folder / results.FIGURES, found)
    _plot(folder / results.FIGURES, folder)
    if arguments.out:
        (folder / "table.md").write_text(document.generated(found) + "\n")
    else:
        document.renew(found)
    if arguments.release:
        shutil.copy(folder / results.FIGURES, results.RELEASE)


def main() -> int:
    end_on_signals()
    try:
        _run(_arguments())
    except Failed as failed:
        print(f"bench: {failed}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: stopped", file=sys.stderr)
        return 130
    return 0
