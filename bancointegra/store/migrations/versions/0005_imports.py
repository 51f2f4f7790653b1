"""Imports: the key of another program for a título, and how tables were read the last time"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("titulo", sa.Column("id_externo", sa.String(length=80), nullable=True))
    op.create_index("uq_titulo_id_externo", "titulo", ["conta_id", "id_externo"], unique=True)
    op.create_table(
        "leitura_importacao",
        sa.Column("origem", sa.String(length=64), nullable=False),
        sa.Column("leitura", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("origem"),
    )
