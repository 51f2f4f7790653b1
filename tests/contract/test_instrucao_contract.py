"""What every provider must do with instructions, against its simulated bank: done, refused, waiting, and seen after."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.errors import BankRefused, OutcomeUnknown
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
    Protestar,
    is_efetiva,
)
from bancointegra.domain.leitura_codigo import read_codigo
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao

PERCENT = Decimal("0.033")
INSTRUCTIONS = {
    "vencimento": lambda p: AlterarVencimento(p.vencimento + timedelta(days=10)),
    "data limite": lambda p: AlterarDataLimite(p.vencimento + timedelta(days=60)),
    "valor": lambda _: AlterarValor(Reais(99_990)),
    "abatimento": lambda _: AlterarAbatimento(Reais(2_500)),
    "seu número": lambda _: AlterarSeuNumero("Ped77"),
    "multa em valor": lambda _: AlterarMulta(Multa(TipoMulta.VALOR, valor=Reais(1_000))),
    "multa em percentual": lambda _: AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.50"), dias=4)),
    **{
        f"juros {tipo.value}": lambda _, tipo=tipo: AlterarJuros(Juros(tipo, valor=Reais(41), percentual=PERCENT))
        for tipo in TipoJuros
        if tipo is not TipoJuros.NENHUM
    },
    "juros irracionais": lambda _: AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_DIA, percentual=Decimal(1) / 30, dias=3)),
    **{
        f"desconto {tipo.value}": lambda p, tipo=tipo: AlterarDesconto(
            tipo, tuple(Desconto(p.vencimento - timedelta(days=n), Reais(100), PERCENT) for n in (10, 5))
        )
        for tipo in TipoDesconto
        if tipo is not TipoDesconto.NENHUM
    },
    "baixa": lambda _: Baixar(),
    "protesto": lambda p: Protestar(p.vencimento + timedelta(days=5), "Escritório Lima"),
}
CHANGES = [name for name in INSTRUCTIONS if name not in ("baixa", "protesto")]
CHARGES = [name for name in INSTRUCTIONS if name.startswith(("multa", "juros", "desconto"))]
BUSY = Encargos(
    multa=Multa(TipoMulta.VALOR, valor=Reais(700)),
    juros=Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(1)),
    abatimento=Reais(900),
)


@pytest.fixture
def provider(bank, standing_provider):
    return standing_provider


def ask(provider, pedido):
    return provider.consultar(pedido.carteira, pedido.nosso_numero)


def test_offers_all_of_the_manual(provider):
    assert provider.capabilities == frozenset(Operacao)


@pytest.mark.parametrize("answer", ["204", "block"])
@pytest.mark.parametrize("name", INSTRUCTIONS)
def test_done_and_seen(provider, registered, instruct, bank, name, answer):
    bank.switch(instruction_answer=answer)
    pedido = registered()
    instrucao = INSTRUCTIONS[name](pedido)
    assert is_efetiva(instrucao, ask(provider, pedido)) is False
    assert instruct(pedido, instrucao) is Aceite.FEITA
    assert is_efetiva(instrucao, ask(provider, pedido)) is True


@pytest.mark.parametrize("name", CHARGES)
def test_charges_replace_those_of_the_registration(provider, registered, instruct, bank, name):
    bank.switch(business_day_juros=True)
    pedido = registered(encargos=BUSY)
    assert ask(provider, pedido).encargos == BUSY
    instrucao = INSTRUCTIONS[name](pedido)
    assert instruct(pedido, instrucao) is Aceite.FEITA
    consulta = ask(provider, pedido)
    assert is_efetiva(instrucao, consulta) is True
    assert consulta.encargos.abatimento == BUSY.abatimento


@pytest.mark.parametrize(
    "instrucao",
    [
        AlterarMulta(Multa()),
        AlterarJuros(Juros()),
        AlterarDesconto(TipoDesconto.NENHUM, ()),
        AlterarAbatimento(Reais(0)),
    ],
    ids=lambda i: type(i).__name__,
)
def test_charges_can_be_taken_away(provider, registered, instruct, new_pedido, instrucao):
    vencimento = new_pedido().vencimento
    descontos = (Desconto(vencimento - timedelta(days=5), Reais(100)),)
    pedido = registered(encargos=replace(BUSY, tipo_desconto=TipoDesconto.VALOR_ATE_DATA, descontos=descontos))
    assert is_efetiva(instrucao, ask(provider, pedido)) is False
    assert instruct(pedido, instrucao) is Aceite.FEITA
    assert is_efetiva(instrucao, ask(provider, pedido)) is True


@pytest.mark.parametrize("name", CHARGES)
def test_charges_in_the_other_shapes(office, conta, provider, registered, instruct, bank, name):
    bank.switch(accept_unwrapped=True)
    shapes = {"encargos_por_data_na_instrucao": True, "desconto_por_data_na_instrucao": False}
    registry = office.open_registry(encargos_em_bloco=False, **shapes)
    pedido = registered()
    instrucao = INSTRUCTIONS[name](pedido)
    assert instruct(pedido, instrucao, registry.for_conta(conta)) is Aceite.FEITA
    registry.close()
    assert is_efetiva(instrucao, ask(provider, pedido)) is True


def test_what_the_bank_receives(registered, instruct, bank, conta):
    pedido = registered()
    instruct(pedido, AlterarValor(Reais(99_990)))
    instruct(pedido, Baixar())
    valor, baixa = bank.requests("instrucao")
    chave = f"150000052061109{pedido.nosso_numero}"
    assert [r.method for r in (valor, baixa)] == ["PATCH", "PATCH"]
    assert valor.path.endswith(f"/boletos/{chave}/valor_nominal")
    assert baixa.path.endswith(f"/boletos/{chave}/baixa")
    assert json.loads(valor.body) == {"valor_titulo": "999.90"}
    assert baixa.body == ""
    assert {r.headers["x-itau-apikey"] for r in (valor, baixa)} == {conta.client_id}
    assert len({r.headers["x-itau-correlationid"] for r in (valor, baixa)}) == 2


@pytest.mark.parametrize("name", ["vencimento", "valor"])
def test_bars_and_line_follow_due_date_and_value(provider, registered, instruct, bank, name):
    pedido = registered()
    before = ask(provider, pedido).registrado
    instruct(pedido, INSTRUCTIONS[name](pedido))
    after = ask(provider, pedido).registrado
    assert after.codigo_barras != before.codigo_barras
    assert after.codigo_barras == bank.boleto(pedido.nosso_numero).codigo_barras
    for code in (after.codigo_barras, after.linha_digitavel):
        read = read_codigo(code, bank.clock.today())
        assert read.valida
        assert (read.vencimento, read.valor) == (after.vencimento, after.valor)
    assert after.dac_nosso_numero == before.dac_nosso_numero


@pytest.mark.parametrize("name", INSTRUCTIONS)
def test_awaiting_approval_is_not_done(provider, registered, instruct, bank, name):
    bank.switch(instruction_answer="approval")
    pedido = registered()
    instrucao = INSTRUCTIONS[name](pedido)
    assert instruct(pedido, instrucao) is Aceite.AGUARDANDO_APROVACAO
    assert is_efetiva(instrucao, ask(provider, pedido)) is False


@pytest.mark.parametrize("name", INSTRUCTIONS)
def test_asynchronous_instruction_is_a_doubt_until_asked(provider, registered, instruct, bank, name):
    bank.switch(instruction_answer="202")
    pedido = registered()
    instrucao = INSTRUCTIONS[name](pedido)
    with pytest.raises(OutcomeUnknown, match="processando"):
        instruct(pedido, instrucao)
    assert is_efetiva(instrucao, ask(provider, pedido)) is True


class TestRefused:
    """What our own rules would let through, because only the bank knows it."""

    @pytest.mark.parametrize("name", INSTRUCTIONS)
    @pytest.mark.parametrize(
        ("happening", "words"),
        [
            (lambda bank, number: bank.pay(number), "liquidado|floating"),
            (lambda bank, number: bank.pay(number, pix=True), "liquidado"),
            (lambda bank, number: bank.write_off(number), "baixado"),
        ],
        ids=["paid", "settled", "written off"],
    )
    def test_closed_meanwhile(self, registered, refused, bank, name, happening, words):
        pedido = registered()
        happening(bank, pedido.nosso_numero)
        error = refused(pedido, INSTRUCTIONS[name](pedido))
        assert error.possibly_duplicate
        assert any(word in error.message for word in words.split("|"))

    @pytest.mark.parametrize(
        ("instrucao", "words"),
        [
            (lambda p: AlterarVencimento(p.vencimento), "igual"),
            (lambda p: AlterarVencimento(p.emissao - timedelta(days=1)), "vencido"),
            (lambda p: AlterarVencimento(p.vencimento + timedelta(days=4_000)), "data limite"),
            (lambda p: AlterarValor(p.valor), "igual"),
            (lambda _: AlterarValor(Reais(0)), "inválido"),
            (lambda p: AlterarValor(p.encargos.abatimento), "abatimento"),
            (lambda _: AlterarValor(Reais(1_000_000_001)), "permitido"),
            (lambda p: AlterarAbatimento(p.valor), "abatimento"),
            (lambda p: AlterarAbatimento(Reais(p.valor.centavos - 10_000)), "90%"),
            (lambda p: AlterarSeuNumero(p.seu_numero), "igual"),
            (lambda _: AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_DIA, percentual=Decimal(5))), "permitido"),
            (lambda p: CancelarProtesto(p.vencimento, "motivo"), "Não existe"),
        ],
    )
    def test_by_the_mainframe(self, provider, registered, refused, instrucao, words):
        pedido = registered(encargos=BUSY)
        before = ask(provider, pedido)
        error = refused(pedido, instrucao(pedido))
        assert words in error.message
        assert error.possibly_duplicate, "the bank must be asked before the refusal is believed"
        assert replace(ask(provider, pedido), consultado_em=before.consultado_em) == before

    @pytest.mark.parametrize(
        ("instrucao", "words"),
        [
            (lambda p: AlterarDataLimite(p.vencimento - timedelta(days=1)), "data limite de pagamento: "),
            (lambda p: AlterarDataLimite(p.vencimento + timedelta(days=4_000)), "10 anos"),
            (lambda _: AlterarMulta(Multa(TipoMulta.VALOR, valor=Reais(1))), "multa: "),
            (lambda _: AlterarJuros(Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(1))), "juros: "),
            (
                lambda p: AlterarDesconto(
                    TipoDesconto.VALOR_ATE_DATA, (Desconto(p.vencimento + timedelta(days=1), Reais(100)),)
                ),
                "desconto: ",
            ),
            (
                lambda p: AlterarDesconto(TipoDesconto.VALOR_ATE_DATA, (Desconto(p.vencimento, p.valor),)),
                "abatimento: ",
            ),
        ],
    )
    def test_of_a_field(self, registered, refused, instrucao, words):
        pedido = registered()
        error = refused(pedido, instrucao(pedido))
        assert words in error.message
        assert not error.possibly_duplicate

    def test_data_limite_already_past(self, registered, refused, bank):
        hoje = bank.clock.today()
        pedido = registered(vencimento=hoje - timedelta(days=5), emissao=hoje - timedelta(days=9))
        assert "atual" in refused(pedido, AlterarDataLimite(hoje - timedelta(days=1))).message

    def test_no_abatimento_to_cancel(self, registered, refused):
        assert "inexistente" in refused(registered(), AlterarAbatimento(Reais(0))).message

    @pytest.mark.parametrize(
        ("changes", "words"),
        [({"seu_numero": ""}, "Seu número"), ({"especie": "18"}, "Espécie")],
    )
    def test_boleto_that_cannot_be_protested(self, registered, refused, changes, words):
        pedido = registered(**changes)
        assert words in refused(pedido, INSTRUCTIONS["protesto"](pedido)).message

    def test_protest_ordered_twice(self, registered, refused, instruct):
        pedido = registered()
        protesto = INSTRUCTIONS["protesto"](pedido)
        instruct(pedido, protesto)
        error = refused(pedido, protesto)
        assert "já registrada" in error.message
        assert error.possibly_duplicate

    @pytest.mark.parametrize("name", INSTRUCTIONS)
    def test_on_the_day_of_the_emission(self, registered, refused, bank, name):
        bank.switch(instructions_from_next_day=True)
        pedido = registered()
        assert "dia da emissão" in refused(pedido, INSTRUCTIONS[name](pedido)).message

    @pytest.mark.parametrize("name", INSTRUCTIONS)
    def test_boleto_the_bank_does_not_know(self, refused, new_pedido, name):
        pedido = new_pedido()
        assert "não encontrado" in refused(pedido, INSTRUCTIONS[name](pedido)).message

    @pytest.mark.parametrize("name", ["multa em valor", "juros valor_por_dia"])
    def test_shape_the_bank_does_not_take(self, office, conta, registered, instruct, name):
        registry = office.open_registry(encargos_em_bloco=False)
        pedido = registered()
        with pytest.raises(BankRefused):
            instruct(pedido, INSTRUCTIONS[name](pedido), registry.for_conta(conta))
        registry.close()
