"""What a provider of bill payments must do, against the simulated Celcoin over TLS: every call, every kind of bill."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bancointegra.domain.arrecadacao import codigo_barras_of as conta_code_of
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_consultada import FaixaDeValor, Janela, Parte
from bancointegra.domain.convenio import convenio_da_linha
from bancointegra.domain.errors import BankRefused, CredentialError
from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.linha_digitavel import codigo_barras_of
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.transacao_pagamento import FUSO_CELCOIN, EstadoNaCelcoin, ReferenciaPagamento
from bancointegra.simulator.celcoin.mass import CONTAS, FICHAS
from bancointegra.system.clock import SystemClock
from tests.contract.celcoin import NIGHT, TERMINAL, WEDNESDAY, pedido_of, reference_to

PLAIN, CHANGEABLE, OVERDUE, DISCOUNTED, PARTIAL, FINAL_PAYEE, *_ = FICHAS
TOO_LATE, NOT_THIS_CHANNEL, PAID_ALREADY, NO_SETTLE_DATE = list(FICHAS)[6:10]
COMES_BACK = list(FICHAS)[14]
GAS = "836900000016599002212034012310000000000000000000"
GAS_WITHOUT_DATE = "836000000015599002210004000000000000000000000000"
TODAY = WEDNESDAY.date()


class TestConsultar:
    def test_ficha(self, pagar):
        conta = pagar.provider.consultar(PLAIN)
        assert (conta.linha, conta.tipo, conta.emissor) == (PLAIN, TipoCodigo.COBRANCA, "BANCO DO BRASIL S.A.")
        assert conta.beneficiario == Parte("MOCK BENEFICIARIO", "11222333000181")
        assert conta.pagador == Parte("MOCK PAGADOR", "12345678909")
        assert (conta.vencimento, conta.ultimo_dia) == (TODAY + timedelta(days=5), TODAY + timedelta(days=35))
        assert (conta.valores.total, conta.faixa) == (Reais(150_00), None)
        assert conta.janela == Janela(time(7), time(23))
        assert (conta.liquida_em, conta.proximo_dia_util) == (TODAY, False)
        assert int(conta.transacao) > 2**32
        assert conta.consultada_em == pagar.clock.now()

    def test_amounts(self, pagar):
        overdue = pagar.provider.consultar(OVERDUE).valores
        assert (overdue.original, overdue.multa, overdue.juros) == (Reais(300_00), Reais(6_00), Reais(1_00))
        assert (overdue.acrescimos, overdue.total) == (Reais(7_00), Reais(307_00))
        discounted = pagar.provider.consultar(DISCOUNTED).valores
        assert (discounted.desconto, discounted.descontos, discounted.total) == (
            Reais(20_00),
            Reais(20_00),
            Reais(380_00),
        )

    def test_partial_payments_and_limits(self, pagar):
        conta = pagar.provider.consultar(PARTIAL)
        valores = conta.valores
        assert (valores.original, valores.pago, valores.total) == (Reais(1627_87), Reais(627_87), Reais(1000_00))
        assert (valores.parciais_feitos, valores.parciais_aceitos) == (1, 3)
        assert conta.faixa == FaixaDeValor(ZERO, Reais(99_999_999_999_999))
        assert pagar.provider.consultar(CHANGEABLE).faixa == FaixaDeValor(Reais(10_00), Reais(500_00))

    def test_final_payee(self, pagar):
        conta = pagar.provider.consultar(FINAL_PAYEE)
        assert conta.recebedor == Parte("MOCK BENEFICIARIO FINAL", "19101991000283")
        assert conta.especie == 31

    def test_conta(self, pagar):
        conta = pagar.provider.consultar(GAS)
        assert (conta.tipo, conta.emissor) == (TipoCodigo.ARRECADACAO, "CONSIGAZ - SP")
        assert (conta.valores.total, conta.vencimento) == (Reais(159_90), date(2030, 12, 31))
        assert (conta.beneficiario, conta.pagador, conta.faixa) == (None, None, None)
        assert conta.janela == Janela(time(8), time(19))
        assert pagar.provider.consultar(GAS_WITHOUT_DATE).vencimento is None

    @pytest.mark.parametrize("linha", [PLAIN, GAS])
    def test_44_digits_are_sent_as_the_line(self, pagar, linha):
        code = codigo_barras_of(linha) if len(linha) == 47 else conta_code_of(linha)
        assert pagar.provider.consultar(code).linha == linha
        sent = json.loads(pagar.bank.requests("celcoin_consulta")[-1].body)["barCode"]
        assert (sent["digitable"], sent["barCode"]) == (linha, "")

    def test_no_settlement_day_means_the_day_of_the_confirmation(self, pagar):
        conta = pagar.provider.consultar(NO_SETTLE_DATE)
        assert (conta.liquida_em, conta.proximo_dia_util) == (None, False)

    def test_after_hours_it_is_the_next_banking_day(self, pagar):
        pagar.at(datetime(2026, 11, 27, 23, 30, tzinfo=FUSO_CELCOIN))
        conta = pagar.provider.consultar(PLAIN)
        assert (conta.liquida_em, conta.proximo_dia_util) == (date(2026, 11, 30), True)

    @pytest.mark.parametrize(
        "linha, code, words",
        [
            (TOO_LATE, "260", "vencida há dias demais"),
            (NOT_THIS_CHANNEL, "258", "só aceita esta conta nos canais dele"),
            (PAID_ALREADY, "S09", "código S09: “BOLETO JA PAGO”"),
            (PLAIN[:-1] + "1", "822", "não reconheceu a linha digitável"),
            ("34191755464601559252350040380003100000000000000", "999", "erro inesperado"),
        ],
    )
    def test_refusals_in_sentences(self, pagar, linha, code, words):
        with pytest.raises(BankRefused) as caught:
            pagar.provider.consultar(linha)
        error = caught.value
        assert error.code == f"recusado.{code}"
        assert words in error.message
        assert error.message.endswith(".") and error.hint.endswith(".")


class TestReservar:
    def test_takes_the_money_and_pays_nothing(self, pagar):
        pedido = pagar.pedido(PLAIN)
        reservas, paid = [], pagar.paid_times(PLAIN)
        assert pagar.debited(lambda: reservas.append(pagar.provider.reservar(pedido))) == 150_00
        (reserva,) = reservas
        assert reserva.transacao != pedido.transacao_consulta
        assert reserva.liquidante == "001 | BANCO DO BRASIL / AGENCIA 3221"
        assert reserva.autenticacao.count(".") == 15
        assert reserva.liquida_em == TODAY
        assert WEDNESDAY <= reserva.criada_em < WEDNESDAY + timedelta(minutes=1)
        referencia = reference_to(pedido, reserva.transacao)
        assert pagar.estado(referencia) is EstadoNaCelcoin.RESERVADO
        assert pagar.paid_times(PLAIN) == paid

    def test_what_is_sent(self, pagar):
        pedido = replace(pagar.pedido(OVERDUE), valor=Reais(307_00))
        pagar.provider.reservar(pedido)
        request = pagar.bank.requests("celcoin_reserva")[-1]
        sent = json.loads(request.body, parse_float=Decimal)
        assert sent["billData"] == {
            "value": Decimal("307.00"),
            "originalValue": Decimal("300.00"),
            "valueWithDiscount": Decimal("0.00"),
            "valueWithAdditional": Decimal("7.00"),
        }
        assert '"value": 307.00' in request.body  # exact digits, no float in between
        assert (sent["externalNSU"], sent["externalTerminal"], sent["cpfcnpj"]) == (
            pedido.nsu,
            TERMINAL,
            "11222333000181",
        )
        assert sent["dueDate"] == (TODAY - timedelta(days=10)).isoformat()
        assert sent["barCode"] == {"type": 2, "digitable": OVERDUE, "barCode": ""}
        assert sent["transactionIdAuthorize"] == int(pedido.transacao_consulta)

    def test_value_within_the_limits(self, pagar):
        assert pagar.debited(lambda: pagar.provider.reservar(pagar.pedido(CHANGEABLE, Reais(123_45)))) == 123_45

    @pytest.mark.parametrize(
        "linha, valor, code",
        [(PLAIN, Reais(149_99), "44"), (CHANGEABLE, Reais(500_01), "44"), (GAS, Reais(1), "44")],
    )
    def test_refused_values_reserve_nothing(self, pagar, linha, valor, code):
        pedido = pagar.pedido(linha, valor)

        def refused():
            with pytest.raises(BankRefused) as caught:
                pagar.provider.reservar(pedido)
            assert (caught.value.code, caught.value.possibly_duplicate) == (f"recusado.{code}", False)

        assert pagar.debited(refused) == 0

    def test_not_enough_balance(self, pagar):
        client_id = "00000000-0000-4000-8000-00000000cafe"
        pagar.bank.clients.add(client_id)
        pagar.celcoin.open_account(client_id, 1_00)
        pagar.vault.set(f"{client_id}/client_secret", pagar.bank.clients.secret(client_id))
        provider = pagar.open_provider(client_id=client_id)
        with pytest.raises(BankRefused) as caught:
            provider.reservar(pedido_of(provider.consultar(PLAIN)))
        assert caught.value.code == "recusado.S40"
        assert "SALDO INSUFICIENTE" in caught.value.message
        assert provider.saldo().disponivel == Reais(1_00)

    def test_a_consult_reserved_twice_is_possibly_a_duplicate(self, pagar):
        pedido = pagar.pedido(PLAIN)
        pagar.provider.reservar(pedido)
        with pytest.raises(BankRefused) as caught:
            pagar.provider.reservar(pedido)
        assert (caught.value.code, caught.value.possibly_duplicate) == ("recusado.68", True)


class TestConfirmarAnularEstornar:
    def test_confirm(self, pagar):
        before = pagar.paid_times(PLAIN)
        referencia = pagar.confirmed(PLAIN)
        assert pagar.estado(referencia) is EstadoNaCelcoin.CONFIRMADO
        assert pagar.paid_times(PLAIN) == before + 1

    @pytest.mark.parametrize("again", ["refused", "success"])
    def test_confirm_again(self, pagar, again):
        """Nobody knows how Celcoin answers a second confirmation: either way it stays one payment."""
        pagar.celcoin.switch(capture_again=again)
        referencia = pagar.confirmed(PLAIN)
        if again == "success":
            pagar.provider.confirmar(referencia)
        else:
            with pytest.raises(BankRefused) as caught:
                pagar.provider.confirmar(referencia)
            assert caught.value.possibly_duplicate
        assert pagar.estado(referencia) is EstadoNaCelcoin.CONFIRMADO

    def test_void(self, pagar):
        referencia, _ = pagar.reserved(PLAIN)
        pagar.provider.anular(referencia)
        assert pagar.estado(referencia) is EstadoNaCelcoin.DESFAZENDO
        pagar.later(seconds=10)
        assert pagar.estado(referencia) is EstadoNaCelcoin.DESFEITO
        with pytest.raises(BankRefused) as caught:
            pagar.provider.confirmar(referencia)
        assert caught.value.possibly_duplicate, "the state decides, not the refusal"
        sent = pagar.bank.requests("celcoin_anulacao")[-1]
        assert json.loads(sent.body) == {"externalNSU": referencia.nsu, "externalTerminal": TERMINAL}

    def test_void_of_a_confirmed_one(self, pagar):
        referencia = pagar.confirmed(PLAIN)
        with pytest.raises(BankRefused) as caught:
            pagar.provider.anular(referencia)
        assert caught.value.possibly_duplicate

    def test_thirty_minutes(self, pagar):
        referencia, _ = pagar.reserved(PLAIN)
        pagar.later(seconds=30 * 60)
        assert pagar.estado(referencia) is EstadoNaCelcoin.DESFAZENDO
        with pytest.raises(BankRefused):
            pagar.provider.confirmar(referencia)
        pagar.later(seconds=60)
        assert pagar.estado(referencia) is EstadoNaCelcoin.DESFEITO

    def test_reverse_outside_the_window(self, pagar):
        pagar.at(NIGHT)
        referencia = pagar.confirmed(PLAIN)
        pagar.provider.estornar(referencia)
        pagar.later(seconds=10)
        assert pagar.estado(referencia) is EstadoNaCelcoin.DESFEITO

    def test_reverse_within_the_window(self, pagar):
        referencia = pagar.confirmed(PLAIN)
        with pytest.raises(BankRefused) as caught:
            pagar.provider.estornar(referencia)
        assert not caught.value.possibly_duplicate
        assert "código S42" in caught.value.message
        assert pagar.estado(referencia) is EstadoNaCelcoin.CONFIRMADO


class TestPerguntas:
    def test_by_nsu_terminal_and_day(self, pagar):
        pedido = pagar.pedido(PLAIN)
        reserva = pagar.provider.reservar(pedido)
        visto = pagar.provider.consultar_pagamento(reference_to(pedido))
        assert (visto.transacao, visto.nsu, visto.terminal) == (reserva.transacao, pedido.nsu, TERMINAL)
        assert visto.criado_em == reserva.criada_em
        assert "ESPERANDO" in visto.texto
        sent = pagar.bank.requests("celcoin_situacao")[-1].query
        assert sent == {"externalNSU": str(pedido.nsu), "externalTerminal": TERMINAL, "operationDate": "2026-11-25"}

    def test_061_is_not_the_cancelled_it_looks_like(self, pagar):
        referencia = ReferenciaPagamento(999_999_999, TERMINAL, TODAY)
        visto = pagar.provider.consultar_pagamento(referencia)
        assert visto.estado is EstadoNaCelcoin.NAO_ENCONTRADO
        assert (visto.transacao, visto.criado_em) == ("", None)
        assert pagar.estado(replace(referencia, transacao="12345")) is EstadoNaCelcoin.NAO_ENCONTRADO

    def test_pending(self, pagar):
        pagar.later(days=1)
        assert pagar.provider.pendentes() == ()
        pagar.at(WEDNESDAY)
        referencia, reserva = pagar.reserved(PLAIN)
        (visto,) = [p for p in pagar.provider.pendentes() if p.transacao == reserva.transacao]
        assert (visto.estado, visto.nsu, visto.criado_em) == (
            EstadoNaCelcoin.RESERVADO,
            referencia.nsu,
            reserva.criada_em,
        )

    def test_receipt(self, pagar):
        referencia = pagar.confirmed(GAS)
        comprovante = pagar.provider.comprovante(referencia.transacao)
        rows = comprovante.texto.split("\n")
        assert max(map(len, rows)) <= 40
        assert not set(comprovante.texto) & set("<>\r")
        assert "VALIDO COMO RECIBO DE PAGAMENTO" in rows
        assert any("159,90" in row for row in rows)
        assert comprovante.autenticacao == f"{comprovante.bloco_1}.{comprovante.bloco_2}"
        assert (comprovante.liquida_em, comprovante.transacao) == (TODAY, referencia.transacao)

    def test_balance(self, pagar):
        saldo = pagar.provider.saldo()
        assert saldo.disponivel == Reais(pagar.celcoin.balance(pagar.credentials.client_id))
        assert (saldo.credito, saldo.conciliando) == (ZERO, False)

    def test_occurrence(self, pagar):
        referencia = pagar.confirmed(COMES_BACK)
        pagar.later(days=2)
        found = [o for o in pagar.provider.ocorrencias(TODAY, TODAY + timedelta(days=2)) if o.nsu == referencia.nsu]
        (ocorrencia,) = found
        assert (ocorrencia.transacao, ocorrencia.linha) == (referencia.transacao, COMES_BACK)
        assert ocorrencia.valor == Reais(155_00)
        assert ocorrencia.data == datetime(2026, 11, 26, 10, 0, tzinfo=FUSO_CELCOIN)
        assert ocorrencia.motivo == "Recusado pelo beneficiário"
        assert pagar.provider.ocorrencias(date(2020, 1, 1), date(2020, 1, 2)) == ()

    def test_convenios(self, pagar):
        convenios = pagar.provider.convenios()
        assert len(convenios) > 30
        gas = convenio_da_linha(convenios, GAS)
        assert gas is not None
        assert (gas.nome, gas.limite, gas.tipo, gas.ufs) == ("CONSIGAZ - SP", time(19), "ESTADUAL", ("SP",))
        assert all(convenio_da_linha(convenios, linha) is not None for linha in CONTAS)


class TestEndereco:
    def test_simulacao_talks_to_this_machine_only(self, pagar):
        for host in ("", "https://sandbox.openfinance.celcoin.dev", "http://127.0.0.1:1/celcoin"):
            with pytest.raises(CredentialError) as caught:
                pagar.open_provider(host=host)
            assert caught.value.code == "credencial.endereco"

    def test_producao_never_does(self, pagar):
        with pytest.raises(CredentialError, match="PRODUÇÃO"):
            pagar.open_provider(ambiente=Ambiente.PRODUCAO, ca_path="")
        with pytest.raises(CredentialError, match="raiz de confiança"):
            pagar.open_provider(ambiente=Ambiente.PRODUCAO, host="")
        pagar.open_provider(ambiente=Ambiente.PRODUCAO, host="", ca_path="")  # Celcoin's own address
        pagar.open_provider(ambiente=Ambiente.PRODUCAO, host="https://sandbox.openfinance.celcoin.dev", ca_path="")


class TestCredenciais:
    def test_wrong_secret(self, pagar):
        name = f"{pagar.credentials.client_id}/client_secret"
        provider = pagar.open_provider()
        pagar.vault.set(name, "outro")
        try:
            with pytest.raises(CredentialError) as caught:
                provider.saldo()
        finally:
            pagar.vault.set(name, pagar.credentials.client_secret)
        assert caught.value.code == "credencial.client_secret"
        assert provider.saldo().disponivel, "a corrected secret is used at once"

    def test_missing_secret(self, pagar):
        with pytest.raises(CredentialError) as caught:
            pagar.open_provider(client_id="ninguem").saldo()
        assert "ClientSecret do ClientID ninguem" in caught.value.message

    def test_certificate_where_celcoin_wants_one(self, pagar, office, tmp_path: Path):
        certificate, key = tmp_path / "celcoin.crt", tmp_path / "celcoin.key"
        office.write_pair(pagar.credentials, certificate, key)
        pagar.celcoin.switch(mtls_required=True)
        with pytest.raises(CredentialError) as caught:
            pagar.open_provider().saldo()
        assert caught.value.code == "credencial.permissao"
        files = {"certificate_path": str(certificate), "key_path": str(key)}
        with pytest.raises(CredentialError, match="Senha da chave"):
            pagar.open_provider(clock=SystemClock(), **files)
        pagar.vault.set(f"{pagar.credentials.client_id}/key_passphrase", "senha da chave")
        assert pagar.open_provider(clock=SystemClock(), **files).saldo().disponivel
        with pytest.raises(CredentialError) as caught:
            pagar.open_provider(clock=SystemClock(), certificate_path=str(certificate), key_path="")
        assert caught.value.code == "credencial.chave"

    def test_accounts_of_one_client_share_connection_and_token(self, pagar):
        registry = pagar.registry()
        registry.for_conta(pagar.conta).saldo()
        registry.for_conta(replace(pagar.conta, id=2, terminal="CAIXA-2")).saldo()
        assert len(pagar.bank.requests("celcoin_token")) == 1
