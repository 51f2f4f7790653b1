"""Lists of a million títulos: every column they are sorted by has its index"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FILL_NOSSO_NUMERO = """
    UPDATE titulo SET nosso_numero = (
        SELECT boleto.carteira || '/' || boleto.nosso_numero || '-' || boleto.dac_nosso_numero
        FROM boleto WHERE boleto.id = titulo.boleto_id
    )
    WHERE boleto_id IS NOT NULL
"""


def upgrade() -> None:
    op.add_column(
        "titulo", sa.Column("nosso_numero", sa.String(length=24), server_default=sa.text("''"), nullable=False)
    )
    op.execute(_FILL_NOSSO_NUMERO)
    op.create_index("ix_titulo_nosso_numero", "titulo", ["conta_id", "nosso_numero", "situacao"])
    op.create_index("ix_titulo_valor", "titulo", ["conta_id", "valor", "situacao", "tipo_cobranca_id"])
    op.create_index("ix_titulo_situacao", "titulo", ["conta_id", "situacao", "valor", "tipo_cobranca_id"])
    op.create_index("ix_titulo_pagador", "titulo", ["conta_id", "pagador_id", "situacao", "tipo_cobranca_id"])
    op.create_index("ix_titulo_busca", "titulo", ["conta_id", "busca", "pagador_id"])
