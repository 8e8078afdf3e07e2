"""The floor: the web framework answering a constant."""

import dataclasses
import os
from pathlib import Path

from ..paths import Path as Measured
from ..requests import Request
from .server import Server


class Floor(Server):
    name = "floor"
    label = "floor"

    def __init__(self, folder: Path, program: Path):
        super().__init__(folder)
        self._program = program

    def command(self):
        return [self._program, self.port], self.folder, dict(os.environ)

    def log_in(self, account: int, surface: str):
        # As long as a real one.
        return "x" * 320, "x" * 320

    def request(self, path: Measured) -> Request:
        request = self.published(path)
        return dataclasses.replace(request, url=f"{self.base}{path.address.partition('?')[0]}")

    def identity(self, path: Measured, answer: object) -> object:
        return None
