"""Processes that are started here end here: at the end, at an error, and with this process, however it ends."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path


class Failed(Exception):
    """A sentence for whoever runs the measurements."""


def end_on_signals() -> None:
    """Lets SIGTERM unwind as Ctrl-C does, so that everything is stopped."""

    def unwind(number, _frame):
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, unwind)
    signal.signal(signal.SIGHUP, unwind)


class Process:
    """A server in a session of its own, with a log."""

    def __init__(self, command: list, folder: Path, environment: dict[str, str], log: Path):
        self.log = log
        with log.open("ab") as sink:
            self._child = subprocess.Popen(
                # The kernel ends the server if this process is killed.
                ["setpriv", "--pdeathsig", "TERM", *map(str, command)],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        self.pid = self._child.pid

    def told(self) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def must_run(self) -> None:
        if self._child.poll() is not None:
            raise Failed(f"{self.log.stem} ended with {self._child.returncode}:\n{self.told()}")

    def stop(self, patience: float = 10) -> None:
        """Asks the server to stop, and after some seconds kills all that is left of its session."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            if self._child.poll() is None:
                self._child.send_signal(number)
                try:
                    self._child.wait(patience)
                except subprocess.TimeoutExpired:
                    continue
            break
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def run(
    command: list, folder: Path | None = None, environment: dict[str, str] | None = None, into=subprocess.PIPE
) -> str:
    """Runs a command to its end; what it prints is the result, unless it goes into an open file."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=into,
        stderr=subprocess.PIPE,
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command[:4]))} failed:\n{(done.stderr or done.stdout or '')[-2000:]}")
    return done.stdout or ""


class Work:
    """A command that is on its way."""

    def __init__(self, command: list, folder: Path, environment: dict[str, str]):
        self._name = " ".join(map(str, command[:4]))
        self._told = tempfile.TemporaryFile("w+")
        self._child = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *map(str, command)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._told,
        )
        self._usage = None

    def is_done(self) -> bool:
        return self._ended(os.WNOHANG)

    def peak(self) -> int:
        """Waits for the end; the most resident memory that it had, in KiB, is the result."""
        try:
            self._ended(0)
        except BaseException:
            self._child.kill()
            raise
        return self._usage.ru_maxrss

    def _ended(self, options: int) -> bool:
        if self._usage is None:
            pid, status, usage = os.wait4(self._child.pid, options)
            if pid == 0:
                return False
            self._usage = usage
            self._child.returncode = os.waitstatus_to_exitcode(status)
            if self._child.returncode != 0:
                self._told.seek(0)
                raise Failed(f"{self._name} failed:\n{self._told.read()[-2000:]}")
        return True


def wait_until(what: str, is_done, process: Process, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_done():
        process.must_run()
        if time.monotonic() > end:
            raise Failed(f"{what} did not answer within {seconds:.0f} s:\n{process.told()}")
        time.sleep(0.05)
