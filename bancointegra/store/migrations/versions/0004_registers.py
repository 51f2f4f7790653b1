"""Registers: e-mail of a pagador, títulos deleted before they went to the bank"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pagador", sa.Column("email", sa.String(length=120), server_default=sa.text("''"), nullable=False))
    op.create_table(
        "titulo_excluido",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("titulo", sa.String(length=30), nullable=False),
        sa.Column("sacado", sa.String(length=120), nullable=False),
        sa.Column("vencimento", sa.Date(), nullable=False),
        sa.Column("valor", sa.BigInteger(), nullable=False),
        sa.Column("em", sa.DateTime(), nullable=False),
        sa.Column("quem", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
