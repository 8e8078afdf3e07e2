"""Databases of the product, and how they are filled."""

from .postgres import PostgresStore
from .sqlite import SqliteStore

Store = SqliteStore | PostgresStore

__all__ = ["PostgresStore", "SqliteStore", "Store"]
