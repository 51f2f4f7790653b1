"""Whether a boleto at the bank already is as an instruction wants it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bancointegra.domain.boleto import BoletoRegistrado, ConsultaBoleto, ProtestoNoBanco, SituacaoNoBanco
from bancointegra.domain.encargos import (
    Desconto,
    Encargos,
    Juros,
    ModeloJuros,
    Multa,
    TipoDesconto,
    TipoJuros,
    TipoMulta,
)
from bancointegra.domain.instrucao import (
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
    Protestar,
    is_efetiva,
)
from bancointegra.domain.reais import Reais
from tests.builders import NOW

DIA = date(2026, 12, 20)
LIMITE = date(2027, 3, 20)


def consulta(situacao=SituacaoNoBanco.ABERTO, data_limite=LIMITE, **changes):
    registrado = BoletoRegistrado("chave", "109", "00000001", "6", "", "", Reais(12500), DIA, data_limite)
    return ConsultaBoleto(registrado, situacao, situacao.value, "", "", NOW, **changes)


@pytest.mark.parametrize(
    ("instrucao", "expected"),
    [
        (AlterarVencimento(DIA), True),
        (AlterarVencimento(LIMITE), False),
        (AlterarValor(Reais(12500)), True),
        (AlterarValor(Reais(1)), False),
        (AlterarDataLimite(LIMITE), True),
        (AlterarDataLimite(DIA), False),
        (AlterarMulta(Multa()), None),
        (AlterarAbatimento(Reais(0)), None),
        (AlterarSeuNumero("A1"), None),
        (Baixar(), False),
        (Protestar(LIMITE, "Escritório"), False),
        (CancelarProtesto(LIMITE, "motivo"), True),
    ],
)
def test_of_an_open_boleto_without_details(instrucao, expected):
    assert is_efetiva(instrucao, consulta()) is expected


def test_data_limite_not_shown():
    assert is_efetiva(AlterarDataLimite(LIMITE), consulta(data_limite=None)) is None


@pytest.mark.parametrize("shown", ["ped1", "PED1", "PED1      "])
def test_seu_numero_in_the_banks_writing(shown):
    assert is_efetiva(AlterarSeuNumero("Ped1"), consulta(seu_numero=shown)) is True
    assert is_efetiva(AlterarSeuNumero("Ped2"), consulta(seu_numero=shown)) is False


@pytest.mark.parametrize("stage", ProtestoNoBanco)
def test_protest(stage):
    found = consulta(protesto=stage)
    is_running = stage in (ProtestoNoBanco.INSTRUIDO, ProtestoNoBanco.EM_PROTESTO, ProtestoNoBanco.PROTESTADO)
    assert is_efetiva(Protestar(LIMITE, "Escritório"), found) is is_running
    assert is_efetiva(CancelarProtesto(LIMITE, "motivo"), found) is not is_running


@pytest.mark.parametrize("situacao", SituacaoNoBanco)
def test_baixa(situacao):
    assert is_efetiva(Baixar(), consulta(situacao)) is (situacao is SituacaoNoBanco.BAIXADO)


NO_BANCO = Encargos(
    multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)),
    juros=Juros(TipoJuros.PERCENTUAL_AO_DIA, percentual=Decimal("0.03333")),
    tipo_desconto=TipoDesconto.VALOR_ATE_DATA,
    descontos=(Desconto(DIA, Reais(500)), Desconto(date(2026, 12, 10), Reais(1000))),
    abatimento=Reais(300),
)


@pytest.mark.parametrize(
    "instrucao",
    [
        AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.00000"), valor=Reais(7))),
        AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2), dias=0)),
        AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_DIA, percentual=Decimal(1) / 30, valor=Reais(7))),
        AlterarDesconto(
            TipoDesconto.VALOR_ATE_DATA,
            (Desconto(date(2026, 12, 10), Reais(1000), Decimal(9)), Desconto(DIA, Reais(500))),
        ),
        AlterarAbatimento(Reais(300)),
    ],
)
def test_charges_that_cost_the_same_are_in_effect(instrucao):
    assert is_efetiva(instrucao, consulta(encargos=NO_BANCO)) is True


@pytest.mark.parametrize(
    "instrucao",
    [
        AlterarMulta(Multa()),
        AlterarMulta(Multa(TipoMulta.VALOR, valor=Reais(200))),
        AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.1"))),
        AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2), dias=2)),
        AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal("0.03333"))),
        AlterarJuros(Juros()),
        AlterarDesconto(TipoDesconto.NENHUM, ()),
        AlterarDesconto(TipoDesconto.VALOR_ATE_DATA, (Desconto(DIA, Reais(500)),)),
        AlterarAbatimento(Reais(0)),
    ],
)
def test_charges_that_cost_something_else_are_not(instrucao):
    assert is_efetiva(instrucao, consulta(encargos=NO_BANCO)) is False


@pytest.mark.parametrize(
    "instrucao",
    [
        AlterarMulta(Multa(valor=Reais(7), dias=9)),
        AlterarJuros(Juros(percentual=Decimal(7), dias=9)),
        AlterarDesconto(TipoDesconto.NENHUM, (Desconto(DIA, Reais(5)),)),
    ],
)
def test_none_is_none_whatever_is_left_in_the_fields(instrucao):
    assert is_efetiva(instrucao, consulta(encargos=Encargos(modelo_juros=ModeloJuros.TAXA))) is True
