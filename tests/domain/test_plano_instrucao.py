"""What an instruction must be before it may leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bancointegra.domain.boleto import BoletoRegistrado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.encargos import Desconto, Encargos, Multa, TipoDesconto
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.instrucao import (
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarMulta,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
    Baixar,
    CancelarProtesto,
    Instrucao,
    Protestar,
    describe_instrucao,
)
from bancointegra.domain.plano_instrucao import plan_instrucao
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import Titulo
from tests.builders import AURORA, conta_itau

VENCIMENTO = date(2026, 11, 30)
HOJE = date(2026, 11, 23)
BOLETO = BoletoRegistrado(
    "chave", "109", "00000001", "6", "3" * 44, "3" * 47, Reais(12500), VENCIMENTO, date(2027, 1, 31)
)


def titulo(**changes: object) -> Titulo:
    known = Titulo(
        id=1,
        numero="1001",
        parcela="1",
        conta_id=1,
        tipo_cobranca_id=1,
        sacado=AURORA,
        emissao=date(2026, 11, 1),
        vencimento=VENCIMENTO,
        valor=Reais(12500),
        situacao=Situacao.REGISTRADO,
        boleto=BOLETO,
    )
    return replace(known, **changes)


def plan(instrucao: Instrucao, conta: ContaBancaria | None = None, **changes: object) -> object:
    return plan_instrucao(titulo(**changes), conta or conta_itau(), instrucao, HOJE)


@pytest.mark.parametrize(
    ("instrucao", "field"),
    [
        (AlterarVencimento(HOJE - timedelta(days=1)), "Vencimento"),
        (AlterarVencimento(VENCIMENTO), "Vencimento"),
        (AlterarVencimento(date(2027, 2, 1)), "Vencimento"),
        (AlterarAbatimento(Reais(11251)), "Abatimento"),
        (AlterarSeuNumero(""), "Seu número"),
        (AlterarSeuNumero("12345678901"), "Seu número"),
        (AlterarSeuNumero("A-1"), "Seu número"),
        (AlterarDataLimite(VENCIMENTO - timedelta(days=1)), "Data limite"),
        (AlterarDataLimite(date(2037, 1, 1)), "Data limite"),
        (AlterarValor(Reais(0)), "Valor nominal"),
        (AlterarValor(Reais(12500)), "Valor nominal"),
        (Protestar(date(2026, 12, 10), " "), "Escritório de Cobrança"),
        (Protestar(HOJE - timedelta(days=1), "E"), "Data do protesto"),
        (Protestar(VENCIMENTO, "E"), "Data do protesto"),
        (Protestar(VENCIMENTO + timedelta(days=100), "E"), "Data do protesto"),
    ],
)
def test_what_cannot_be_sent_names_its_field(instrucao: Instrucao, field: str) -> None:
    with pytest.raises(InputError) as refused:
        plan(instrucao)
    assert refused.value.field == field


def test_a_motivo_is_needed_to_take_a_titulo_back_from_protest() -> None:
    with pytest.raises(InputError) as refused:
        plan(CancelarProtesto(HOJE, "  "), situacao=Situacao.PROTESTADO)
    assert refused.value.field == "Motivo"


@pytest.mark.parametrize("situacao", [s for s in Situacao if s is not Situacao.REGISTRADO])
def test_only_a_registered_titulo_is_changed_or_written_off(situacao: Situacao) -> None:
    for instrucao in (Baixar(), AlterarValor(Reais(100))):
        with pytest.raises(RuleError, match="aceita apenas REGISTRADO"):
            plan(instrucao, situacao=situacao)


def test_an_account_without_api_sends_nothing() -> None:
    with pytest.raises(RuleError, match="API Bancária"):
        plan(Baixar(), replace(conta_itau(), api_bancaria=False))


def test_abatimento_and_desconto_together_stay_below_the_value() -> None:
    desconto = Encargos(tipo_desconto=TipoDesconto.VALOR_ATE_DATA, descontos=(Desconto(VENCIMENTO, Reais(1250)),))
    with pytest.raises((InputError, RuleError), match="valor"):
        plan(AlterarAbatimento(Reais(11250)), encargos=desconto)
    plan(AlterarAbatimento(Reais(11249)), encargos=desconto)


def test_the_request_keeps_what_was_before() -> None:
    pedido = plan_instrucao(titulo(), conta_itau(), AlterarValor(Reais(9900)), HOJE)
    assert (pedido.chave, pedido.nosso_numero, pedido.valor, pedido.titulo) == (
        "chave",
        "00000001",
        Reais(12500),
        "1001/1",
    )


@pytest.mark.parametrize(
    ("vencimento", "data", "dias"),
    [
        (date(2026, 11, 30), date(2026, 12, 10), 10),
        (date(2026, 11, 1), HOJE, 22),
        (date(2026, 6, 1), HOJE, 1),
    ],
)
def test_days_of_a_protest_count_from_the_due_date(vencimento: date, data: date, dias: int) -> None:
    protestar = Protestar(data, "E")
    plan(protestar, vencimento=vencimento)
    assert protestar.dias_apos(vencimento) == dias


def test_every_instruction_has_words_for_the_history() -> None:
    describe: Callable[[Instrucao], str] = describe_instrucao
    assert describe(AlterarVencimento(VENCIMENTO)) == "Vencimento para 30/11/2026"
    assert describe(AlterarMulta(Multa())) == "Multa: sem multa"
    assert describe(Baixar()) == "Baixa sem pagamento"
    assert describe(CancelarProtesto(HOJE, "acordo")) == "Cancelamento em 23/11/2026: acordo"
