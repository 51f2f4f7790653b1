"""Every interruption of a payment, and what is found out afterwards: one payment, the right state, no money astray."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bancointegra.domain.errors import BankRefused, BankUnavailable, InputError, OutcomeUnknown, RuleError, StoreError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import ResultadoPagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import PagamentoNaCelcoin, ReferenciaPagamento
from tests.services.pay_office import PayOffice, outcome
from tests.services.small_bank import Killed
from tests.services.small_celcoin import ABERTURA, AGUA, FICHA, FICHA_ALTERAVEL

S = SituacaoPagamento
LOST = OutcomeUnknown("A conexão caiu antes da resposta.")
VALOR = Reais(15_000)

# What Celcoin was told, and what the journal still heard of it.
INTERRUPTIONS = {
    "killed when prepared": lambda office, call: office.journal.fail_after(_prepare(call), Killed()),
    "killed when marked as sent": lambda office, call: office.journal.fail_after("mark_enviada", Killed()),
    "lost before it was done": lambda office, call: office.celcoin.fail_next(call, LOST),
    "lost after it was done": lambda office, call: office.celcoin.fail_next(call, LOST, committed=True),
    "killed before it was done": lambda office, call: office.celcoin.fail_next(call, Killed()),
    "killed after it was done": lambda office, call: office.celcoin.fail_next(call, Killed(), committed=True),
    "killed with the answer in hand": lambda office, call: office.journal.fail_before(_store(call), Killed()),
    "disk full with the answer in hand": lambda office, call: office.journal.fail_before(
        _store(call), StoreError("Disco cheio.")
    ),
    "killed when stored": lambda office, call: office.journal.fail_after(_store(call), Killed()),
    "a defect after it was done": lambda office, call: office.celcoin.fail_next(
        call, ZeroDivisionError("defeito"), committed=True
    ),
}
NEVER_SENT = "killed when prepared"
BEFORE_THE_WIRE = {NEVER_SENT, "killed when marked as sent"}
NOT_DONE = BEFORE_THE_WIRE | {"lost before it was done", "killed before it was done"}

interruptions = pytest.mark.parametrize("interruption", INTERRUPTIONS)


def _prepare(call: str) -> str:
    return "prepare_reserva" if call == "reservar" else "prepare"


def _store(call: str) -> str:
    return "confirm_reserva" if call == "reservar" else "settle"


def interrupt(office: PayOffice, interruption: str, call: str, act: Callable[[], ResultadoPagamento]) -> None:
    """Act, be interrupted, and start the program again."""
    INTERRUPTIONS[interruption](office, call)
    with suppress(Killed, ZeroDivisionError):
        act()
    office.restart()


@interruptions
def test_a_reserve(pay_office: PayOffice, interruption: str) -> None:
    pagamento_id = pay_office.consulted()
    interrupt(pay_office, interruption, "reservar", lambda: pay_office.window.pagamento.reservar(pagamento_id))
    if interruption == NEVER_SENT:
        assert pay_office.situacao(pagamento_id) is S.CONSULTADO
        return
    if interruption != "killed when stored":
        assert pay_office.situacao(pagamento_id) is S.A_CONFIRMAR
        with pytest.raises(RuleError, match="A CONFIRMAR"):
            pay_office.window.pagamento.consultar(pay_office.conta.id, FICHA)
        assert outcome(pay_office.window.pagamento.reservar(pagamento_id)) == (Desfecho.NAO_ENVIADA, "a_confirmar")
    pay_office.window.verificacao.verificar_todos()
    assert pay_office.situacao(pagamento_id) is S.AGUARDANDO_CONFIRMACAO
    assert [held.pedido.nsu for held in pay_office.celcoin.held.values()] == [pay_office.pagamento(pagamento_id).nsu]
    assert pay_office.celcoin.balance == ABERTURA - VALOR
    assert pay_office.celcoin.payment_count(FICHA) == 0  # nothing is confirmed that the clerk did not confirm
    assert pay_office.window.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA


@interruptions
def test_a_confirmation(pay_office: PayOffice, interruption: str) -> None:
    pagamento_id = pay_office.reserved()
    interrupt(pay_office, interruption, "confirmar", lambda: pay_office.window.pagamento.confirmar(pagamento_id))
    if interruption == NEVER_SENT:
        pay_office.window.verificacao.verificar_todos()
        assert pay_office.situacao(pagamento_id) is S.AGUARDANDO_CONFIRMACAO  # offered again, never sent by itself
        assert pay_office.window.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    elif interruption != "killed when stored":
        assert pay_office.situacao(pagamento_id) is S.A_CONFIRMAR
        assert outcome(pay_office.window.pagamento.cancelar(pagamento_id)) == (Desfecho.NAO_ENVIADA, "a_confirmar")
        pay_office.window.verificacao.verificar_todos()
    assert pay_office.situacao(pagamento_id) is S.PAGO
    assert pay_office.celcoin.payment_count(FICHA) == 1
    assert pay_office.celcoin.balance == ABERTURA - VALOR
    captures = [held.captures for held in pay_office.celcoin.held.values()]
    assert captures == [1]  # asked first, sent again only when it had not been done


@interruptions
def test_giving_up(pay_office: PayOffice, interruption: str) -> None:
    pagamento_id = pay_office.reserved()
    interrupt(pay_office, interruption, "anular", lambda: pay_office.window.pagamento.cancelar(pagamento_id))
    pay_office.window.verificacao.verificar_todos()
    expected = S.AGUARDANDO_CONFIRMACAO if interruption == NEVER_SENT else S.CANCELADO
    assert pay_office.situacao(pagamento_id) is expected
    assert pay_office.celcoin.balance == (ABERTURA - VALOR if interruption == NEVER_SENT else ABERTURA)
    assert pay_office.celcoin.payment_count(FICHA) == 0


@interruptions
def test_a_reversal_is_never_repeated(pay_office: PayOffice, interruption: str) -> None:
    pagamento_id = paid_at_night(pay_office)
    interrupt(pay_office, interruption, "estornar", lambda: pay_office.window.pagamento.estornar(pagamento_id))
    pay_office.window.verificacao.verificar_todos()
    assert pay_office.celcoin.requests.count("estornar") == (interruption not in BEFORE_THE_WIRE)
    if interruption == NEVER_SENT:
        assert pay_office.situacao(pagamento_id) is S.PAGO
    elif interruption in NOT_DONE:
        assert pay_office.situacao(pagamento_id) is S.A_CONFIRMAR
        assert pay_office.window.verificacao.decisoes(pagamento_id) == (S.ESTORNADO, S.PAGO)
        with pytest.raises(InputError):
            pay_office.window.verificacao.decidir(pagamento_id, S.PAGO, "  ")
        with pytest.raises(RuleError, match="Estornado ou Pago"):
            pay_office.window.verificacao.decidir(pagamento_id, S.DESFEITO, "Suporte")
        pay_office.window.verificacao.decidir(pagamento_id, S.PAGO, "Suporte, protocolo 123")
        assert pay_office.situacao(pagamento_id) is S.PAGO
        with pytest.raises(RuleError):
            pay_office.window.verificacao.decidir(pagamento_id, S.PAGO, "de novo")
    else:
        assert pay_office.situacao(pagamento_id) is S.ESTORNADO
        assert pay_office.celcoin.balance == ABERTURA


def paid_at_night(office: PayOffice) -> int:
    office.clock.advance(hours=13)
    return office.paid()


def test_a_reserve_that_celcoin_shows_late_is_not_made_twice(pay_office: PayOffice) -> None:
    """It is not shown, is sent again with the same consult, and 68 says that it is there."""
    pagamento_id = pay_office.consulted()
    pay_office.celcoin.hides_new = True
    pay_office.celcoin.fail_next("reservar", LOST, committed=True)
    pay_office.window.pagamento.reservar(pagamento_id)
    resultado = pay_office.window.verificacao.verificar(pagamento_id)
    assert resultado.desfecho is Desfecho.A_CONFIRMAR
    assert len(pay_office.celcoin.held) == 1
    assert pay_office.pauses  # it asked, waited and asked again before each step
    pay_office.celcoin.hides_new = False
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is S.AGUARDANDO_CONFIRMACAO


def test_a_reserve_that_never_arrived_is_not_sent_again_half_an_hour_later(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.consulted()
    pay_office.celcoin.fail_next("reservar", LOST)
    pay_office.window.pagamento.reservar(pagamento_id)
    pay_office.clock.advance(minutes=31)
    assert outcome(pay_office.window.verificacao.verificar(pagamento_id)) == (Desfecho.RECUSADA, "nao_reservado")
    assert pay_office.situacao(pagamento_id) is S.CONSULTADO
    assert pay_office.celcoin.requests.count("reservar") == 1
    assert pay_office.celcoin.balance == ABERTURA


def test_a_doubtful_reserve_found_undone(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.consulted()
    pay_office.celcoin.undoes_slowly = True
    pay_office.celcoin.fail_next("reservar", LOST, committed=True)
    pay_office.window.pagamento.reservar(pagamento_id)
    pay_office.clock.advance(minutes=31)
    assert pay_office.window.verificacao.verificar(pagamento_id).desfecho is Desfecho.A_CONFIRMAR  # state 6
    pay_office.celcoin.finish_undoing()
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is S.DESFEITO
    first = pay_office.pagamento(pagamento_id).nsu
    pay_office.reserved()
    assert first not in [held.pedido.nsu for held in list(pay_office.celcoin.held.values())[1:]]


def test_a_lost_confirmation_is_not_sent_again_when_the_time_is_over(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    pay_office.celcoin.fail_next("confirmar", LOST)
    pay_office.window.pagamento.confirmar(pagamento_id)
    held = next(iter(pay_office.celcoin.held.values()))
    pay_office.clock.advance(minutes=31)
    held.criado_em = pay_office.clock.now()  # Celcoin is late with the undoing
    assert pay_office.window.verificacao.verificar(pagamento_id).desfecho is Desfecho.A_CONFIRMAR
    assert held.captures == 0
    pay_office.clock.advance(minutes=31)
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is S.DESFEITO
    assert pay_office.celcoin.balance == ABERTURA


def test_given_up_here_and_confirmed_there(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    pay_office.celcoin._capture(pay_office.pagamento(pagamento_id).transacao)
    resultado = pay_office.window.pagamento.cancelar(pagamento_id)
    assert outcome(resultado) == (Desfecho.RECUSADA, "pago")
    assert "Estornar" in resultado.mensagem
    assert pay_office.situacao(pagamento_id) is S.PAGO


def test_an_unknown_state_is_never_taken_for_another(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    pay_office.celcoin.fail_next("confirmar", LOST)
    pay_office.window.pagamento.confirmar(pagamento_id)
    pay_office.celcoin.says_unknown_state = True
    resultado = pay_office.window.verificacao.verificar(pagamento_id)
    assert resultado.desfecho is Desfecho.A_CONFIRMAR
    assert "9 EM_ANALISE" in resultado.mensagem
    assert pay_office.situacao(pagamento_id) is S.A_CONFIRMAR


def test_a_check_that_cannot_ask_leaves_the_doubt(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    pay_office.celcoin.fail_next("confirmar", LOST, committed=True)
    pay_office.window.pagamento.confirmar(pagamento_id)
    pay_office.celcoin.fail_next("consultar_pagamento", BankUnavailable("Sem conexão."))
    assert outcome(pay_office.window.verificacao.verificar(pagamento_id)) == (Desfecho.A_CONFIRMAR, "indisponivel")
    assert pay_office.window.verificacao.a_confirmar() == 1
    pay_office.window.verificacao.verificar_todos()
    assert pay_office.situacao(pagamento_id) is S.PAGO
    assert pay_office.window.verificacao.a_confirmar() == 0


def test_around_midnight_both_days_are_asked_about(pay_office: PayOffice) -> None:
    pay_office.clock.advance(hours=13, minutes=25)  # 23:55
    pagamento_id = pay_office.consulted()
    pay_office.celcoin.fail_next("reservar", LOST, committed=True)
    pay_office.window.pagamento.reservar(pagamento_id)
    held = next(iter(pay_office.celcoin.held.values()))
    held.criado_em += timedelta(minutes=6)
    pay_office.clock.advance(minutes=7)
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is S.AGUARDANDO_CONFIRMACAO


def test_orphan_reserves_are_shown(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    assert pay_office.window.verificacao.orfas(pay_office.conta.id) == ()
    held = pay_office.celcoin.held[pay_office.pagamento(pagamento_id).transacao]
    held.pedido = replace(held.pedido, nsu=7)
    assert [orphan.nsu for orphan in pay_office.window.verificacao.orfas(pay_office.conta.id)] == [7]


def test_an_occurrence_gives_the_payment_back_once(pay_office: PayOffice) -> None:
    pagamento_id, other = pay_office.paid(), pay_office.paid(AGUA)
    pay_office.celcoin.give_back(pay_office.pagamento(pagamento_id).transacao)
    new = pay_office.window.ocorrencias.buscar(pay_office.conta.id)
    assert [(o.pagamento_id, o.beneficiario, o.vista) for o in new] == [
        (pagamento_id, "FORNECEDOR EXEMPLO LTDA", False)
    ]
    assert pay_office.window.ocorrencias.buscar_todas() == ()
    assert pay_office.situacao(pagamento_id) is S.DEVOLVIDO
    assert pay_office.situacao(other) is S.PAGO
    pay_office.window.ocorrencias.marcar_vistas([new[0].id])
    assert [o.vista for o in pay_office.window.ocorrencias.listar()] == [True]
    assert pay_office.paid() != pagamento_id  # what came back may be paid again


def test_an_occurrence_of_a_payment_in_doubt_is_the_end_of_it(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    pay_office.celcoin.fail_next("confirmar", LOST, committed=True)
    pay_office.window.pagamento.confirmar(pagamento_id)
    pay_office.celcoin.give_back(pay_office.pagamento(pagamento_id).transacao)
    pay_office.window.ocorrencias.buscar(pay_office.conta.id)
    pay_office.window.verificacao.verificar_todos()
    assert pay_office.situacao(pagamento_id) is S.DEVOLVIDO


def test_what_is_being_undone_is_not_paid_again_yet(pay_office: PayOffice) -> None:
    pay_office.celcoin.undoes_slowly = True
    first = pay_office.reserved()
    pay_office.window.pagamento.cancelar(first)
    assert pay_office.situacao(first) is S.CANCELADO
    again = pay_office.consulted()
    assert outcome(pay_office.window.pagamento.reservar(again)) == (Desfecho.NAO_ENVIADA, "desfazendo")
    pay_office.celcoin.finish_undoing()
    assert pay_office.window.pagamento.reservar(again).desfecho is Desfecho.CONFIRMADA  # it asked by itself


def test_a_reversal_refused_because_it_was_done_is_done(pay_office: PayOffice) -> None:
    """A gateway delivered it twice; the answer to the second came back."""
    pagamento_id = paid_at_night(pay_office)
    pay_office.celcoin.fail_next("estornar", BankRefused("ESTORNO NAO PERMITIDO"), committed=True)
    assert pay_office.window.pagamento.estornar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert pay_office.situacao(pagamento_id) is S.ESTORNADO
    other = pay_office.paid(AGUA)
    pay_office.celcoin.fail_next("estornar", BankRefused("ESTORNO NAO PERMITIDO"))
    assert pay_office.window.pagamento.estornar(other).desfecho is Desfecho.RECUSADA
    assert pay_office.situacao(other) is S.PAGO


def test_an_answer_from_before_the_click_changes_nothing(pay_office: PayOffice) -> None:
    """The timer asked while the reserve waited; the clerk has confirmed and had the answer meanwhile."""
    pagamento_id = pay_office.reserved()
    asked, clerk = pay_office.celcoin.consultar_pagamento, pay_office.open_window()

    def ask_and_dawdle(referencia: ReferenciaPagamento) -> PagamentoNaCelcoin:
        answer = asked(referencia)
        pay_office.celcoin.consultar_pagamento = asked  # type: ignore[method-assign]
        clerk.pagamento.confirmar(pagamento_id)
        return answer

    pay_office.celcoin.consultar_pagamento = ask_and_dawdle  # type: ignore[method-assign]
    pay_office.window.verificacao.verificar(pagamento_id)
    assert pay_office.situacao(pagamento_id) is S.PAGO


def test_an_edit_stops_a_reserve_that_has_not_left(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.consulted(FICHA_ALTERAVEL)
    other = pay_office.open_window("joão")

    def edit() -> None:
        other.pagamento.definir_valor(pagamento_id, Reais(2_000))

    pay_office.journal.meanwhile("mark_enviada", edit)
    resultado = pay_office.window.pagamento.reservar(pagamento_id)
    assert outcome(resultado) == (Desfecho.NAO_ENVIADA, "em_andamento")
    assert pay_office.celcoin.held == {}
    assert pay_office.window.pagamento.reservar(pagamento_id).desfecho is Desfecho.CONFIRMADA
    assert pay_office.celcoin.balance == ABERTURA - Reais(2_000)


def test_nobody_decides_about_what_is_just_being_sent(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    capture, verificacao = pay_office.celcoin.confirmar, pay_office.window.verificacao

    def slow_capture(referencia: ReferenciaPagamento) -> None:
        assert pay_office.situacao(pagamento_id) is S.A_CONFIRMAR
        assert verificacao.decisoes(pagamento_id) == ()
        assert verificacao.a_confirmar() == 0
        capture(referencia)

    pay_office.celcoin.confirmar = slow_capture  # type: ignore[method-assign]
    assert pay_office.window.pagamento.confirmar(pagamento_id).desfecho is Desfecho.CONFIRMADA


def test_a_reserve_that_celcoin_no_longer_explains_is_left_to_a_person(pay_office: PayOffice) -> None:
    pagamento_id = pay_office.reserved()
    verificacao = pay_office.window.verificacao
    pay_office.celcoin.says_unknown_state = True
    verificacao.verificar(pagamento_id)
    assert verificacao.decisoes(pagamento_id) == ()  # there is time left: it may still explain itself
    pay_office.clock.advance(minutes=31)
    verificacao.verificar(pagamento_id)
    assert verificacao.decisoes(pagamento_id) == (S.PAGO, S.DESFEITO)
    verificacao.decidir(pagamento_id, S.DESFEITO, "Suporte, protocolo 77")
    assert pay_office.situacao(pagamento_id) is S.DESFEITO
    assert verificacao.decisoes(pagamento_id) == ()
