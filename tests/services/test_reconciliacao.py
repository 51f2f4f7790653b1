"""Reconciliação: the bank is asked, and only what it surely does not know is sent again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bancointegra.domain.boleto import BoletoRegistrado, ConsultaBoleto, PedidoRegistro
from bancointegra.domain.errors import (
    AppError,
    BankRefused,
    BankUnavailable,
    CredentialError,
    OutcomeUnknown,
    RuleError,
    StoreError,
)
from bancointegra.domain.order import Desfecho, Order, OrderState, Resultado
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from tests.builders import AURORA, JOAO, novo_titulo
from tests.services.office import Office
from tests.services.small_bank import Killed, SmallBank

LOST = OutcomeUnknown("A conexão caiu antes da resposta.")
DOWN = BankUnavailable("O banco não foi alcançado.")
REFUSED_BY_RULE = BankRefused("CEP incompatível com a UF.", possibly_duplicate=True)


@pytest.fixture
def lost_after(office: Office, titulo_id: int) -> Order:
    """The order of ``titulo_id``: the bank has the boleto, we do not know."""
    office.bank.fail_next(LOST, committed=True)
    office.registro.registrar(titulo_id, gerar_pdf=False)
    return _in_doubt(office, titulo_id)


@pytest.fixture
def lost_before(office: Office, titulo_id: int) -> Order:
    """The order of ``titulo_id``: the bank never saw it, we do not know."""
    office.bank.fail_next(LOST)
    office.registro.registrar(titulo_id, gerar_pdf=False)
    return _in_doubt(office, titulo_id)


def _in_doubt(office: Office, titulo_id: int) -> Order:
    order = office.order_in_doubt(titulo_id)
    assert order is not None
    return order


def _verificar(office: Office, titulo_id: int) -> Resultado:
    resultado = office.reconciliacao.verificar(titulo_id)
    assert resultado is not None
    return resultado


class TestTheBankHasIt:
    def test_the_same_boleto_is_adopted_without_sending(
        self, office: Office, titulo_id: int, lost_after: Order
    ) -> None:
        resultado = _verificar(office, titulo_id)
        assert (resultado.desfecho, resultado.titulo) == (Desfecho.CONFIRMADA, "1001/1")
        titulo = office.titulo(titulo_id)
        assert (titulo.situacao, titulo.a_confirmar) == (Situacao.REGISTRADO, False)
        assert titulo.boleto == office.bank.boletos["109", "00000001"].registrado
        assert office.last_entry(titulo_id).texto == "Encontrado no banco e conferido"
        assert len(office.bank.requests) == 1

    @pytest.mark.parametrize(
        ("campo", "words"),
        [
            ("valor", "valor: 125,00 aqui, 1,00 no banco"),
            ("vencimento", "vencimento: 20/12/2026 aqui, 21/12/2026 no banco"),
            ("sacado", "sacado: MERCADO AURORA LTDA aqui, João Ávila no banco"),
        ],
    )
    def test_another_boleto_under_our_number_is_explained(
        self, office: Office, titulo_id: int, lost_before: Order, campo: str, words: str
    ) -> None:
        pedido = lost_before.pedido
        if campo == "valor":
            pedido = replace(pedido, valor=Reais(100))
        if campo == "vencimento":
            pedido = replace(pedido, vencimento=pedido.vencimento.replace(day=21))
        office.bank.belongs_to(pedido, JOAO if campo == "sacado" else AURORA)
        resultado = _verificar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "numero_ocupado")
        assert words in resultado.mensagem
        assert (office.titulo(titulo_id).situacao, office.titulo(titulo_id).a_confirmar) == (Situacao.PENDENTE, False)
        assert len(office.bank.requests) == 1
        office.registro.registrar(titulo_id, gerar_pdf=False)
        assert office.bank.requests[-1][0].nosso_numero == "00000002"


class TestTheBankHasItNot:
    def test_it_is_sent_once_more_exactly_as_before(self, office: Office, titulo_id: int, lost_before: Order) -> None:
        office.clock.advance(days=40)  # the plan of another day would differ; what was prepared is sent
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        first, second = office.bank.requests
        assert first == second
        order = office.store.journal.registro_in_force(titulo_id)
        assert order is not None
        assert (order.id, order.attempts, order.nosso_numero) == (lost_before.id, 2, "00000001")

    def test_a_resend_that_is_lost_as_well_is_asked_for_again(
        self, office: Office, titulo_id: int, lost_before: Order
    ) -> None:
        office.bank.fail_next(LOST, committed=True)
        assert _verificar(office, titulo_id).desfecho is Desfecho.A_CONFIRMAR
        assert _in_doubt(office, titulo_id).attempts == 2
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert len(office.bank.requests) == 2

    def test_a_duplicate_the_bank_does_not_show_yet_stays_in_doubt_until_it_does(
        self, office: Office, titulo_id: int, lost_after: Order
    ) -> None:
        office.bank.invisible.add(("109", "00000001"))
        resultado = _verificar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.A_CONFIRMAR, "a_confirmar")
        assert "ainda não mostra o resultado" in resultado.mensagem
        assert _in_doubt(office, titulo_id).state is OrderState.INDEFINIDA
        office.bank.heal()
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert len(office.bank.boletos) == 1

    def test_what_the_bank_does_not_show_for_hours_it_does_not_have(
        self, office: Office, titulo_id: int, lost_before: Order
    ) -> None:
        """The repeat was refused for another reason, which the mainframe tells in the same field as a duplicate."""
        for hours, expected in ((1, Desfecho.A_CONFIRMAR), (2, Desfecho.RECUSADA)):
            office.clock.advance(hours=hours)
            office.bank.fail_next(REFUSED_BY_RULE)
            assert _verificar(office, titulo_id).desfecho is expected
        assert office.order_in_doubt(titulo_id) is None
        assert office.bank.boletos == {}

    @pytest.mark.parametrize("error", [DOWN, CredentialError("O certificado está vencido.")])
    def test_a_resend_that_was_not_executed_stays_in_doubt(
        self, office: Office, titulo_id: int, lost_before: Order, error: AppError
    ) -> None:
        office.bank.fail_next(error)
        resultado = _verificar(office, titulo_id)
        assert resultado.desfecho is Desfecho.A_CONFIRMAR
        assert error.message in resultado.mensagem
        assert office.titulo(titulo_id).a_confirmar
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert {pedido.nosso_numero for pedido, _ in office.bank.requests} == {"00000001"}

    def test_a_resend_the_bank_refuses_by_its_rules_is_refused(
        self, office: Office, titulo_id: int, lost_before: Order
    ) -> None:
        office.bank.refused_sacados.add(AURORA.documento.numero)
        resultado = _verificar(office, titulo_id)
        assert resultado.desfecho is Desfecho.RECUSADA
        assert "CEP incompatível" in resultado.mensagem
        assert office.titulo(titulo_id).situacao is Situacao.PENDENTE

    def test_a_refusal_does_not_hide_what_the_first_request_did(
        self, office: Office, titulo_id: int, lost_after: Order
    ) -> None:
        """The query misses the boleto once, the repeat is refused, and the second query shows it."""

        class Forgetful(SmallBank):
            def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
                found = super().consultar(carteira, nosso_numero)
                return None if len(self.queries) == 1 else found

        bank = Forgetful(office.clock)
        bank.boletos = office.bank.boletos
        bank.fail_next(BankRefused("Vencimento fora do prazo."))
        office.banks.bank = bank
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA

    def test_the_store_failing_before_the_resend_is_no_nao_enviada(
        self, office: Office, titulo_id: int, lost_before: Order
    ) -> None:
        office.journal.fail_before("mark_enviada", StoreError("Disco cheio.", code="disco_cheio"))
        resultado = _verificar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.A_CONFIRMAR, "disco_cheio")
        assert len(office.bank.requests) == 1


class TestTheBankDoesNotAnswer:
    @pytest.mark.parametrize(
        "error", [DOWN, CredentialError("O certificado está vencido."), BankRefused("Consulta recusada.")]
    )
    def test_nothing_changes_and_nothing_is_sent(
        self, office: Office, titulo_id: int, lost_after: Order, error: AppError
    ) -> None:
        before, history = office.titulo(titulo_id), office.store.titulos.history(titulo_id)
        office.bank.fail_next_query(error)
        resultado = _verificar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.A_CONFIRMAR, error.code)
        assert resultado.mensagem == f"Ainda não foi possível confirmar: {error}"
        assert office.titulo(titulo_id) == before
        assert office.store.titulos.history(titulo_id) == history
        assert len(office.bank.requests) == 1

    def test_a_bank_that_is_down_leaves_all_orders_in_doubt(self, office: Office) -> None:
        ids = office.add(*(novo_titulo(n) for n in range(4)))
        for number, titulo_id in enumerate(ids):
            office.bank.fail_next(LOST, committed=number % 2 == 0)
            office.registro.registrar(titulo_id, gerar_pdf=False)
        office.banks.problem = DOWN
        told: list[tuple[int, int]] = []
        resultados = office.reconciliacao.verificar_todas(lambda done, total: told.append((done, total)))
        assert [resultado.titulo_id for resultado in resultados] == ids
        assert {resultado.desfecho for resultado in resultados} == {Desfecho.A_CONFIRMAR}
        assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
        office.banks.problem = None
        assert {one.desfecho for one in office.reconciliacao.verificar_todas()} == {Desfecho.CONFIRMADA}
        assert len(office.bank.boletos) == 4
        assert office.reconciliacao.verificar_todas() == ()

    def test_an_answer_that_cannot_be_stored_leaves_it_in_doubt(
        self, office: Office, titulo_id: int, lost_after: Order
    ) -> None:
        office.journal.fail_before("confirm_registro", StoreError("Disco cheio.", code="disco_cheio"))
        assert _verificar(office, titulo_id).codigo == "disco_cheio"
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert len(office.bank.requests) == 1


class TestWhoseOrderItIs:
    def test_there_is_nothing_to_settle(self, office: Office, titulo_id: int) -> None:
        assert office.reconciliacao.verificar(titulo_id) is None
        assert office.reconciliacao.verificar_todas() == ()
        office.registro.registrar(titulo_id, gerar_pdf=False)
        assert office.reconciliacao.verificar(titulo_id) is None

    def test_one_that_was_prepared_and_never_sent_is_not_in_doubt(self, office: Office, titulo_id: int) -> None:
        office.journal.fail_before("mark_enviada", Killed())
        with pytest.raises(Killed):
            office.registro.registrar(titulo_id, gerar_pdf=False)
        office.restart()
        assert office.reconciliacao.verificar_todas() == ()
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
        assert [pedido.nosso_numero for pedido, _ in office.bank.requests] == ["00000001"]

    @pytest.fixture
    def enviada(self, office: Office, titulo_id: int) -> Order:
        """Sent by this program, which was killed after the bank had registered it."""
        office.bank.fail_next(Killed(), committed=True)
        with pytest.raises(Killed):
            office.registro.registrar(titulo_id, gerar_pdf=False)
        order = _in_doubt(office, titulo_id)
        assert order.state is OrderState.ENVIADA
        return order

    def test_one_of_a_dead_program_is_settled(self, office: Office, titulo_id: int, enviada: Order) -> None:
        office.restart()
        assert office.reconciliacao.a_confirmar() == (enviada,)
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA

    def test_one_of_a_program_that_lives_is_left_alone(self, office: Office, titulo_id: int, enviada: Order) -> None:
        office.restart()
        office.instances.alive.add(enviada.instance)
        assert office.reconciliacao.a_confirmar() == ()
        assert office.reconciliacao.verificar_todas() == ()
        resultado = _verificar(office, titulo_id)
        assert (resultado.desfecho, resultado.mensagem) == (Desfecho.A_CONFIRMAR, "O envio ainda está em andamento.")
        assert office.bank.queries == []

    def test_one_in_doubt_of_a_program_that_lives_is_settled(
        self, office: Office, titulo_id: int, lost_after: Order
    ) -> None:
        office.restart()
        office.instances.alive.add(lost_after.instance)
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA

    def test_one_this_program_abandoned_is_settled(self, office: Office, titulo_id: int, enviada: Order) -> None:
        assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA

    def test_one_this_program_is_sending_is_left_alone(self, office: Office, titulo_id: int) -> None:
        told: list[Resultado] = []

        class Watched(SmallBank):
            def registrar(self, pedido: PedidoRegistro, correlation_id: str) -> BoletoRegistrado:
                told.append(_verificar(office, titulo_id))
                told.extend(office.reconciliacao.verificar_todas())
                return super().registrar(pedido, correlation_id)

        office.banks.bank = bank = Watched(office.clock)
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
        assert [resultado.mensagem for resultado in told] == ["O envio ainda está em andamento."]
        assert bank.queries == []

    def test_programs_that_cannot_be_looked_up_are_a_sentence(
        self, office: Office, titulo_id: int, enviada: Order
    ) -> None:
        class NoFolder:
            current = "outra"

            def is_alive(self, instance: str) -> bool:
                raise StoreError("Não foi possível usar a pasta.", code="pasta")

        office.instances = NoFolder()  # type: ignore[assignment]
        office.start()
        resultado = _verificar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.A_CONFIRMAR, "pasta")


class TestTwoAtOnce:
    @pytest.mark.parametrize("committed", [False, True])
    @pytest.mark.parametrize("attempt", range(3))
    def test_they_settle_it_once(self, office: Office, titulo_id: int, committed: bool, attempt: int) -> None:
        office.bank.fail_next(LOST, committed=committed)
        office.registro.registrar(titulo_id, gerar_pdf=False)
        start = threading.Barrier(4)

        def verify(_: int) -> Resultado | None:
            start.wait()
            return office.reconciliacao.verificar(titulo_id)

        with ThreadPoolExecutor(4) as pool:
            resultados = [found for found in pool.map(verify, range(4)) if found is not None]
        assert {one.desfecho for one in resultados} <= {Desfecho.CONFIRMADA, Desfecho.A_CONFIRMAR}
        last = office.reconciliacao.verificar(titulo_id)  # nobody may have been left with the claim at the end
        assert last is None or last.desfecho is Desfecho.CONFIRMADA
        assert office.titulo(titulo_id).situacao is Situacao.REGISTRADO
        assert len(office.bank.boletos) == 1
        assert len(office.bank.requests) == (1 if committed else 2)
        settled = [e.texto for e in office.store.titulos.history(titulo_id) if e.texto != "Registro a confirmar"]
        assert len(settled) == 2  # the import, and one registration

    def test_the_slower_one_does_not_send_what_the_faster_sent(
        self, office: Office, titulo_id: int, lost_before: Order
    ) -> None:
        """While the slower one asks the bank, the faster one asks, sends and confirms."""

        class Slow(SmallBank):
            def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
                answer = super().consultar(carteira, nosso_numero)
                if len(self.queries) == 1:
                    assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
                return answer

        office.banks.bank = bank = Slow(office.clock)
        _verificar(office, titulo_id)
        assert len(bank.requests) == 1
        assert office.titulo(titulo_id).situacao is Situacao.REGISTRADO


def test_an_account_with_orders_in_doubt_stays_where_the_bank_knows_it(
    office: Office, titulo_id: int, lost_after: Order
) -> None:
    with pytest.raises(RuleError, match="boletos no banco"):
        office.store.contas.save(replace(office.conta, agencia="1501"))
    assert _verificar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
