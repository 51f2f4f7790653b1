"""A registration that the bank refused, and did all the same: no second boleto, and a person hears of what is left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from bancointegra.domain.boleto import ConsultaBoleto, SituacaoNoBanco
from bancointegra.domain.errors import BankRefused, BankUnavailable, OutcomeUnknown
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from tests.builders import JOAO, novo_titulo
from tests.services.office import Office
from tests.services.small_bank import SmallBank

NUMBER = ("109", "00000001")
REPEATED_BY_A_GATEWAY = BankRefused("Título já cadastrado na cobrança.", possibly_duplicate=True)
LOST = OutcomeUnknown("A conexão caiu antes da resposta.")


def _registrar(office: Office, titulo_id: int) -> Resultado:
    return office.registro.registrar(titulo_id, gerar_pdf=False)


def _registrar_hours_later(office: Office, titulo_id: int) -> Resultado:
    """Under another number: what the bank does not show by then it does not have."""
    office.clock.advance(hours=3)
    return _registrar(office, titulo_id)


def _in_force(office: Office, titulo_id: int) -> str:
    boleto = office.titulo(titulo_id).boleto
    assert boleto is not None
    return boleto.nosso_numero


class TestRegistrarAgain:
    @pytest.fixture(autouse=True)
    def refused(self, office: Office, titulo_id: int) -> None:
        """Done at the bank, answered as a duplicate of itself, and not shown by queries yet."""
        office.bank.shows_new = False
        office.bank.fail_next(REPEATED_BY_A_GATEWAY, committed=True)
        assert _registrar(office, titulo_id).desfecho is Desfecho.RECUSADA
        office.bank.shows_new = True

    def test_the_boleto_is_found_and_adopted(self, office: Office, titulo_id: int) -> None:
        office.bank.heal()
        resultado = office.registro.registrar(titulo_id, gerar_pdf=True)
        assert resultado.desfecho is Desfecho.CONFIRMADA
        assert resultado.pdf_path
        assert (_in_force(office, titulo_id), office.titulo(titulo_id).situacao) == ("00000001", Situacao.REGISTRADO)
        assert (len(office.bank.requests), len(office.bank.boletos)) == (1, 1)

    def test_a_titulo_changed_since_is_told_apart_from_its_boleto(self, office: Office, titulo_id: int) -> None:
        office.bank.heal()
        with closing(sqlite3.connect(office.folder / "dados.sqlite3")) as data, data:
            data.execute("UPDATE titulo SET valor = 20000 WHERE id = ?", (titulo_id,))
        resultado = _registrar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "registro_anterior")
        assert "de R$\xa0125,00 com vencimento em 20/12/2026" in resultado.mensagem
        assert (_in_force(office, titulo_id), office.titulo(titulo_id).valor) == ("00000001", Reais(12_500))
        assert len(office.bank.boletos) == 1

    def test_of_another_payer_now_it_is_told_and_nothing_is_sent(self, office: Office, titulo_id: int) -> None:
        office.bank.heal()
        office.add(novo_titulo(2000, sacado=JOAO))
        with closing(sqlite3.connect(office.folder / "dados.sqlite3")) as data, data:
            data.execute("UPDATE titulo SET pagador_id = (SELECT max(id) FROM pagador) WHERE id = ?", (titulo_id,))
        resultado = _registrar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "outro_boleto")
        assert "ou o título mudou" in resultado.mensagem
        assert office.titulo(titulo_id).boleto is None
        assert len(office.bank.requests) == 1

    def test_nothing_leaves_while_the_bank_cannot_be_asked(self, office: Office, titulo_id: int) -> None:
        office.bank.fail_next_query(BankUnavailable("A consulta não respondeu."))
        assert _registrar(office, titulo_id).desfecho is Desfecho.NAO_ENVIADA
        assert len(office.bank.requests) == 1

    def test_while_it_is_hidden_the_bank_refuses_it_under_its_number(self, office: Office, titulo_id: int) -> None:
        for _ in range(2):
            assert _registrar(office, titulo_id).desfecho is Desfecho.RECUSADA
            assert len(office.bank.boletos) == 1
        office.bank.heal()
        assert _registrar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert _in_force(office, titulo_id) == "00000001"
        assert ([pedido.nosso_numero for pedido, _ in office.bank.requests], len(office.bank.boletos)) == (
            ["00000001"] * 3,
            1,
        )

    def test_changed_while_it_is_hidden_it_is_still_the_only_boleto(self, office: Office, titulo_id: int) -> None:
        with closing(sqlite3.connect(office.folder / "dados.sqlite3")) as data, data:
            data.execute("UPDATE titulo SET valor = 20000 WHERE id = ?", (titulo_id,))
        assert _registrar(office, titulo_id).desfecho is Desfecho.RECUSADA
        office.bank.heal()
        resultado = _registrar(office, titulo_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "registro_anterior")
        assert (_in_force(office, titulo_id), office.titulo(titulo_id).valor) == ("00000001", Reais(12_500))
        assert len(office.bank.boletos) == 1

    def test_the_bank_never_had_it_it_is_registered_under_the_same_number(self, office: Office, titulo_id: int) -> None:
        office.bank.heal()
        del office.bank.boletos[NUMBER]
        assert _registrar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert _in_force(office, titulo_id) == "00000001"
        [other] = office.add(novo_titulo(2000))
        assert _registrar(office, other).desfecho is Desfecho.CONFIRMADA
        assert _in_force(office, other) == "00000002"

    def test_hours_later_it_gets_a_new_number(self, office: Office, titulo_id: int) -> None:
        office.bank.heal()
        del office.bank.boletos[NUMBER]
        office.clock.advance(hours=3)
        assert _registrar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert _in_force(office, titulo_id) == "00000002"

    def test_asking_again_and_again_does_not_keep_a_number_that_is_never_accepted(
        self, office: Office, titulo_id: int
    ) -> None:
        for _ in range(3):
            office.clock.advance(minutes=50)
            _registrar(office, titulo_id)
        numbers = [pedido.nosso_numero for pedido, _ in office.bank.requests]
        assert numbers == ["00000001", "00000001", "00000001", "00000002"]

    def test_of_a_range_that_is_no_longer_the_accounts_it_gets_a_new_number(
        self, office: Office, titulo_id: int
    ) -> None:
        office.bank.heal()
        del office.bank.boletos[NUMBER]
        with closing(sqlite3.connect(office.folder / "dados.sqlite3")) as data, data:
            data.execute("UPDATE conta_bancaria SET faixa_inicio = 500")
        assert _registrar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert _in_force(office, titulo_id) == "00000500"

    @pytest.mark.parametrize("why", ["another's", "written off at the bank"])
    def test_otherwise_it_gets_a_new_number(self, office: Office, titulo_id: int, why: str) -> None:
        office.bank.heal()
        if why == "another's":
            office.bank.belongs_to(office.bank.requests[0][0], JOAO)
        if why == "written off at the bank":
            office.bank.say(NUMBER[1], SituacaoNoBanco.BAIXADO)
        assert _registrar(office, titulo_id).desfecho is Desfecho.CONFIRMADA
        assert _in_force(office, titulo_id) == "00000002"


class TestFoundWhileItIsRegisteredAgain:
    """The check that finds the boleto is slow; meanwhile another refuses the order, and the clerk goes on."""

    @pytest.fixture
    def slow(self, office: Office, titulo_id: int) -> Callable[[Callable[[], object]], Resultado]:
        office.bank.fail_next(LOST, committed=True)
        _registrar(office, titulo_id)
        order = office.order_in_doubt(titulo_id)
        assert order is not None

        class Slow(SmallBank):
            def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
                answer = super().consultar(carteira, nosso_numero)
                if len(self.queries) == 1:
                    self.invisible.add(NUMBER)
                    office.journal.refuse(order.id, "Recusado.", office.last_entry(titulo_id))
                    self.meanwhile()
                return answer

        def verify(meanwhile: Callable[[], object]) -> Resultado:
            bank = Slow(office.clock)
            bank.boletos = office.bank.boletos
            bank.meanwhile = meanwhile  # type: ignore[attr-defined]
            office.banks.bank = office.bank = bank
            resultado = office.reconciliacao.verificar(titulo_id)
            assert resultado is not None
            return resultado

        return verify

    def test_registered_again_at_once_it_is_refused_under_its_number_and_adopted(
        self, office: Office, titulo_id: int, slow: Callable[..., Resultado]
    ) -> None:
        assert slow(lambda: _registrar(office, titulo_id)).desfecho is Desfecho.CONFIRMADA
        assert (_in_force(office, titulo_id), len(office.bank.boletos)) == ("00000001", 1)

    def test_asked_for_again_without_an_answer_it_is_no_other_boleto(
        self, office: Office, titulo_id: int, slow: Callable[..., Resultado]
    ) -> None:
        def lose() -> None:
            office.bank.fail_next(LOST)
            _registrar(office, titulo_id)

        assert slow(lose).desfecho is Desfecho.CONFIRMADA
        assert office.titulo(titulo_id).a_confirmar
        office.bank.heal()
        assert office.reconciliacao.verificar_todas()[0].desfecho is Desfecho.CONFIRMADA
        assert (_in_force(office, titulo_id), len(office.bank.boletos)) == ("00000001", 1)
        assert "Outro boleto encontrado no banco" not in {e.texto for e in office.store.titulos.history(titulo_id)}

    def test_a_newer_boleto_stays_in_force_and_the_other_is_told(
        self, office: Office, titulo_id: int, slow: Callable[..., Resultado]
    ) -> None:
        resultado = slow(lambda: _registrar_hours_later(office, titulo_id))
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "outro_boleto")
        assert "109/00000001-1" in resultado.mensagem
        assert "baixe lá o boleto que sobrar" in resultado.mensagem
        assert _in_force(office, titulo_id) == "00000002"
        entry = office.last_entry(titulo_id)
        assert (entry.texto, entry.detalhe) == ("Outro boleto encontrado no banco", resultado.mensagem)

    def test_a_newer_order_in_doubt_is_settled_by_itself(
        self, office: Office, titulo_id: int, slow: Callable[..., Resultado]
    ) -> None:
        def lose() -> None:
            office.bank.fail_next(LOST, committed=True)
            _registrar_hours_later(office, titulo_id)

        assert slow(lose).codigo == "outro_boleto"
        assert office.titulo(titulo_id).a_confirmar
        assert office.reconciliacao.verificar_todas()[0].desfecho is Desfecho.CONFIRMADA
        assert _in_force(office, titulo_id) == "00000002"

    def test_without_a_newer_order_it_is_adopted(
        self, office: Office, titulo_id: int, slow: Callable[..., Resultado]
    ) -> None:
        assert slow(lambda: None).desfecho is Desfecho.CONFIRMADA
        assert (_in_force(office, titulo_id), office.titulo(titulo_id).situacao) == ("00000001", Situacao.REGISTRADO)
