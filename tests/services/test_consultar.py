"""Consultar: the título follows the bank's word, and only its word about this boleto, now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bancointegra.domain.boleto import ConsultaBoleto, Pagamento, ProtestoNoBanco, SituacaoNoBanco
from bancointegra.domain.errors import (
    AppError,
    BankRefused,
    BankUnavailable,
    CredentialError,
    OutcomeUnknown,
    StoreError,
)
from bancointegra.domain.order import Desfecho
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from tests.services.office import Office
from tests.services.small_bank import SmallBank

PAID = (Pagamento(Reais(12000), date(2026, 12, 1)), Pagamento(Reais(500), date(2026, 12, 3)))

EM_PROTESTO = (Situacao.PROTESTADO, Situacao.CANCELAMENTO_ENVIADO)


@pytest.fixture
def registered_id(office: Office, titulo_id: int) -> int:
    office.registro.registrar(titulo_id, gerar_pdf=False)
    office.clock.advance(hours=1)
    return titulo_id


@pytest.fixture
def bring_to(office: Office, registered_id: int) -> Callable[[Situacao], None]:
    """Take the registered título to a situação, by what the bank once said."""

    def apply(situacao: Situacao) -> None:
        consulta = office.bank.consultar("109", "00000001")
        assert consulta is not None
        office.store.titulos.apply_consulta(registered_id, consulta, situacao, office.last_entry(registered_id))
        office.clock.advance(hours=1)

    return apply


class TestTheTituloFollows:
    @pytest.mark.parametrize("situacao", [Situacao.REGISTRADO, *EM_PROTESTO])
    @pytest.mark.parametrize("no_banco", SituacaoNoBanco)
    def test_every_word_of_the_bank(
        self,
        office: Office,
        registered_id: int,
        bring_to: Callable[[Situacao], None],
        situacao: Situacao,
        no_banco: SituacaoNoBanco,
    ) -> None:
        bring_to(situacao)
        office.bank.say("00000001", no_banco)
        resultado = office.consulta.consultar(registered_id)
        expected = {
            SituacaoNoBanco.PAGO: Situacao.LIQUIDADO,
            SituacaoNoBanco.LIQUIDADO: Situacao.LIQUIDADO,
            SituacaoNoBanco.BAIXADO_POR_LIQUIDACAO: Situacao.LIQUIDADO,
            SituacaoNoBanco.BAIXADO: Situacao.BAIXADO,
            SituacaoNoBanco.DESCONHECIDA: situacao,
            # Open again: a cancelled protest has ended; one just asked for may not show yet.
            SituacaoNoBanco.ABERTO: situacao if situacao is Situacao.PROTESTADO else Situacao.REGISTRADO,
            SituacaoNoBanco.PAGAMENTO_DEVOLVIDO: situacao if situacao is Situacao.PROTESTADO else Situacao.REGISTRADO,
        }[no_banco]
        assert resultado.desfecho is Desfecho.CONFIRMADA
        assert office.titulo(registered_id).situacao is expected
        assert resultado.mensagem.startswith(f"O banco informa: {no_banco.value}.")
        entry = office.last_entry(registered_id)
        assert entry.texto == ("Consultado, sem mudança" if expected is situacao else f"Consultado: {expected.value}")
        assert (entry.detalhe, entry.quem, entry.em) == (resultado.mensagem, "maria", office.clock.now())

    @pytest.mark.parametrize("situacao", [Situacao.REGISTRADO, *EM_PROTESTO])
    @pytest.mark.parametrize("stage", [stage for stage in ProtestoNoBanco if stage.is_em_curso])
    def test_a_protest_at_the_bank(
        self,
        office: Office,
        registered_id: int,
        bring_to: Callable[[Situacao], None],
        situacao: Situacao,
        stage: ProtestoNoBanco,
    ) -> None:
        bring_to(situacao)
        office.bank.say("00000001", SituacaoNoBanco.ABERTO, protesto=stage)
        office.consulta.consultar(registered_id)
        expected = situacao if situacao in EM_PROTESTO else Situacao.PROTESTADO
        assert office.titulo(registered_id).situacao is expected

    @pytest.mark.parametrize(
        ("situacao", "stage", "expected"),
        [
            (Situacao.PROTESTADO, ProtestoNoBanco.NENHUM, Situacao.PROTESTADO),
            (Situacao.PROTESTADO, ProtestoNoBanco.SUSTADO, Situacao.REGISTRADO),
            (Situacao.CANCELAMENTO_ENVIADO, ProtestoNoBanco.NENHUM, Situacao.REGISTRADO),
            (Situacao.CANCELAMENTO_ENVIADO, ProtestoNoBanco.SUSTADO, Situacao.REGISTRADO),
        ],
    )
    def test_a_protest_the_bank_does_not_show(
        self,
        office: Office,
        registered_id: int,
        bring_to: Callable[[Situacao], None],
        situacao: Situacao,
        stage: ProtestoNoBanco,
        expected: Situacao,
    ) -> None:
        bring_to(situacao)
        office.bank.say("00000001", SituacaoNoBanco.ABERTO, protesto=stage)
        office.consulta.consultar(registered_id)
        assert office.titulo(registered_id).situacao is expected

    def test_payments_are_added_and_told(self, office: Office, registered_id: int) -> None:
        office.bank.say("00000001", SituacaoNoBanco.LIQUIDADO, pagamentos=PAID)
        resultado = office.consulta.consultar(registered_id)
        assert resultado.mensagem == "O banco informa: liquidado. Pago R$\u00a0125,00 em 03/12/2026."
        titulo = office.titulo(registered_id)
        assert (titulo.liquidado_em, titulo.valor_pago) == (date(2026, 12, 3), Reais(12500))

    def test_settled_without_a_payment_says_what_to_do(self, office: Office, registered_id: int) -> None:
        office.bank.say("00000001", SituacaoNoBanco.BAIXADO_POR_LIQUIDACAO, data_baixa=date(2026, 12, 9))
        resultado = office.consulta.consultar(registered_id)
        assert "confirme o recebimento com o beneficiário" in resultado.mensagem
        titulo = office.titulo(registered_id)
        assert (titulo.situacao, titulo.liquidado_em) == (Situacao.LIQUIDADO, date(2026, 12, 9))


class TestItDoesNotFollow:
    @pytest.mark.parametrize(
        "error",
        [
            BankUnavailable("O banco não foi alcançado."),
            CredentialError("O certificado está vencido.", code="credencial.C500"),
            BankRefused("Erro de validação."),
            OutcomeUnknown("?"),
        ],
    )
    def test_a_query_that_fails_changes_nothing(self, office: Office, registered_id: int, error: AppError) -> None:
        before, history = office.titulo(registered_id), office.store.titulos.history(registered_id)
        office.bank.fail_next_query(error)
        resultado = office.consulta.consultar(registered_id)
        assert (resultado.desfecho, resultado.mensagem, resultado.codigo) == (
            Desfecho.NAO_ENVIADA,
            str(error),
            error.code,
        )
        assert office.titulo(registered_id) == before
        assert office.store.titulos.history(registered_id) == history

    def test_not_found_is_no_baixa(self, office: Office, registered_id: int) -> None:
        office.bank.invisible.add(("109", "00000001"))
        resultado = office.consulta.consultar(registered_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.NAO_ENVIADA, "nao_encontrado")
        assert "alguns minutos" in resultado.mensagem
        assert office.titulo(registered_id).situacao is Situacao.REGISTRADO

    @pytest.mark.parametrize("ended", [SituacaoNoBanco.BAIXADO, SituacaoNoBanco.LIQUIDADO])
    def test_a_titulo_that_has_no_boleto_to_follow(
        self, office: Office, registered_id: int, ended: SituacaoNoBanco
    ) -> None:
        office.bank.say("00000001", ended)
        office.consulta.consultar(registered_id)
        office.bank.queries.clear()
        resultado = office.consulta.consultar(registered_id)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.NAO_ENVIADA, "regra")
        assert office.bank.queries == []

    def test_a_titulo_never_registered(self, office: Office, titulo_id: int) -> None:
        resultado = office.consulta.consultar(titulo_id)
        assert resultado.desfecho is Desfecho.NAO_ENVIADA
        assert "está PENDENTE; Consultar aceita apenas" in resultado.mensagem

    def test_a_titulo_that_cannot_be_read(self, office: Office) -> None:
        with pytest.raises(StoreError):
            office.consulta.consultar(99)


class TestAnswersThatComeLate:
    def _answer_after(self, office: Office, meanwhile: Callable[[], None]) -> None:
        """The next answer of the bank is made now and arrives after ``meanwhile``."""

        class Slow(SmallBank):
            def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
                answer = super().consultar(carteira, nosso_numero)
                if len(self.queries) == 1:
                    meanwhile()
                return answer

        bank = Slow(office.clock)
        bank.boletos = office.bank.boletos
        office.bank = office.banks.bank = bank

    def test_an_older_answer_does_not_undo_a_newer_one(self, office: Office, registered_id: int) -> None:
        def paid_meanwhile() -> None:
            office.clock.advance(minutes=1)
            office.bank.say("00000001", SituacaoNoBanco.LIQUIDADO, pagamentos=PAID)
            assert office.consulta.consultar(registered_id).desfecho is Desfecho.CONFIRMADA

        self._answer_after(office, paid_meanwhile)
        resultado = office.consulta.consultar(registered_id)
        assert resultado.desfecho is Desfecho.NAO_ENVIADA
        assert "mudou durante a consulta" in resultado.mensagem
        assert office.titulo(registered_id).situacao is Situacao.LIQUIDADO

    def test_an_answer_about_the_boleto_before_is_not_taken_for_the_present_one(
        self, office: Office, registered_id: int
    ) -> None:
        def registered_anew_meanwhile() -> None:
            office.clock.advance(minutes=1)
            office.bank.say("00000001", SituacaoNoBanco.BAIXADO)
            office.consulta.consultar(registered_id)
            assert office.registro.registrar(registered_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA

        self._answer_after(office, registered_anew_meanwhile)
        assert office.consulta.consultar(registered_id).desfecho is Desfecho.NAO_ENVIADA
        titulo = office.titulo(registered_id)
        assert titulo.boleto is not None
        assert (titulo.situacao, titulo.boleto.nosso_numero) == (Situacao.REGISTRADO, "00000002")
