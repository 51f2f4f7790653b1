"""Bill payment: accounts, pagamentos, their journal, history, occurrences and convênios"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conta_pagamento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mnemonico", sa.String(length=40), nullable=False),
        sa.Column("ambiente", sa.String(length=20), nullable=False),
        sa.Column("client_id", sa.String(length=80), nullable=False),
        sa.Column("pagador", sa.String(length=14), nullable=False),
        sa.Column("nome", sa.String(length=120), nullable=False),
        sa.Column("terminal", sa.String(length=50), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("certificate_path", sa.Text(), nullable=False),
        sa.Column("key_path", sa.Text(), nullable=False),
        sa.Column("ca_path", sa.Text(), nullable=False),
        sa.Column("limite_pagamento", sa.BigInteger(), nullable=True),
        sa.Column("limite_dia", sa.BigInteger(), nullable=True),
        sa.Column("limite_sem_aprovacao", sa.BigInteger(), nullable=True),
        sa.Column("convenios_em", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mnemonico"),
    )
    op.create_table(
        "convenio_pagamento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=120), nullable=False),
        sa.Column("mascara", sa.String(length=48), nullable=False),
        sa.Column("limite", sa.Time(), nullable=True),
        sa.Column("tipo", sa.String(length=40), nullable=False),
        sa.Column("ufs", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conta_id"],
            ["conta_pagamento.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_convenio_pagamento_conta_id"), "convenio_pagamento", ["conta_id"], unique=False)
    op.create_table(
        "pagamento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("ambiente", sa.String(length=20), nullable=False),
        sa.Column("linha", sa.String(length=48), nullable=False),
        sa.Column("open_linha", sa.String(length=80), nullable=True),
        sa.Column("consulta", sa.JSON(), nullable=False),
        sa.Column("situacao", sa.String(length=24), nullable=False),
        sa.Column("situacao_em", sa.DateTime(), nullable=False),
        sa.Column("valor_informado", sa.BigInteger(), nullable=True),
        sa.Column("valor", sa.BigInteger(), nullable=True),
        sa.Column("beneficiario", sa.String(length=120), nullable=False),
        sa.Column("beneficiario_chave", sa.String(length=120), nullable=False),
        sa.Column("vencimento", sa.Date(), nullable=True),
        sa.Column("preparado_por", sa.String(length=60), nullable=False),
        sa.Column("criado_em", sa.DateTime(), nullable=False),
        sa.Column("nsu", sa.BigInteger(), nullable=True),
        sa.Column("transacao", sa.String(length=24), nullable=False),
        sa.Column("reservado_em", sa.DateTime(), nullable=True),
        sa.Column("expira_em", sa.DateTime(), nullable=True),
        sa.Column("confirmado_em", sa.DateTime(), nullable=True),
        sa.Column("liquida_em", sa.Date(), nullable=True),
        sa.Column("liquidante", sa.String(length=80), nullable=False),
        sa.Column("autenticacao", sa.String(length=40), nullable=False),
        sa.Column("estado_visto", sa.String(length=24), nullable=False),
        sa.Column("aviso", sa.Text(), nullable=False),
        sa.Column("agendado_para", sa.Date(), nullable=True),
        sa.Column("aprovado_por", sa.String(length=60), nullable=False),
        sa.Column("aprovado_em", sa.DateTime(), nullable=True),
        sa.Column("aprovado_valor", sa.BigInteger(), nullable=True),
        sa.Column("comprovante", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("busca", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conta_id"],
            ["conta_pagamento.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("open_linha"),
    )
    op.create_index("ix_pagamento_agendado_para", "pagamento", ["agendado_para"], unique=False)
    op.create_index("ix_pagamento_beneficiario", "pagamento", ["beneficiario_chave", "situacao"], unique=False)
    op.create_index("ix_pagamento_criado_em", "pagamento", ["criado_em"], unique=False)
    op.create_index("ix_pagamento_linha", "pagamento", ["ambiente", "linha"], unique=False)
    op.create_index("ix_pagamento_nome", "pagamento", ["beneficiario", "situacao"], unique=False)
    op.create_index("ix_pagamento_situacao", "pagamento", ["situacao"], unique=False)
    op.create_index("ix_pagamento_transacao", "pagamento", ["transacao"], unique=False)
    op.create_table(
        "ocorrencia_pagamento",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("transacao", sa.String(length=24), nullable=False),
        sa.Column("data", sa.DateTime(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=False),
        sa.Column("valor", sa.BigInteger(), nullable=False),
        sa.Column("linha", sa.String(length=48), nullable=False),
        sa.Column("nsu", sa.BigInteger(), nullable=True),
        sa.Column("terminal", sa.String(length=50), nullable=False),
        sa.Column("pago_em", sa.DateTime(), nullable=True),
        sa.Column("pagamento_id", sa.Integer(), nullable=True),
        sa.Column("vista", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conta_id"],
            ["conta_pagamento.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pagamento_id"],
            ["pagamento.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conta_id", "transacao", "data", name="uq_ocorrencia_transacao_data"),
    )
    op.create_index(
        op.f("ix_ocorrencia_pagamento_pagamento_id"), "ocorrencia_pagamento", ["pagamento_id"], unique=False
    )
    op.create_table(
        "pagamento_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pagamento_id", sa.Integer(), nullable=False),
        sa.Column("em", sa.DateTime(), nullable=False),
        sa.Column("texto", sa.String(length=120), nullable=False),
        sa.Column("detalhe", sa.Text(), nullable=False),
        sa.Column("quem", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["pagamento_id"],
            ["pagamento.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_pagamento_history_pagamento_id"), "pagamento_history", ["pagamento_id"], unique=False)
    op.create_table(
        "payment_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pagamento_id", sa.Integer(), nullable=False),
        sa.Column("open_pagamento_id", sa.Integer(), nullable=True),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("operacao", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("nsu", sa.BigInteger(), nullable=False),
        sa.Column("terminal", sa.String(length=50), nullable=False),
        sa.Column("reserva", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("claim", sa.String(length=36), nullable=False),
        sa.Column("instance", sa.String(length=60), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conta_id"],
            ["conta_pagamento.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pagamento_id"],
            ["pagamento.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("open_pagamento_id"),
    )
    op.create_index("ix_payment_order_pagamento", "payment_order", ["pagamento_id", "state"], unique=False)
    op.create_index("ix_payment_order_state", "payment_order", ["state"], unique=False)
    op.create_table(
        "nsu_pagamento",
        sa.Column("cliente", sa.String(length=120), nullable=False),
        sa.Column("nsu", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["payment_order.id"],
        ),
        sa.PrimaryKeyConstraint("cliente", "nsu"),
    )
