"""The migrations of a release that does not exist yet: ours, and what a test adds."""

from __future__ import annotations

import shutil
from pathlib import Path

from alembic.script import ScriptDirectory

from bancointegra.store.migration import MIGRATIONS

_REVISION = '''"""Add {column}"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{below}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("titulo", sa.Column("{column}", sa.Text(), nullable=True))
    {then}
'''


def make_next_release(scripts: Path) -> None:
    """Copy our migrations to ``scripts`` and add one that gives ``titulo`` the column *novidade*."""
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    add_revision(scripts, "9999", column="novidade")


def add_revision(scripts: Path, revision: str, *, column: str, then: str = "") -> None:
    """Add a migration on top; ``then`` is a statement run after the column is there."""
    below = ScriptDirectory(str(scripts)).get_current_head()
    source = _REVISION.format(revision=revision, below=below, column=column, then=then)
    (scripts / "versions" / f"{revision}_{column}.py").write_text(source, encoding="utf-8")
