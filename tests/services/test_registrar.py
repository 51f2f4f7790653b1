"""Registrar: whatever the bank, the store or the printer does, the outcome told is the outcome stored."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bancointegra.domain.boleto import BoletoRegistrado, PedidoRegistro, Sacado, SituacaoNoBanco
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import (
    AppError,
    BankRefused,
    BankUnavailable,
    CredentialError,
    InputError,
    OutcomeUnknown,
    PrintError,
    StoreError,
)
from bancointegra.domain.order import Desfecho, OrderState
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from tests.builders import AURORA, ENDERECO, JOAO, novo_titulo, plan, registrado_de
from tests.services.office import Office
from tests.services.small_bank import Killed, SmallBank

LOST = OutcomeUnknown("A conexão caiu antes da resposta.")
DUPLICATE = BankRefused("Título já cadastrado na cobrança.", possibly_duplicate=True, code="recusado.422")
DISK_FULL = StoreError("Não há espaço no disco.", code="disco_cheio")


class TestAllGoesWell:
    def test_the_bank_has_it_and_so_have_we(self, office: Office, titulo_id: int) -> None:
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.titulo_id, resultado.titulo, resultado.desfecho) == (titulo_id, "1001/1", Desfecho.CONFIRMADA)
        assert (resultado.codigo, resultado.pdf_path) == ("", "")
        ((pedido, correlation_id),) = office.bank.requests
        titulo = office.titulo(titulo_id)
        assert (titulo.situacao, titulo.boleto) == (Situacao.REGISTRADO, registrado_de(pedido))
        order = office.store.journal.registro_in_force(titulo_id)
        assert order is not None
        assert (order.state, order.attempts, order.correlation_id) == (OrderState.CONFIRMADA, 1, correlation_id)
        assert order.pedido == pedido
        entry = office.last_entry(titulo_id)
        assert (entry.texto, entry.detalhe, entry.quem) == (
            "Registrado no banco",
            "Nosso número 109/00000001-1",
            "maria",
        )

    def test_with_its_pdf(self, office: Office, titulo_id: int) -> None:
        resultado = office.registro.registrar(titulo_id, gerar_pdf=True)
        path = Path(resultado.pdf_path)
        boleto = office.titulo(titulo_id).boleto
        assert boleto is not None
        assert path.read_text(encoding="utf-8") == f"{boleto.linha_digitavel} True"
        assert path.name.startswith("MERCADO AURORA LTDA 20-12-2026")
        assert office.titulo(titulo_id).pdf_path == resultado.pdf_path
        assert [entry.texto for entry in office.store.titulos.history(titulo_id)] == [
            "PDF gravado e conferido",
            "Registrado no banco",
            "Importado",
        ]

    def test_a_baixado_titulo_is_registered_again_under_a_new_number(self, office: Office, titulo_id: int) -> None:
        office.registro.registrar(titulo_id, gerar_pdf=False)
        office.bank.say("00000001", SituacaoNoBanco.BAIXADO)
        office.consulta.consultar(titulo_id)
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
        assert [pedido.nosso_numero for pedido, _ in office.bank.requests] == ["00000001", "00000002"]
        assert office.titulo(titulo_id).situacao is Situacao.REGISTRADO


class TestNothingWasExecuted:
    @pytest.mark.parametrize(
        "error",
        [
            BankUnavailable("O banco não foi alcançado."),
            CredentialError("O certificado está vencido.", code="credencial.C500"),
            InputError("O CEP do sacado tem letras.", field="CEP"),
        ],
    )
    def test_the_titulo_is_as_before_and_keeps_its_number(
        self, office: Office, titulo_id: int, error: AppError
    ) -> None:
        office.bank.fail_next(error)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=True)
        assert (resultado.desfecho, resultado.mensagem, resultado.codigo) == (
            Desfecho.NAO_ENVIADA,
            str(error),
            error.code,
        )
        titulo = office.titulo(titulo_id)
        assert (titulo.situacao, titulo.a_confirmar, titulo.boleto) == (Situacao.PENDENTE, False, None)
        assert office.last_entry(titulo_id).texto == "Não enviado ao banco"
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
        assert {pedido.nosso_numero for pedido, _ in office.bank.requests} == {"00000001"}

    def test_credentials_that_cannot_be_used_are_noticed_before_an_order_is_written(
        self, office: Office, titulo_id: int
    ) -> None:
        office.banks.problem = CredentialError("Falta o ClientSecret.", code="credencial.falta")
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.NAO_ENVIADA, "credencial.falta")
        assert office.store.contas.get(office.conta.id).ultimo_nosso_numero == 0

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"valor": Reais(0)}, "valor"),
            ({"vencimento": novo_titulo().emissao.replace(year=2025)}, "vence antes"),
            ({"emissao": novo_titulo().emissao.replace(year=2027)}, "futuro"),
        ],
    )
    def test_what_the_rules_forbid_is_not_sent(self, office: Office, change: dict[str, object], words: str) -> None:
        (titulo_id,) = office.add(novo_titulo(**change))
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert resultado.desfecho is Desfecho.NAO_ENVIADA
        assert words in resultado.mensagem
        assert office.bank.requests == []

    def test_a_registered_titulo_is_not_registered_again(self, office: Office, titulo_id: int) -> None:
        office.registro.registrar(titulo_id, gerar_pdf=False)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.NAO_ENVIADA, "regra")
        assert "está REGISTRADO" in resultado.mensagem
        assert len(office.bank.requests) == 1

    def test_a_titulo_that_cannot_be_read_is_the_callers_to_tell(self, office: Office) -> None:
        with pytest.raises(StoreError, match="não existe mais"):
            office.registro.registrar(99, gerar_pdf=False)

    @pytest.mark.parametrize("step", ["prepare_registro", "mark_enviada"])
    def test_what_cannot_be_written_down_is_not_sent(self, office: Office, titulo_id: int, step: str) -> None:
        office.journal.fail_before(step, DISK_FULL)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.NAO_ENVIADA, "disco_cheio")
        assert office.bank.requests == []
        assert not office.titulo(titulo_id).a_confirmar

    @pytest.mark.parametrize("change", [{"ambiente": Ambiente.PRODUCAO}, {"agencia": "1501"}])
    def test_an_account_moved_by_another_window_is_not_sent_what_was_prepared_for_it_before(
        self, office: Office, titulo_id: int, change: dict[str, object]
    ) -> None:
        moved = replace(office.conta, **change)  # type: ignore[arg-type]
        office.journal.meanwhile("mark_enviada", lambda: office.store.contas.save(moved) and None)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.NAO_ENVIADA, "conta_mudou")
        assert office.bank.requests == []
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
        assert [pedido.nosso_numero for pedido, _ in office.bank.requests] == ["00000002"]


class TestTheBankRefuses:
    def test_the_titulo_is_as_before_and_the_next_attempt_has_the_same_number(
        self, office: Office, titulo_id: int
    ) -> None:
        office.bank.refused_sacados.add(AURORA.documento.numero)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=True)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "recusado")
        assert "CEP incompatível" in resultado.mensagem
        titulo = office.titulo(titulo_id)
        assert (titulo.situacao, titulo.a_confirmar) == (Situacao.PENDENTE, False)
        entry = office.last_entry(titulo_id)
        assert entry.texto == "Recusado pelo banco"
        assert "CEP incompatível" in entry.detalhe
        assert office.bank.queries == []  # a refusal of the first request needs no question
        office.bank.refused_sacados.clear()
        office.registro.registrar(titulo_id, gerar_pdf=False)
        assert [pedido.nosso_numero for pedido, _ in office.bank.requests] == ["00000001", "00000001"]

    def test_a_duplicate_that_is_ours_is_adopted(self, office: Office, titulo_id: int) -> None:
        office.bank.fail_next(DUPLICATE, committed=True)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=True)
        assert resultado.desfecho is Desfecho.CONFIRMADA
        assert resultado.pdf_path
        assert office.titulo(titulo_id).situacao is Situacao.REGISTRADO
        texts = [entry.texto for entry in office.store.titulos.history(titulo_id)]
        assert "Encontrado no banco e conferido" in texts

    def test_a_number_somebody_else_has_is_explained(self, office: Office, titulo_id: int) -> None:
        other = Sacado("PADARIA", Documento.parse("11.444.777/0001-61"), ENDERECO)
        office.bank.belongs_to(_pedido_of_another(office), other)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "numero_ocupado")
        assert "sacado: MERCADO AURORA LTDA aqui, PADARIA no banco" in resultado.mensagem
        assert "Registre de novo" in resultado.mensagem
        assert office.titulo(titulo_id).situacao is Situacao.PENDENTE
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA

    def test_a_refusal_of_the_mainframe_about_something_else_is_a_refusal(self, office: Office, titulo_id: int) -> None:
        office.bank.fail_next(DUPLICATE)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.RECUSADA, "recusado.422")
        assert office.bank.queries == [("109", "00000001")]
        assert not office.titulo(titulo_id).a_confirmar

    def test_a_duplicate_that_cannot_be_looked_up_stays_in_doubt(self, office: Office, titulo_id: int) -> None:
        office.bank.fail_next(DUPLICATE, committed=True)
        office.bank.fail_next_query(BankUnavailable("A consulta não respondeu."))
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.A_CONFIRMAR, "a_confirmar")
        assert "Não foi possível conferir: A consulta não respondeu." in resultado.mensagem
        assert office.titulo(titulo_id).a_confirmar


class TestNobodyKnows:
    @pytest.mark.parametrize("committed", [False, True])
    def test_the_titulo_is_a_confirmar_and_takes_no_second_order(
        self, office: Office, titulo_id: int, committed: bool
    ) -> None:
        office.bank.fail_next(LOST, committed=committed)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=True)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.A_CONFIRMAR, "a_confirmar")
        assert "Verificar agora" in resultado.mensagem
        assert resultado.pdf_path == ""
        order = office.order_in_doubt(titulo_id)
        assert order is not None
        assert (order.state, order.reason) == (OrderState.INDEFINIDA, LOST.message)
        entry = office.last_entry(titulo_id)
        assert (entry.texto, entry.detalhe) == ("Registro a confirmar", LOST.message)

        again = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert (again.desfecho, again.codigo) == (Desfecho.NAO_ENVIADA, "a_confirmar")
        assert len(office.bank.requests) == 1

    @pytest.mark.parametrize("gerar_pdf", [False, True])
    def test_an_answer_that_cannot_be_stored_is_found_by_the_next_check(
        self, office: Office, titulo_id: int, gerar_pdf: bool, caplog: pytest.LogCaptureFixture
    ) -> None:
        office.journal.fail_before("confirm_registro", DISK_FULL)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=gerar_pdf)
        assert (resultado.desfecho, resultado.codigo) == (Desfecho.A_CONFIRMAR, "disco_cheio")
        assert "O pedido saiu, mas o resultado não pôde ser gravado" in resultado.mensagem
        order = office.order_in_doubt(titulo_id)
        assert order is not None
        assert order.state is OrderState.ENVIADA
        assert "not stored: disco_cheio" in caplog.text

        settled = office.reconciliacao.verificar(titulo_id)
        assert settled is not None
        assert settled.desfecho is Desfecho.CONFIRMADA
        assert office.titulo(titulo_id).situacao is Situacao.REGISTRADO
        assert len(office.bank.requests) == 1

    @pytest.mark.parametrize(
        ("step", "error"),
        [("refuse", BankRefused("CEP")), ("doubt", LOST), ("not_sent", BankUnavailable("sem internet"))],
    )
    def test_no_other_outcome_is_lost_with_the_store_either(
        self, office: Office, titulo_id: int, step: str, error: AppError
    ) -> None:
        office.bank.fail_next(error)
        office.journal.fail_before(step, DISK_FULL)
        resultado = office.registro.registrar(titulo_id, gerar_pdf=False)
        assert resultado.desfecho is Desfecho.A_CONFIRMAR
        assert office.titulo(titulo_id).a_confirmar

    @pytest.mark.parametrize("committed", [False, True])
    def test_a_defect_of_ours_surfaces_and_leaves_the_order_in_doubt(
        self, office: Office, titulo_id: int, committed: bool
    ) -> None:
        office.bank.fail_next(ZeroDivisionError("defeito"), committed=committed)
        with pytest.raises(ZeroDivisionError):
            office.registro.registrar(titulo_id, gerar_pdf=False)
        order = office.order_in_doubt(titulo_id)
        assert order is not None
        assert (order.state, order.reason) == (OrderState.INDEFINIDA, "falha interna durante o envio")
        assert order.id not in office.in_flight

    def test_a_defect_surfaces_even_when_the_store_fails_as_well(
        self, office: Office, titulo_id: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        office.bank.fail_next(ZeroDivisionError("defeito"), committed=True)
        office.journal.fail_before("doubt", DISK_FULL)
        with pytest.raises(ZeroDivisionError):
            office.registro.registrar(titulo_id, gerar_pdf=False)
        assert "not stored: disco_cheio" in caplog.text
        assert office.titulo(titulo_id).a_confirmar

    @pytest.mark.parametrize("committed", [False, True])
    def test_killed_while_sending(self, office: Office, titulo_id: int, committed: bool) -> None:
        office.bank.fail_next(Killed(), committed=committed)
        with pytest.raises(Killed):
            office.registro.registrar(titulo_id, gerar_pdf=False)
        office.restart()
        assert office.titulo(titulo_id).a_confirmar
        (settled,) = office.reconciliacao.verificar_todas()
        assert settled.desfecho is Desfecho.CONFIRMADA
        assert len(office.bank.boletos) == 1


class TestThePdfFails:
    @pytest.mark.parametrize(
        "error", [PrintError("O código de barras não conferiu."), StoreError("Disco cheio."), InputError("Nome.")]
    )
    def test_the_registration_stands(self, office: Office, titulo_id: int, error: AppError) -> None:
        office.printer.problem = error
        resultado = office.registro.registrar(titulo_id, gerar_pdf=True)
        assert (resultado.desfecho, resultado.codigo, resultado.pdf_path) == (Desfecho.CONFIRMADA, error.code, "")
        assert resultado.mensagem.startswith("Registrado no banco, mas o PDF não foi gerado:")
        titulo = office.titulo(titulo_id)
        assert (titulo.situacao, titulo.pdf_path) == (Situacao.REGISTRADO, "")
        office.printer.problem = None
        assert office.impressao.gerar_pdf(titulo_id).exists()

    def test_no_pdf_without_a_boleto(self, office: Office, titulo_id: int) -> None:
        with pytest.raises(PrintError, match="não tem boleto registrado"):
            office.impressao.gerar_pdf(titulo_id)


class TestManyWindows:
    def test_eight_clicks_send_once(self, office: Office, titulo_id: int) -> None:
        start = threading.Barrier(8)

        def click(_: int) -> Desfecho:
            start.wait()
            return office.registro.registrar(titulo_id, gerar_pdf=False).desfecho

        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(click, range(8)))
        assert sorted(outcome.value for outcome in outcomes) == ["confirmada"] + ["não enviada"] * 7
        assert len(office.bank.requests) == 1

    def test_a_batch_in_parallel(self, office: Office) -> None:
        ids = office.add(*(novo_titulo(n, sacado=(AURORA, JOAO)[n % 2]) for n in range(40)))
        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(lambda one: office.registro.registrar(one, gerar_pdf=False), ids))
        assert {outcome.desfecho for outcome in outcomes} == {Desfecho.CONFIRMADA}
        assert sorted(int(number) for _, number in office.bank.boletos) == list(range(1, 41))
        for (_, number), shown in office.bank.boletos.items():
            owners = [one for one in ids if (boleto := office.titulo(one).boleto) and boleto.nosso_numero == number]
            assert [office.titulo(one).sacado.nome for one in owners] == [shown.sacado_nome]

    def test_who_loses_the_race_does_not_unmark_who_sends(self, office: Office, titulo_id: int) -> None:
        """While one window sends, another that lost the race must not make the order look abandoned."""
        seen: list[bool] = []

        class Slow(SmallBank):
            def registrar(self, pedido: PedidoRegistro, correlation_id: str) -> BoletoRegistrado:
                (order,) = office.store.journal.in_doubt([titulo_id])
                with office.in_flight.holding(order.id):
                    pass  # the loser came and went
                seen.append(order.id in office.in_flight)
                seen.append(office.reconciliacao.a_confirmar() == ())
                return super().registrar(pedido, correlation_id)

        office.banks.bank = Slow(office.clock)
        office.registro.registrar(titulo_id, gerar_pdf=False)
        assert seen == [True, True]


def test_nothing_secret_or_personal_is_logged(office: Office, titulo_id: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bancointegra")
    office.journal.fail_before("confirm_registro", DISK_FULL)
    office.registro.registrar(titulo_id, gerar_pdf=False)
    assert AURORA.documento.numero not in caplog.text
    assert AURORA.nome not in caplog.text


def _pedido_of_another(office: Office) -> PedidoRegistro:
    """A request like ours, under the first nosso número, made by another program of the same office."""
    (other,) = office.add(novo_titulo("OUTRO"))
    return plan(office.titulo(other), office.conta, "00000001")
