"""The local store: SQLAlchemy on SQLite, opened by ``open_store``."""

from bancointegra.store.store import Store, open_store

__all__ = ["Store", "open_store"]
