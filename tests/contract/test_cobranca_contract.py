"""What every ``CobrancaProvider`` must do, against its simulated bank over real TLS: the ordinary life of a boleto."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bancointegra.domain.boleto import SituacaoNoBanco, compare
from bancointegra.domain.conta import Endereco
from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.errors import BankRefused, OutcomeUnknown
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao
from tests.builders import JOAO


def register(provider, pedido):
    return provider.registrar(pedido, str(uuid4()))


def ask(provider, pedido):
    return provider.consultar(pedido.carteira, pedido.nosso_numero)


def test_offers_registration_and_query(provider):
    assert provider.capabilities >= {Operacao.REGISTRAR, Operacao.CONSULTAR}


def test_registers_and_finds_again(provider, pedido, bank):
    registrado = register(provider, pedido)
    kept = bank.boleto(pedido.nosso_numero)
    assert registrado.chave == f"150000052061109{pedido.nosso_numero}"
    assert registrado.codigo_barras == kept.codigo_barras
    assert registrado.linha_digitavel == kept.linha_digitavel
    assert registrado.dac_nosso_numero == kept.dac
    assert registrado.nosso_numero == pedido.nosso_numero
    assert (registrado.valor, registrado.vencimento) == (pedido.valor, pedido.vencimento)
    assert registrado.data_limite == kept.limite

    consulta = ask(provider, pedido)
    assert consulta.registrado == registrado
    assert consulta.situacao is SituacaoNoBanco.ABERTO
    assert compare(pedido, consulta) == ()
    assert bank.registration_count(pedido.nosso_numero) == 1


def test_what_the_bank_receives(provider, pedido, bank, conta):
    correlation_id = str(uuid4())
    provider.registrar(pedido, correlation_id)
    (emission,) = bank.requests("emissao")
    assert emission.headers["x-itau-correlationid"] == correlation_id
    assert emission.headers["x-itau-apikey"] == conta.client_id
    assert emission.certificate == conta.client_id
    assert json.loads(emission.body)["data"]["etapa_processo_boleto"] == "efetivacao"
    assert emission.status == 200


ENCARGOS = [
    Encargos(multa=Multa(TipoMulta.VALOR, valor=Reais(1000))),
    Encargos(multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2), dias=2)),
    *(Encargos(juros=Juros(tipo, valor=Reais(41), percentual=Decimal("0.033"))) for tipo in TipoJuros),
    Encargos(abatimento=Reais(5000)),
]


@pytest.mark.parametrize("by_date", [True, False])
@pytest.mark.parametrize("encargos", ENCARGOS)
def test_charges_are_accepted_in_both_shapes(office, conta, new_pedido, bank, encargos, by_date):
    registry = office.open_registry(encargos_por_data=by_date)
    pedido = new_pedido(encargos=encargos)
    register(registry.for_conta(conta), pedido)
    registry.close()
    kept = bank.boleto(pedido.nosso_numero)
    assert kept.abatimento == encargos.abatimento.centavos
    assert bool(kept.multa) == (encargos.multa.tipo is not TipoMulta.NENHUMA)
    assert bool(kept.juros) == (encargos.juros.tipo is not TipoJuros.NENHUM)


@pytest.mark.parametrize("by_date", [True, False])
@pytest.mark.parametrize("tipo", [tipo for tipo in TipoDesconto if tipo is not TipoDesconto.NENHUM])
def test_discounts_are_accepted(office, conta, new_pedido, bank, tipo, by_date):
    registry = office.open_registry(desconto_por_data=by_date)
    pedido = new_pedido()
    descontos = tuple(Desconto(pedido.vencimento - timedelta(days=n), Reais(100), Decimal("0.5")) for n in (5, 10))
    pedido = replace(pedido, encargos=Encargos(tipo_desconto=tipo, descontos=descontos))
    register(registry.for_conta(conta), pedido)
    registry.close()
    assert len(bank.boleto(pedido.nosso_numero).desconto["descontos"]) == 2


def test_names_and_addresses_the_bank_would_refuse_are_made_safe(provider, new_pedido, bank):
    endereco = Endereco(
        "Praça d'Ávila nº 10/12 – sala 3 (fundos) " + "x" * 40,
        "São João & Cia. Ltda",
        "Mogi-Guaçu do Sul Maior",
        "sp",
        "01310100",
    )
    pedido = new_pedido(sacado=replace(JOAO, nome='Ção; <João> & "Irmãos" * ' + "z" * 60, endereco=endereco))
    register(provider, pedido)
    pagador = bank.boleto(pedido.nosso_numero).pagador
    assert pagador["pessoa"]["nome_pessoa"].startswith("Cao Joao Irmaos zzz")
    assert pagador["endereco"]["nome_logradouro"].startswith("Praca d Avila no 10-12 - sala 3 fundos x")


def test_same_number_again_may_be_a_duplicate(provider, pedido, bank):
    register(provider, pedido)
    for status in (422, 400):
        bank.switch(duplicate_status=status)
        with pytest.raises(BankRefused) as caught:
            register(provider, pedido)
        assert caught.value.possibly_duplicate
        assert "já cadastrado" in caught.value.message
    assert bank.registration_count(pedido.nosso_numero) == 1


def test_refused_fields_are_named_and_no_document_is_quoted(provider, new_pedido, bank):
    pedido = new_pedido(especie="77", sacado=replace(JOAO, endereco=replace(JOAO.endereco, uf="XX")))
    with pytest.raises(BankRefused) as caught:
        register(provider, pedido)
    assert {refusal.field.rsplit(".", 1)[-1] for refusal in caught.value.refusals} >= {"codigo_especie", "sigla_UF"}
    assert not caught.value.possibly_duplicate
    assert JOAO.documento.numero not in str(caught.value)
    assert ask(provider, pedido) is None


def test_broken_business_rule(provider, new_pedido, bank):
    pedido = new_pedido(emissao=bank.clock.today() + timedelta(days=2))
    with pytest.raises(BankRefused) as caught:
        register(provider, pedido)
    assert caught.value.message
    assert bank.registration_count(pedido.nosso_numero) == 0


@pytest.mark.parametrize("switches", [{"envelope": False}, {"emission_status": 201}, {"business_day_juros": True}])
def test_registration_answers_of_other_shapes(provider, pedido, bank, switches):
    bank.switch(**switches)
    assert register(provider, pedido).codigo_barras == bank.boleto(pedido.nosso_numero).codigo_barras


def test_asynchronous_registration_is_a_doubt_until_asked(provider, pedido, bank):
    bank.switch(emission_status=202)
    with pytest.raises(OutcomeUnknown) as caught:
        register(provider, pedido)
    assert "processando" in caught.value.message
    assert compare(pedido, ask(provider, pedido)) == ()


@pytest.mark.parametrize("not_found", ["empty", "404", "204"])
def test_unknown_number(provider, pedido, bank, not_found):
    bank.switch(not_found=not_found)
    assert ask(provider, pedido) is None


@pytest.mark.parametrize(
    "switches",
    [
        {"pagination_key": "pagination"},
        {"unpadded_nosso_numero": True},
        {"individual_as_object": True},
        {"uppercase_address_keys": True},
        {"vocabulary": "openapi"},
    ],
)
def test_query_answers_of_other_shapes(provider, pedido, bank, switches):
    registrado = register(provider, pedido)
    bank.switch(**switches)
    consulta = ask(provider, pedido)
    assert consulta.registrado == registrado
    assert consulta.situacao is SituacaoNoBanco.ABERTO
    assert compare(pedido, consulta) == ()


@pytest.mark.parametrize("vocabulary", ["production", "openapi"])
class TestLife:
    @pytest.fixture(autouse=True)
    def registered(self, provider, pedido, bank, vocabulary):
        bank.switch(vocabulary=vocabulary)
        register(provider, pedido)

    def test_paid_then_settled(self, provider, pedido, bank):
        bank.pay(pedido.nosso_numero, Decimal("1250.00"))
        paid = ask(provider, pedido)
        assert paid.situacao is SituacaoNoBanco.PAGO
        assert (paid.valor_pago, paid.data_pagamento) == (Reais(125_000), bank.clock.today())

        bank.settle(pedido.nosso_numero)
        settled = ask(provider, pedido)
        assert settled.situacao is SituacaoNoBanco.LIQUIDADO
        assert settled.valor_pago == Reais(125_000)

    def test_paid_by_pix(self, provider, pedido, bank):
        bank.pay(pedido.nosso_numero, pix=True)
        assert ask(provider, pedido).situacao is SituacaoNoBanco.LIQUIDADO

    def test_payment_returned(self, provider, pedido, bank):
        bank.pay(pedido.nosso_numero)
        bank.reject_payment(pedido.nosso_numero)
        consulta = ask(provider, pedido)
        assert consulta.situacao is SituacaoNoBanco.PAGAMENTO_DEVOLVIDO
        assert not consulta.situacao.is_pago

    def test_written_off(self, provider, pedido, bank):
        bank.write_off(pedido.nosso_numero)
        consulta = ask(provider, pedido)
        assert consulta.situacao is SituacaoNoBanco.BAIXADO
        assert consulta.motivo_baixa
        assert consulta.data_baixa == bank.clock.today()

    def test_written_off_because_paid_elsewhere(self, provider, pedido, bank):
        bank.write_off(pedido.nosso_numero, "Baixa por ter sido liquidado")
        assert ask(provider, pedido).situacao is SituacaoNoBanco.BAIXADO_POR_LIQUIDACAO


def test_batch_of_many_threads_registers_each_once_with_one_token(provider, new_pedido, bank):
    pedidos = [new_pedido() for _ in range(24)]
    with ThreadPoolExecutor(8) as pool:
        registrados = list(pool.map(lambda pedido: register(provider, pedido), pedidos))
    assert [r.nosso_numero for r in registrados] == [p.nosso_numero for p in pedidos]
    assert all(bank.registration_count(p.nosso_numero) == 1 for p in pedidos)
    assert len(bank.requests("token")) == 1


def test_tokens_that_expire_in_mid_batch(provider, new_pedido, bank):
    pedidos = [new_pedido() for _ in range(12)]
    for n, pedido in enumerate(pedidos):
        if n % 4 == 3:
            bank.clients.expire_tokens()
        register(provider, pedido)
    assert all(bank.registration_count(p.nosso_numero) == 1 for p in pedidos)
    assert len(bank.requests("token")) == 4


def test_very_short_tokens(provider, new_pedido, bank):
    bank.switch(token_seconds=1)
    pedidos = [new_pedido() for _ in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda pedido: register(provider, pedido), pedidos))
    assert all(bank.registration_count(p.nosso_numero) == 1 for p in pedidos)
