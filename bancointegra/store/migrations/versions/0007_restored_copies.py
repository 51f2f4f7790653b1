"""Restored copies: which data a file holds, accounts to be checked with the bank, and the boletos found there"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    data_file = op.create_table(
        "data_file",
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("identity"),
    )
    op.bulk_insert(data_file, [{"identity": uuid.uuid4().hex}])
    op.create_table(
        "conferencia",
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("restaurada_em", sa.DateTime(), nullable=False),
        sa.Column("nao_antes", sa.DateTime(), nullable=False),
        sa.Column("proximo", sa.Integer(), nullable=False),
        sa.Column("ate", sa.Integer(), nullable=False),
        sa.Column("folga", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conta_id"], ["conta_bancaria.id"]),
        sa.PrimaryKeyConstraint("conta_id"),
    )
    op.create_table(
        "boleto_achado",
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("nosso_numero", sa.String(length=15), nullable=False),
        sa.Column("carteira", sa.String(length=3), nullable=False),
        sa.Column("seu_numero", sa.String(length=20), nullable=False),
        sa.Column("sacado_documento", sa.String(length=14), nullable=False),
        sa.Column("valor", sa.BigInteger(), nullable=False),
        sa.Column("vencimento", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["conta_id"], ["conta_bancaria.id"]),
        sa.PrimaryKeyConstraint("conta_id", "nosso_numero"),
    )
