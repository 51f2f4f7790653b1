"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conta_bancaria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mnemonico", sa.String(length=40), nullable=False),
        sa.Column("banco", sa.String(length=3), nullable=False),
        sa.Column("agencia", sa.String(length=4), nullable=False),
        sa.Column("conta", sa.String(length=12), nullable=False),
        sa.Column("dac", sa.String(length=1), nullable=False),
        sa.Column("carteira", sa.String(length=3), nullable=False),
        sa.Column("beneficiario_nome", sa.String(length=120), nullable=False),
        sa.Column("beneficiario_documento", sa.String(length=14), nullable=False),
        sa.Column("logradouro", sa.String(length=120), nullable=False),
        sa.Column("bairro", sa.String(length=60), nullable=False),
        sa.Column("cidade", sa.String(length=60), nullable=False),
        sa.Column("uf", sa.String(length=2), nullable=False),
        sa.Column("cep", sa.String(length=8), nullable=False),
        sa.Column("api_bancaria", sa.Boolean(), nullable=False),
        sa.Column("ambiente", sa.String(length=20), nullable=False),
        sa.Column("client_id", sa.String(length=80), nullable=False),
        sa.Column("certificate_path", sa.Text(), nullable=False),
        sa.Column("key_path", sa.Text(), nullable=False),
        sa.Column("ca_path", sa.Text(), nullable=False),
        sa.Column("host_token", sa.Text(), nullable=False),
        sa.Column("host_emissao", sa.Text(), nullable=False),
        sa.Column("host_consulta", sa.Text(), nullable=False),
        sa.Column("encargos_padrao", sa.JSON(), nullable=False),
        sa.Column("faixa_inicio", sa.Integer(), nullable=False),
        sa.Column("faixa_fim", sa.Integer(), nullable=False),
        sa.Column("ultimo_nosso_numero", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mnemonico"),
    )
    op.create_table(
        "pagador",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=120), nullable=False),
        sa.Column("documento", sa.String(length=14), nullable=False),
        sa.Column("logradouro", sa.String(length=120), nullable=False),
        sa.Column("bairro", sa.String(length=60), nullable=False),
        sa.Column("cidade", sa.String(length=60), nullable=False),
        sa.Column("uf", sa.String(length=2), nullable=False),
        sa.Column("cep", sa.String(length=8), nullable=False),
        sa.Column("busca", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("documento"),
    )
    op.create_index(op.f("ix_pagador_busca"), "pagador", ["busca"], unique=False)
    op.create_table(
        "tipo_cobranca",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nome", sa.String(length=60), nullable=False),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conta_id"],
            ["conta_bancaria.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conta_id", "nome", name="uq_tipo_cobranca_nome"),
    )
    op.create_table(
        "titulo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("tipo_cobranca_id", sa.Integer(), nullable=False),
        sa.Column("pagador_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column("parcela", sa.String(length=5), nullable=False),
        sa.Column("emissao", sa.Date(), nullable=False),
        sa.Column("vencimento", sa.Date(), nullable=False),
        sa.Column("valor", sa.BigInteger(), nullable=False),
        sa.Column("especie", sa.String(length=2), nullable=False),
        sa.Column("aceite", sa.Boolean(), nullable=False),
        sa.Column("encargos", sa.JSON(), nullable=False),
        sa.Column("observacao", sa.Text(), nullable=False),
        sa.Column("situacao", sa.String(length=24), nullable=False),
        sa.Column("situacao_em", sa.DateTime(), nullable=True),
        sa.Column("situacao_fonte", sa.String(length=40), nullable=False),
        sa.Column("boleto_id", sa.Integer(), nullable=True),
        sa.Column("liquidado_em", sa.Date(), nullable=True),
        sa.Column("valor_pago", sa.BigInteger(), nullable=False),
        sa.Column("ultima_operacao", sa.String(length=80), nullable=False),
        sa.Column("pdf_path", sa.Text(), nullable=False),
        sa.Column("busca", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conta_id"],
            ["conta_bancaria.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pagador_id"],
            ["pagador.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tipo_cobranca_id"],
            ["tipo_cobranca.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("boleto_id"),
        sa.UniqueConstraint("conta_id", "numero", "parcela", name="uq_titulo_numero_parcela"),
    )
    op.create_index(
        "ix_titulo_emissao", "titulo", ["conta_id", "emissao", "situacao", "tipo_cobranca_id", "valor"], unique=False
    )
    op.create_index(
        "ix_titulo_liquidado_em",
        "titulo",
        ["conta_id", "liquidado_em", "situacao", "tipo_cobranca_id", "valor"],
        unique=False,
    )
    op.create_index(op.f("ix_titulo_pagador_id"), "titulo", ["pagador_id"], unique=False)
    op.create_index(
        "ix_titulo_vencimento",
        "titulo",
        ["conta_id", "vencimento", "situacao", "tipo_cobranca_id", "valor"],
        unique=False,
    )
    op.create_table(
        "bank_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("titulo_id", sa.Integer(), nullable=False),
        sa.Column("open_titulo_id", sa.Integer(), nullable=True),
        sa.Column("conta_id", sa.Integer(), nullable=False),
        sa.Column("operacao", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("correlation_id", sa.String(length=36), nullable=False),
        sa.Column("carteira", sa.String(length=3), nullable=False),
        sa.Column("nosso_numero", sa.String(length=15), nullable=False),
        sa.Column("effect", sa.JSON(), nullable=False),
        sa.Column("claim", sa.String(length=36), nullable=False),
        sa.Column("instance", sa.String(length=60), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conta_id"],
            ["conta_bancaria.id"],
        ),
        sa.ForeignKeyConstraint(
            ["titulo_id"],
            ["titulo.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("correlation_id"),
        sa.UniqueConstraint("open_titulo_id"),
    )
    op.create_index("ix_bank_order_state", "bank_order", ["state"], unique=False)
    op.create_index("ix_bank_order_titulo", "bank_order", ["titulo_id", "state"], unique=False)
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("titulo_id", sa.Integer(), nullable=False),
        sa.Column("em", sa.DateTime(), nullable=False),
        sa.Column("texto", sa.String(length=120), nullable=False),
        sa.Column("detalhe", sa.Text(), nullable=False),
        sa.Column("quem", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["titulo_id"],
            ["titulo.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_history_titulo_id"), "history", ["titulo_id"], unique=False)
    op.create_table(
        "boleto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("titulo_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("chave", sa.String(length=80), nullable=False),
        sa.Column("carteira", sa.String(length=3), nullable=False),
        sa.Column("nosso_numero", sa.String(length=15), nullable=False),
        sa.Column("dac_nosso_numero", sa.String(length=1), nullable=False),
        sa.Column("codigo_barras", sa.String(length=44), nullable=False),
        sa.Column("linha_digitavel", sa.String(length=48), nullable=False),
        sa.Column("valor", sa.BigInteger(), nullable=False),
        sa.Column("vencimento", sa.Date(), nullable=False),
        sa.Column("data_limite", sa.Date(), nullable=True),
        sa.Column("registrado_em", sa.DateTime(), nullable=False),
        sa.Column("situacao_no_banco", sa.String(length=40), nullable=False),
        sa.Column("texto_do_banco", sa.String(length=80), nullable=False),
        sa.Column("consultado_em", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["bank_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["titulo_id"],
            ["titulo.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id"),
    )
    op.create_index(op.f("ix_boleto_titulo_id"), "boleto", ["titulo_id"], unique=False)
    op.create_table(
        "nosso_numero",
        sa.Column("conta", sa.String(length=60), nullable=False),
        sa.Column("numero", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["bank_order.id"],
        ),
        sa.PrimaryKeyConstraint("conta", "numero"),
    )
