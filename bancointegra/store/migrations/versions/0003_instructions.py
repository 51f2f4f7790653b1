"""Instructions: how far a protest is, seu número after an alteration, Escritórios de Cobrança"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "titulo", sa.Column("protesto", sa.String(length=24), server_default=sa.text("'NENHUM'"), nullable=False)
    )
    op.add_column("titulo", sa.Column("seu_numero", sa.String(length=10), server_default=sa.text("''"), nullable=False))
    op.create_table(
        "escritorio_cobranca",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("nome"),
    )
