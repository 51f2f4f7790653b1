"""The body of each instruction, as the API guide has it, and what the shapes of the answers mean."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancointegra.banks.http import Reply, UnreadableAnswer
from bancointegra.banks.itau.instructions import Comando, InstrucaoMapper, read_aceite
from bancointegra.banks.itau.options import ItauOptions
from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.instrucao import (
    Aceite,
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarDesconto,
    AlterarJuros,
    AlterarMulta,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
    Baixar,
    CancelarProtesto,
    PedidoInstrucao,
    Protestar,
)
from bancointegra.domain.reais import Reais

VENCIMENTO = date(2026, 1, 30)
MULTA = AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)))
JUROS = AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(15), dias=2))
DESCONTO = AlterarDesconto(TipoDesconto.VALOR_ATE_DATA, (Desconto(date(2026, 1, 20), Reais(1000)),))


def comando(instrucao, **options):
    pedido = PedidoInstrucao(
        "15000005206110900000001", "109", "00000001", VENCIMENTO, Reais(5000), Encargos(), instrucao, "1001/1"
    )
    return InstrucaoMapper(ItauOptions(**options)).comando(pedido)


@pytest.mark.parametrize(
    ("instrucao", "nome", "corpo"),
    [
        (Baixar(), "baixa", None),
        (AlterarVencimento(date(2026, 2, 28)), "data_vencimento", {"data_vencimento": "2026-02-28"}),
        (AlterarDataLimite(date(2026, 5, 1)), "data_limite_pagamento", {"data_limite_pagamento": "2026-05-01"}),
        (AlterarValor(Reais(18000)), "valor_nominal", {"valor_titulo": "180.00"}),
        (AlterarAbatimento(Reais(10000)), "abatimento", {"valor_abatimento": "100.00"}),
        (AlterarAbatimento(Reais(0)), "abatimento", {"valor_abatimento": "0.00"}),
        (AlterarSeuNumero("1234567890"), "seu_numero", {"texto_seu_numero": "1234567890"}),
        (
            JUROS,
            "juros",
            {"juros": {"codigo_tipo_juros": "90", "quantidade_dias_juros": 2, "percentual_juros": "15.00000"}},
        ),
        (
            AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_DIA, percentual=Decimal("0.033333333"))),
            "juros",
            {"juros": {"codigo_tipo_juros": "91", "quantidade_dias_juros": 1, "percentual_juros": "0.03333"}},
        ),
        (
            AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_ANO, percentual=Decimal("1E+2"))),
            "juros",
            {"juros": {"codigo_tipo_juros": "92", "quantidade_dias_juros": 1, "percentual_juros": "100.00000"}},
        ),
        (
            AlterarJuros(Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(41))),
            "juros",
            {"juros": {"codigo_tipo_juros": "93", "quantidade_dias_juros": 1, "valor_juros": "0.41"}},
        ),
        (AlterarJuros(Juros()), "juros", {"juros": {"codigo_tipo_juros": "05"}}),
        (
            MULTA,
            "multa",
            {"multa": {"codigo_tipo_multa": "02", "quantidade_dias_multa": 1, "percentual_multa": "2.00000"}},
        ),
        (
            AlterarMulta(Multa(TipoMulta.VALOR, valor=Reais(1234), dias=3)),
            "multa",
            {"multa": {"codigo_tipo_multa": "01", "quantidade_dias_multa": 3, "valor_multa": "12.34"}},
        ),
        (AlterarMulta(Multa()), "multa", {"multa": {"codigo_tipo_multa": "03"}}),
        (
            DESCONTO,
            "desconto",
            {
                "desconto": {
                    "codigo_tipo_desconto": "01",
                    "descontos": [{"data_desconto": "2026-01-20", "valor_desconto": "10.00"}],
                }
            },
        ),
        (
            AlterarDesconto(
                TipoDesconto.PERCENTUAL_ATE_DATA,
                (
                    Desconto(date(2026, 1, 10), percentual=Decimal(5)),
                    Desconto(date(2026, 1, 20), percentual=Decimal(2)),
                ),
            ),
            "desconto",
            {
                "desconto": {
                    "codigo_tipo_desconto": "02",
                    "descontos": [
                        {"data_desconto": "2026-01-10", "percentual_desconto": "5.00000"},
                        {"data_desconto": "2026-01-20", "percentual_desconto": "2.00000"},
                    ],
                }
            },
        ),
        (AlterarDesconto(TipoDesconto.NENHUM, ()), "desconto", {"desconto": {"codigo_tipo_desconto": "00"}}),
        (
            Protestar(date(2026, 2, 4), "Escritório Lima"),
            "protesto",
            {"protesto": {"codigo_tipo_protesto": 1, "quantidade_dias_protesto": 5}},
        ),
        (
            CancelarProtesto(date(2026, 2, 5), "Pago na loja"),
            "protesto",
            {"protesto": {"codigo_tipo_protesto": 9}},
        ),
    ],
)
def test_body(instrucao, nome, corpo):
    assert comando(instrucao) == Comando(nome, corpo)


class TestOptions:
    def test_charges_that_start_on_a_date(self):
        juros = comando(JUROS, encargos_por_data_na_instrucao=True).corpo["juros"]
        multa = comando(MULTA, encargos_por_data_na_instrucao=True).corpo["multa"]
        assert juros == {"codigo_tipo_juros": "90", "data_juros": "2026-02-01", "percentual_juros": "15.00000"}
        assert multa == {"codigo_tipo_multa": "02", "percentual_multa": "2.00000"}  # the day after the due date

    def test_discounts_counted_in_days(self):
        body = comando(DESCONTO, desconto_por_data_na_instrucao=False).corpo["desconto"]
        assert body["descontos"] == [{"quantidade_dias_desconto": 10, "valor_desconto": "10.00"}]

    def test_without_the_block(self):
        assert comando(MULTA, encargos_em_bloco=False) == Comando("multa", comando(MULTA).corpo["multa"])
        assert comando(JUROS, encargos_em_bloco=False) == Comando("juros", comando(JUROS).corpo["juros"])
        assert comando(DESCONTO, encargos_em_bloco=False) == comando(DESCONTO)

    def test_codes_of_protest(self):
        options = {"codigo_protestar": 7, "codigo_sustar_protesto": 4}
        protestar = comando(Protestar(date(2026, 2, 1), "E"), **options)
        assert protestar.corpo == {"protesto": {"codigo_tipo_protesto": 7, "quantidade_dias_protesto": 2}}
        assert comando(CancelarProtesto(date(2026, 2, 1), "m"), **options).corpo == {
            "protesto": {"codigo_tipo_protesto": 4}
        }

    def test_the_shapes_of_the_emission_are_not_those_of_instructions(self):
        changed = {"encargos_por_data": False, "desconto_por_data": False, "decimais_na_emissao": True}
        for instrucao in (MULTA, JUROS, DESCONTO, AlterarValor(Reais(1))):
            assert comando(instrucao, **changed) == comando(instrucao)


def aceite(status, body="", instrucao=MULTA, **options):
    text = body if isinstance(body, str) else json.dumps(body)
    return read_aceite(Reply(status, {}, text), comando(instrucao, **options))


def accepted(codigo="200", campo="COD-RET", mensagem="Aguardando aprovação"):
    return {
        "codigo": codigo,
        "mensagem": mensagem,
        "campos": [{"campo": campo, "mensagem": "Sujeita à aprovação do gerente", "valor": ""}],
    }


class TestAnswers:
    @pytest.mark.parametrize("body", ["", "{}", "<html>"])
    def test_nothing_to_say_is_done(self, body):
        assert aceite(204, body) is Aceite.FEITA

    @pytest.mark.parametrize(
        ("instrucao", "body"),
        [
            (AlterarDataLimite(date(2026, 5, 1)), {"data_limite_pagamento": "2026-05-01"}),
            (AlterarValor(Reais(1)), {"valor_titulo": "0.01"}),
            (MULTA, {"multa": {"codigo_tipo_multa": "02"}}),
            (MULTA, {"Multa": {"codigo_tipo_multa": "02"}, "mensagem": "ok"}),
            (Protestar(date(2026, 2, 4), "E"), {"protesto": {"codigo_tipo_protesto": 1}}),
        ],
    )
    @pytest.mark.parametrize("wrap", [lambda b: {"data": b}, lambda b: b, lambda b: {"data": [b]}])
    def test_the_changed_block_is_done(self, instrucao, body, wrap):
        assert aceite(200, wrap(body), instrucao) is Aceite.FEITA

    def test_the_changed_content_without_its_block_is_done(self):
        assert aceite(200, {"data": {"codigo_tipo_multa": "02"}}, encargos_em_bloco=False) is Aceite.FEITA

    @pytest.mark.parametrize("wrap", [lambda b: {"data": b}, lambda b: b])
    @pytest.mark.parametrize("mensagem", ["Aguardando aprovação", "Solicitação recebida", ""])
    def test_a_word_of_the_mainframe_waits_for_approval(self, wrap, mensagem):
        assert aceite(200, wrap(accepted(mensagem=mensagem))) is Aceite.AGUARDANDO_APROVACAO

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "<html>ok</html>",
            "null",
            "[]",
            "{}",
            {"data": {}},
            {"data": None},
            {"data": {"codigo": "200", "mensagem": "Aguardando aprovação"}},
            {"data": {"mensagem": "Aguardando aprovação"}},
            accepted(codigo="422"),
            accepted(codigo=""),
            accepted(campo="data_vencimento"),
            {"campos": []},
            {"data": {"juros": {"codigo_tipo_juros": "90"}}},
            accepted(codigo="500") | {"multa": {"codigo_tipo_multa": "02"}},
        ],
    )
    def test_what_does_not_say_it_is_not_guessed(self, body):
        with pytest.raises(UnreadableAnswer):
            aceite(200, body)

    def test_baixa_with_a_body_that_says_nothing_is_not_guessed(self):
        with pytest.raises(UnreadableAnswer):
            aceite(200, "{}", Baixar())

    @given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
    def test_odd_bodies_are_never_done(self, body):
        with pytest.raises(UnreadableAnswer):
            aceite(200, json.dumps(body), AlterarVencimento(date(2026, 2, 28)))
