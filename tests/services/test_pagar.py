"""Paying one bill by the clerk's hand: consult, reserve, confirm or give up, reverse."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bancointegra.bootstrap.payments import PaymentServices
from bancointegra.domain.conta_pagamento import Alcadas
from bancointegra.domain.errors import BankRefused, BankUnavailable, CredentialError, InputError, RuleError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import AvisoBeneficiario, PagamentoFilter, PagamentoSort, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import Totais
from tests.services.pay_office import PayFolder, PayOffice, outcome
from tests.services.small_celcoin import ABERTURA, AGUA, FICHA, FICHA_ALTERAVEL, FICHA_GRANDE

WRONG_DIGIT = FICHA[:-1] + "1"


def test_consult_reserve_confirm_receipt(pay_office: PayOffice) -> None:
    pagamento = pay_office.window.pagamento
    consultada = pagamento.consultar(pay_office.conta.id, FICHA)
    assert consultada.aviso_beneficiario is AvisoBeneficiario.PRIMEIRA_VEZ
    assert consultada.pagos_antes == ()
    pagamento_id = consultada.pagamento.id
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.CONSULTADO
    assert pay_office.celcoin.balance == ABERTURA

    assert pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    reserved = pay_office.pagamento(pagamento_id)
    assert reserved.situacao is SituacaoPagamento.AGUARDANDO_CONFIRMACAO
    assert reserved.expira_em == pay_office.clock.now() + timedelta(minutes=30)
    assert pay_office.celcoin.balance == ABERTURA - Reais(15_000)
    with pytest.raises(RuleError, match="só um pagamento confirmado tem comprovante"):
        pagamento.comprovante(pagamento_id)

    assert pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.PAGO
    assert pagamento.comprovante(pagamento_id).texto == f"PROTOCOLO {reserved.transacao}"
    assert pay_office.celcoin.requests.count("comprovante") == 1  # kept with the confirmation
    assert pay_office.celcoin.payment_count(FICHA) == 1
    assert pay_office.said(pagamento_id) == [
        "Consultado na Celcoin",
        "Reserva pedida",
        "Valor reservado na Celcoin",
        "Confirmar: pedido",
        "Pagamento confirmado.",
    ]
    assert pagamento.aviso_beneficiario(reserved.consulta) is None


def test_a_wrong_digit_is_told_before_celcoin_is_asked(pay_office: PayOffice) -> None:
    with pytest.raises(InputError, match="dígito"):
        pay_office.window.pagamento.consultar(pay_office.conta.id, WRONG_DIGIT)
    assert pay_office.celcoin.requests == []


def test_give_up_what_was_reserved(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    assert pay_office.window.pagamento.cancelar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.CANCELADO
    assert pay_office.celcoin.balance == ABERTURA
    assert pay_office.paid() != pagamento_id  # the line is free again


def test_thirty_minutes_pass(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    pay_office.clock.advance(minutes=31)
    assert outcome(pay_office.window.pagamento.confirmar(pagamento_id)) == (Desfecho.NAO_ENVIADA, "sem_reserva")
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.DESFEITO
    assert pay_office.celcoin.balance == ABERTURA


def test_a_reserve_being_undone_can_neither_be_confirmed_nor_paid_again(pay_office: PayOffice) -> None:
    pay_office.celcoin.undoes_slowly = True
    pagamento_id = pay_office.reserved()
    pay_office.clock.advance(minutes=31)
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.AGUARDANDO_CONFIRMACAO
    assert "desfazendo" in pay_office.pagamento(pagamento_id).aviso
    assert pay_office.window.pagamento.confirmar(pagamento_id).desfecho is Desfecho.NAO_ENVIADA
    with pytest.raises(RuleError, match="já está na lista"):
        pay_office.window.pagamento.consultar(pay_office.conta.id, FICHA)
    pay_office.celcoin.finish_undoing()
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.DESFEITO


def test_a_confirmation_that_comes_too_late_at_celcoin_is_undone_here_too(pay_office: PayOffice) -> None:
    """Its clock is ahead of ours: it refuses, we ask, and believe the state."""
    pagamento_id = pay_office.reserved()
    held = pay_office.celcoin.held[pay_office.pagamento(pagamento_id).transacao]
    held.criado_em -= timedelta(minutes=31)
    resultado = pay_office.window.pagamento.confirmar(pagamento_id)
    assert resultado.desfecho is Desfecho.RECUSADA
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.DESFEITO


def test_the_amount_follows_the_bill(pay_office: PayOffice) -> None:
    fixed = pay_office.consulted()
    with pytest.raises(InputError, match="só aceita o valor de"):
        pay_office.window.pagamento.definir_valor(fixed, Reais(14_999))
    changeable = pay_office.consulted(FICHA_ALTERAVEL)
    with pytest.raises(InputError, match="entre R"):
        pay_office.window.pagamento.definir_valor(changeable, Reais(50_001))
    pay_office.window.pagamento.definir_valor(changeable, Reais(1_000))
    assert pay_office.window.pagamento.reservar(changeable).desfecho is Desfecho.CONFIRMADA
    assert pay_office.celcoin.balance == ABERTURA - Reais(1_000)


def test_old_figures_are_consulted_anew_and_a_changed_amount_is_shown_first(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.consulted()
    pay_office.clock.advance(minutes=6)
    pay_office.celcoin.totals[FICHA] = Reais(15_100)
    assert outcome(pay_office.window.pagamento.reservar(pagamento_id)) == (Desfecho.NAO_ENVIADA, "valor_mudou")
    assert pay_office.pagamento(pagamento_id).valor == Reais(15_100)
    assert pay_office.window.pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert pay_office.celcoin.requests.count("consultar") == 2


def test_two_windows_pay_the_same_line_once(pay_office: PayOffice) -> None:
    first, second = pay_office.window, pay_office.open_window()
    pagamento_id = first.pagamento.consultar(pay_office.conta.id, FICHA).pagamento.id
    assert second.pagamento.consultar(pay_office.conta.id, FICHA).pagamento.id == pagamento_id
    pay_office.journal.meanwhile("mark_enviada", lambda: second.pagamento.reservar(pagamento_id))
    assert outcome(first.pagamento.reservar(pagamento_id)) == (Desfecho.NAO_ENVIADA, "em_andamento")
    assert len(pay_office.celcoin.held) == 1
    assert outcome(first.pagamento.reservar(pagamento_id)) == (Desfecho.NAO_ENVIADA, "situacao_pagamento")
    with pytest.raises(RuleError, match="Aguardando confirmação"):
        second.pagamento.consultar(pay_office.conta.id, FICHA)


def test_eight_windows_at_once_make_one_payment(pay_office: PayOffice) -> None:
    windows = [pay_office.open_window() for _ in range(8)]

    def pay(window: PaymentServices) -> Desfecho:
        pagamento_id = window.pagamento.consultar(pay_office.conta.id, FICHA).pagamento.id
        return window.pagamento.pagar(pagamento_id).desfecho

    with ThreadPoolExecutor(8) as pool:
        ends = [future.exception() or future.result() for future in [pool.submit(pay, window) for window in windows]]
    assert ends.count(Desfecho.CONFIRMADA) <= 1
    assert all(end in (Desfecho.CONFIRMADA, Desfecho.NAO_ENVIADA) or isinstance(end, RuleError) for end in ends), ends
    assert len(pay_office.celcoin.held) == 1
    assert [held.captures for held in pay_office.celcoin.held.values()] in ([0], [1])


def test_what_was_paid_today_is_not_paid_again_and_an_old_one_only_by_a_recorded_word(pay_office: PayOffice) -> None:
    pay_office.paid()
    again = pay_office.window.pagamento.consultar(pay_office.conta.id, FICHA)
    assert [p.situacao for p in again.pagos_antes] == [SituacaoPagamento.PAGO]
    pagamento_id = again.pagamento.id
    today = pay_office.window.pagamento.reservar(pagamento_id, repetir=True)
    assert outcome(today) == (Desfecho.NAO_ENVIADA, "paga_hoje")
    pay_office.clock.advance(days=2)
    assert outcome(pay_office.window.pagamento.reservar(pagamento_id)) == (Desfecho.NAO_ENVIADA, "ja_paga")
    assert pay_office.window.pagamento.reservar(pagamento_id, repetir=True).desfecho is Desfecho.CONFIRMADA
    details = [entry.detalhe for entry in pay_office.store.pagamentos.history(pagamento_id)]
    assert any("o usuário confirmou pagar de novo" in detail for detail in details)


def test_a_refusal_leaves_the_bill_as_it_was(pay_office: PayOffice) -> None:
    pay_office.celcoin.statement.append(("", -ABERTURA.centavos, "Retirada"))
    pagamento_id = pay_office.consulted()
    resultado = pay_office.window.pagamento.reservar(pagamento_id)
    assert outcome(resultado) == (Desfecho.RECUSADA, "recusado.S40")
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.CONSULTADO
    pay_office.celcoin.statement.append(("", ABERTURA.centavos, "Depósito"))
    assert pay_office.window.pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert pay_office.celcoin.requests.count("consultar") == 2  # the id of a consult leaves in one reserve only


@pytest.mark.parametrize("error", [BankUnavailable("Sem conexão."), CredentialError("Segredo errado.")])
def test_what_never_left_can_be_tried_again(pay_office: PayOffice, error: Exception) -> None:
    pagamento_id = pay_office.consulted()
    pay_office.celcoin.fail_next("reservar", error)
    assert pay_office.window.pagamento.reservar(pagamento_id).desfecho is Desfecho.NAO_ENVIADA
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.CONSULTADO
    assert pay_office.window.pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    pay_office.celcoin.fail_next("confirmar", error)
    assert pay_office.window.pagamento.confirmar(pagamento_id).desfecho is Desfecho.NAO_ENVIADA
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.AGUARDANDO_CONFIRMACAO
    assert pay_office.window.pagamento.cancelar(pagamento_id).desfecho is Desfecho.CONFIRMADA


def test_a_receipt_that_does_not_come_is_fetched_later(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    pay_office.celcoin.fail_next("comprovante", BankUnavailable("Sem conexão."))
    assert pay_office.window.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert pay_office.window.pagamento.comprovante(pagamento_id).autenticacao == "1913"


def test_reverse_only_what_was_confirmed_outside_the_hours(pay_office: PayOffice) -> None:
    inside = pay_office.paid()
    assert "dentro do horário" in pay_office.window.pagamento.motivo_para_nao_estornar(pay_office.pagamento(inside))
    assert outcome(pay_office.window.pagamento.estornar(inside)) == (Desfecho.NAO_ENVIADA, "sem_estorno")
    pay_office.clock.advance(hours=13)  # 23:30: what is confirmed now is sent tomorrow at seven
    outside = pay_office.paid(AGUA)
    assert pay_office.window.pagamento.motivo_para_nao_estornar(pay_office.pagamento(outside)) == ""
    assert pay_office.window.pagamento.estornar(outside).desfecho is Desfecho.CONFIRMADA
    assert pay_office.situacao(outside) is SituacaoPagamento.ESTORNADO
    assert pay_office.celcoin.balance == ABERTURA - Reais(15_000)


def test_limits_and_the_second_person(pay_folder: PayFolder) -> None:
    alcadas = Alcadas(por_pagamento=Reais(200_000), por_dia=Reais(40_000), sem_aprovacao=Reais(20_000))
    pay_office = PayOffice(pay_folder, alcadas=alcadas)
    big = pay_office.consulted(FICHA_GRANDE)
    assert outcome(pay_office.window.pagamento.reservar(big)) == (Desfecho.NAO_ENVIADA, "limite_pagamento")
    middle = pay_office.consulted(FICHA_ALTERAVEL)
    assert outcome(pay_office.window.pagamento.reservar(middle)) == (Desfecho.NAO_ENVIADA, "falta_aprovacao")
    waiting = PagamentoFilter(somente_sem_aprovacao=True)
    assert pay_office.window.busca.ids(waiting, PagamentoSort.INCLUSAO, descending=False) == (big, middle)
    with pytest.raises(RuleError, match="Quem preparou"):
        pay_office.window.aprovacao.aprovar(middle)
    other = pay_office.open_window("JOÃO")
    other.aprovacao.aprovar(middle)
    other.pagamento.definir_valor(middle, Reais(26_000))  # an edit voids it, and makes João the maker
    with pytest.raises(RuleError, match="Quem preparou"):
        pay_office.open_window("joao").aprovacao.aprovar(middle)
    pay_office.window.aprovacao.aprovar(middle)
    assert pay_office.window.pagamento.pagar(middle).desfecho is Desfecho.CONFIRMADA
    small = pay_office.consulted()
    assert outcome(pay_office.window.pagamento.reservar(small)) == (Desfecho.NAO_ENVIADA, "limite_dia")
    pay_office.clock.advance(days=1)
    assert pay_office.window.pagamento.reservar(small).desfecho is Desfecho.CONFIRMADA


def test_another_document_under_a_known_name_is_told(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.paid()
    consulta = pay_office.pagamento(pagamento_id).consulta
    assert consulta.beneficiario is not None
    aviso = pay_office.window.pagamento.aviso_beneficiario
    other_document = replace(consulta, beneficiario=replace(consulta.beneficiario, documento="52998224725"))
    other_name = replace(consulta, beneficiario=replace(consulta.beneficiario, nome="OUTRA EMPRESA"))
    assert aviso(other_document) is AvisoBeneficiario.DOCUMENTO_MUDOU
    assert aviso(other_name) is AvisoBeneficiario.NOME_MUDOU


def test_a_consulted_bill_can_be_taken_off_the_list(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.consulted()
    pay_office.window.pagamento.descartar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is SituacaoPagamento.CANCELADO
    with pytest.raises(RuleError):
        pay_office.window.pagamento.descartar(pay_office.reserved())


def test_the_list_finds_counts_and_sums(pay_office: PayOffice) -> None:
    paid, waiting = pay_office.paid(), pay_office.reserved(AGUA)
    busca = pay_office.window.busca
    everything = PagamentoFilter()
    assert busca.totais(everything) == Totais(2, Reais(23_745))
    assert busca.count_by_situacao(everything) == {
        SituacaoPagamento.PAGO: 1,
        SituacaoPagamento.AGUARDANDO_CONFIRMACAO: 1,
    }
    assert busca.ids(everything, PagamentoSort.VALOR, descending=True) == (paid, waiting)
    water = PagamentoFilter(texto="águas rio")
    assert [p.id for p in busca.rows(busca.ids(water, PagamentoSort.INCLUSAO, descending=False))] == [waiting]
    only_paid = PagamentoFilter(situacoes=frozenset({SituacaoPagamento.PAGO}))
    assert busca.ids(only_paid, PagamentoSort.INCLUSAO, descending=False) == (paid,)


def test_what_celcoin_refuses_to_consult_is_not_kept(pay_office: PayOffice) -> None:
    pay_office.celcoin.fail_next("consultar", BankRefused("MAXIMO DE DIAS DE ATRASO EXCEDIDO", code="recusado.260"))
    with pytest.raises(BankRefused):
        pay_office.consulted()
    assert pay_office.window.busca.totais(PagamentoFilter()).quantidade == 0
