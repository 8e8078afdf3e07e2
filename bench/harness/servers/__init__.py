"""The servers that are measured, each started on a free port."""

from .better_auth import BetterAuth
from .fastapi import FastApi
from .floor import Floor
from .server import Server
from .vestibule import Vestibule

__all__ = ["BetterAuth", "FastApi", "Floor", "Server", "Vestibule"]
