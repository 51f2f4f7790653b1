"""What the detail says of status, protest and payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bancointegra.domain.boleto import Pagamento, ProtestoNoBanco
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.integracao.texts import pagamento_line, protesto_line, situacao_line
from tests.ui.integracao.escritorio import HOJE, Escritorio, novo


@pytest.fixture
def titulo(tmp_path):
    office = Escritorio(tmp_path)
    ids = office.add_titulos(office.add_conta(), [novo(1, "MERCADO AURORA", "11.222.333/0001-81", "100,00")])
    found = office.store.titulos.get(ids["1/1"])
    office.close()
    return found


@pytest.mark.parametrize(
    ("situacao", "protesto", "says"),
    [
        (Situacao.REGISTRADO, ProtestoNoBanco.NENHUM, ""),
        (Situacao.PROTESTADO, ProtestoNoBanco.NENHUM, "Pedido de protesto enviado; o cartório ainda não protestou."),
        (Situacao.PROTESTADO, ProtestoNoBanco.INSTRUIDO, "Pedido de protesto enviado; o cartório ainda não protestou."),
        (Situacao.PROTESTADO, ProtestoNoBanco.EM_PROTESTO, "Em protesto no cartório; ainda não protestado."),
        (Situacao.PROTESTADO, ProtestoNoBanco.PROTESTADO, "Protestado em cartório."),
        (Situacao.REGISTRADO, ProtestoNoBanco.SUSTADO, "O protesto foi sustado."),
        (
            Situacao.CANCELAMENTO_ENVIADO,
            ProtestoNoBanco.EM_PROTESTO,
            "Cancelamento do protesto pedido; falta a resposta do banco.",
        ),
    ],
)
def test_a_request_is_not_a_protest(titulo, situacao, protesto, says):
    line = protesto_line(replace(titulo, situacao=situacao, protesto=protesto))
    assert line.removesuffix(" Consultar mostra o andamento.") == says


def test_the_status_names_its_source_and_moment(titulo):
    when = datetime(2026, 11, 23, 14, 32)
    told = replace(titulo, situacao=Situacao.PROTESTADO, situacao_em=when, situacao_fonte="banco")
    assert situacao_line(told) == "Título EM PROTESTO · segundo o banco em 23/11/2026 14:32"
    assert situacao_line(replace(titulo, situacao_em=when)) == "Título ABERTO · desde 23/11/2026 14:32"
    assert situacao_line(replace(titulo, situacao_em=None)) == "Título ABERTO"


def test_a_partial_payment_says_what_is_missing(titulo):
    paid = replace(titulo, situacao=Situacao.LIQUIDADO, liquidado_em=date(2026, 11, 24), valor_pago=Reais(10000))
    assert pagamento_line(paid) == "Pago R$\u00a0100,00 em 24/11/2026"
    partly = replace(paid, valor_pago=Reais(4000))
    assert pagamento_line(partly) == (
        "Pago R$\u00a040,00 em 24/11/2026\nMenos que o valor do título: diferença de R$\u00a060,00."
    )


@pytest.mark.parametrize(
    ("pagamento", "says"),
    [
        (Pagamento(Reais(10000), HOJE, por_pix=True), "Pago R$\u00a0100,00 em 23/11/2026 por Pix."),
        (Pagamento(Reais(10000), HOJE, em_cartorio=True), "Pago R$\u00a0100,00 em 23/11/2026 em cartório."),
        (
            Pagamento(Reais(4000), HOJE),
            "Pago R$\u00a040,00 em 23/11/2026. É menos que o valor do boleto, R$\u00a0100,00.",
        ),
    ],
)
def test_the_history_tells_how_it_was_paid(tmp_path, pagamento, says):
    office = Escritorio(tmp_path)
    ids = office.add_titulos(office.add_conta(), [novo(1, "MERCADO AURORA", "11.222.333/0001-81", "100,00")])
    office.registro.registrar(ids["1/1"], gerar_pdf=False)
    office.bank.pagamentos["1/1"] = (pagamento,)
    office.consulta.consultar(ids["1/1"])
    newest = office.busca.detalhe(ids["1/1"]).historico[0]
    office.close()
    assert newest.detalhe == f"O banco informa: Paga. {says}"
