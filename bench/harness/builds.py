"""What is built and installed before anything is measured."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from . import say
from .processes import Failed, run
from .tree import BENCH, CACHE, ROOT, TARGET

# Tools by the Debian packages that have them.
_PACKAGES = {"callgrind_control": "valgrind", "node": "nodejs", "setpriv": "util-linux", "taskset": "util-linux"}


def _install(*packages: str) -> None:
    """As root on Debian; else it says what is needed."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Failed(f"{' '.join(packages)} needed (on Debian: apt-get install {' '.join(packages)})")
    say(f"installing {' '.join(packages)}")
    run(["apt-get", "update", "-qq"])
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    run(install, environment=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})


def need(*tools: str) -> None:
    """As root on Debian what is missing is installed."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if "cargo" in missing:
        raise Failed("cargo needed (https://rustup.rs)")
    if missing:
        _install(*sorted({_PACKAGES.get(tool, tool) for tool in missing}))


def product() -> None:
    run(["cargo", "build", "--release", "--locked", "-p", "vestibule", "-p", "migration"], ROOT)


def floor() -> Path:
    run(["cargo", "build", "--release", "--locked", "--target-dir", TARGET], BENCH / "floor")
    return TARGET / "release" / "bench-floor"


def _is_installed(wanted: Path, folder: Path) -> bool:
    """Whether what is there was installed for the file as it is now."""
    kept = folder / "installed"
    return kept.exists() and kept.read_bytes() == wanted.read_bytes()


def python(name: str, requirements: Path) -> Path:
    """An environment of Python with the packages that a file pins; its interpreter is the result."""
    folder = CACHE / name
    if not _is_installed(requirements, folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if importlib.util.find_spec("ensurepip") is None:
            _install("python3-venv")
        run([sys.executable, "-m", "venv", folder])
        run([folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements])
        shutil.copy(requirements, folder / "installed")
    return folder / "bin" / "python"


def has_node(least: int) -> bool:
    """Whether Node is of this version or a newer one; Debian 12 has 18."""
    return int(run(["node", "--version"]).strip().removeprefix("v").partition(".")[0]) >= least


def node(name: str, source: Path) -> Path:
    """The programs of a folder with the packages that its lock file pins, in a folder beside them."""
    folder = CACHE / name
    lock = source / "package-lock.json"
    if not _is_installed(lock, folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file in (source / "package.json", lock):
            shutil.copy(file, folder)
        run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], folder)
        shutil.copy(lock, folder / "installed")
    for file in source.glob("*.mjs"):
        shutil.copy(file, folder)
    return folder
