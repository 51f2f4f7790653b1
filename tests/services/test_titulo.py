"""Títulos typed, repeated, changed and deleted: what the bank knows is never changed silently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bancointegra.domain.boleto import SituacaoNoBanco
from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.edicao_titulo import DadosTitulo, dados_de
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.errors import BankUnavailable, InputError, OutcomeUnknown, RuleError, StoreError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.parcelamento import Parcelamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.services.titulo import TituloService
from tests.builders import AURORA, JOAO, conta_itau, novo_titulo
from tests.services.office import Office


@pytest.fixture
def service(office: Office) -> TituloService:
    return office.titulos


@pytest.fixture
def dados(office: Office) -> DadosTitulo:
    return DadosTitulo(
        office.conta.id,
        office.tipo.id,
        "2001",
        "",
        AURORA,
        date(2026, 11, 20),
        date(2026, 12, 20),
        Reais(300_00),
        Encargos(),
    )


@pytest.fixture
def change(office: Office, service: TituloService) -> Callable[..., None]:
    """The clerk opens a título, changes some of it and saves."""

    def open_and_save(titulo_id: int, **changes: object) -> None:
        seen = service.abrir(titulo_id).dados
        service.alterar(titulo_id, seen, replace(seen, **changes))  # type: ignore[arg-type]

    return open_and_save


class TestNew:
    def test_it_is_stored_trimmed_with_its_history(self, service: TituloService, dados: DadosTitulo) -> None:
        titulo_id = service.criar(replace(dados, numero="  2001 ", observacao="pago  no balcão"))
        aberto = service.abrir(titulo_id)
        assert (aberto.dados.numero, aberto.dados.observacao) == ("2001", "pago no balcão")
        assert [(entry.texto, entry.quem) for entry in aberto.historico] == [("Título incluído", "maria")]
        assert aberto.permissao.dados and aberto.permissao.conta and not aberto.permissao.motivo_exclusao

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"numero": " "}, "Número"),
            ({"numero": "1" * 21}, "Número"),
            ({"parcela": "123456"}, "Parcela"),
            ({"vencimento": date(2026, 11, 19)}, "Vencimento"),
            ({"valor": Reais(0)}, "Valor"),
            ({"tipo_cobranca_id": 99}, "Tipo de Cobrança"),
            ({"observacao": "x" * 201}, "Observação"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, service: TituloService, dados: DadosTitulo, changes: dict[str, object], field: str
    ) -> None:
        with pytest.raises(InputError) as refused:
            service.criar(replace(dados, **changes))  # type: ignore[arg-type]
        assert refused.value.field == field

    def test_one_that_is_there_is_named(self, service: TituloService, dados: DadosTitulo) -> None:
        service.criar(dados)
        with pytest.raises(InputError, match="O título 2001 já existe"):
            service.criar(dados)


class TestParcelas:
    def test_nothing_is_stored_before_the_clerk_agrees_and_then_all(
        self, office: Office, service: TituloService, dados: DadosTitulo
    ) -> None:
        wanted = Parcelamento(3, 20)
        previa = service.previa_parcelas(dados, wanted)
        assert [parcela.dados.valor for parcela in previa.parcelas] == [Reais(100_00)] * 3
        assert office.store.titulos.existing(office.conta.id, [("2001", "1")]) == {}
        assert service.criar_parcelas(dados, wanted) == 3
        assert len(office.store.titulos.existing(office.conta.id, [("2001", str(n)) for n in (1, 2, 3)])) == 3

    def test_one_that_is_there_is_shown_and_stops_them_all(
        self, office: Office, service: TituloService, dados: DadosTitulo
    ) -> None:
        service.criar(replace(dados, parcela="2"))
        assert service.previa_parcelas(dados, Parcelamento(3, 20)).repetidas == {"2001/2"}
        with pytest.raises(InputError, match="2001/2"):
            service.criar_parcelas(dados, Parcelamento(3, 20))
        assert office.store.titulos.existing(office.conta.id, [("2001", "1")]) == {}


class TestChanging:
    def test_a_pending_one_changes_freely_and_says_what(
        self, office: Office, service: TituloService, change: Callable[..., None], titulo_id: int
    ) -> None:
        change(titulo_id, numero="77", valor=Reais(99_90), sacado=JOAO)
        titulo = office.titulo(titulo_id)
        assert (titulo.identificacao, titulo.valor, titulo.sacado) == ("77/1", Reais(99_90), JOAO)
        entry = office.last_entry(titulo_id)
        assert entry.texto == "Dados alterados"
        assert "Título: 1001/1 → 77/1; Pagador: MERCADO AURORA LTDA (12.ABC.345/01DE-35) → João Ávila" in entry.detalhe
        assert "Valor: 125,00 → 99,90" in entry.detalhe

    def test_nothing_changed_leaves_no_trace(self, office: Office, change: Callable[..., None], titulo_id: int) -> None:
        history = office.store.titulos.history(titulo_id)
        change(titulo_id)
        assert office.store.titulos.history(titulo_id) == history

    def test_somebody_else_changed_it_meanwhile(
        self, office: Office, service: TituloService, change: Callable[..., None], titulo_id: int
    ) -> None:
        seen = service.abrir(titulo_id).dados
        change(titulo_id, valor=Reais(1_00))
        with pytest.raises(RuleError, match="mudou desde que você o abriu"):
            service.alterar(titulo_id, seen, replace(seen, observacao="depois"))
        assert office.titulo(titulo_id).observacao == ""

    def test_what_the_bank_knows_is_changed_through_the_bank(
        self, office: Office, service: TituloService, change: Callable[..., None], titulo_id: int
    ) -> None:
        office.registro.registrar(titulo_id, gerar_pdf=False)
        assert "Enviar Alteração" in service.abrir(titulo_id).permissao.motivo
        with pytest.raises(RuleError, match="Enviar Alteração") as refused:
            change(titulo_id, valor=Reais(1_00))
        assert refused.value.code == "mude_no_banco"
        change(titulo_id, observacao="ligar na sexta")
        assert office.titulo(titulo_id).observacao == "ligar na sexta"
        assert office.last_entry(titulo_id).detalhe == "Observação: — → ligar na sexta"

    def test_registered_while_the_form_was_open(self, office: Office, service: TituloService, titulo_id: int) -> None:
        seen = service.abrir(titulo_id).dados
        office.registro.registrar(titulo_id, gerar_pdf=False)
        with pytest.raises(RuleError, match="está registrado"):
            service.alterar(titulo_id, seen, replace(seen, valor=Reais(1_00)))
        service.alterar(titulo_id, seen, replace(seen, observacao="só isto"))

    def test_a_confirmar_waits(self, office: Office, change: Callable[..., None], titulo_id: int) -> None:
        office.bank.fail_next(OutcomeUnknown("sem resposta"), committed=True)
        office.registro.registrar(titulo_id, gerar_pdf=False)
        with pytest.raises(RuleError, match="A CONFIRMAR"):
            change(titulo_id, valor=Reais(1_00))

    def test_an_order_that_never_left_is_sent_with_the_new_data_only(
        self, office: Office, change: Callable[..., None], titulo_id: int
    ) -> None:
        office.bank.fail_next(BankUnavailable("sem internet"))
        office.registro.registrar(titulo_id, gerar_pdf=False)
        change(titulo_id, valor=Reais(77_00))
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.CONFIRMADA
        boleto = office.titulo(titulo_id).boleto
        assert boleto is not None
        assert (boleto.valor, boleto.nosso_numero) == (Reais(77_00), "00000001")

    def test_whoever_prepared_the_old_data_can_no_longer_send_them(
        self, office: Office, change: Callable[..., None], titulo_id: int
    ) -> None:
        office.journal.meanwhile("mark_enviada", lambda: change(titulo_id, valor=Reais(77_00)))
        assert office.registro.registrar(titulo_id, gerar_pdf=False).desfecho is Desfecho.NAO_ENVIADA
        assert office.bank.boletos == {}

    def test_a_written_off_one_is_changed_for_its_next_registration(
        self, office: Office, change: Callable[..., None], titulo_id: int
    ) -> None:
        office.registro.registrar(titulo_id, gerar_pdf=True)
        old = office.titulo(titulo_id).boleto
        assert old is not None
        office.bank.say(old.nosso_numero, SituacaoNoBanco.BAIXADO)
        office.consulta.consultar(titulo_id)
        change(titulo_id, observacao="recusado pelo cliente")
        assert office.titulo(titulo_id).boleto == old
        change(titulo_id, vencimento=date(2027, 1, 20))
        titulo = office.titulo(titulo_id)
        assert (titulo.situacao, titulo.boleto, titulo.pdf_path) == (Situacao.BAIXADO, None, "")
        assert "109/00000001-1, já baixado" in office.last_entry(titulo_id).detalhe
        office.registro.registrar(titulo_id, gerar_pdf=False)
        new = office.titulo(titulo_id).boleto
        assert new is not None
        assert (new.nosso_numero, new.vencimento) == ("00000002", date(2027, 1, 20))

    def test_the_account_stays_once_there_was_an_order(
        self, office: Office, change: Callable[..., None], titulo_id: int
    ) -> None:
        other = office.store.contas.save(conta_itau(mnemonico="OUTRA", conta="05207", dac="9"))
        tipo = office.store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO", other.id))
        change(titulo_id, conta_id=other.id, tipo_cobranca_id=tipo.id)
        assert "Conta Bancária: ITAU01 → OUTRA" in office.last_entry(titulo_id).detalhe
        office.bank.fail_next(BankUnavailable("sem internet"))
        office.registro.registrar(titulo_id, gerar_pdf=False)
        with pytest.raises(RuleError, match="fica nela"):
            change(titulo_id, conta_id=office.conta.id, tipo_cobranca_id=office.tipo.id)

    def test_a_number_of_another(self, office: Office, change: Callable[..., None], titulo_id: int) -> None:
        office.add(novo_titulo(1002))
        with pytest.raises(InputError, match="Já existe") as refused:
            change(titulo_id, numero="1002")
        assert refused.value.field == "Número"


class TestDeleting:
    def test_one_that_never_went_to_the_bank(
        self, office: Office, service: TituloService, dados: DadosTitulo, titulo_id: int
    ) -> None:
        service.excluir(titulo_id)
        with pytest.raises(StoreError, match="não existe mais"):
            service.abrir(titulo_id)
        # An open list may still show the id: no other título gets it.
        assert service.criar(dados) > titulo_id

    def test_one_that_was_refused_is_kept(self, office: Office, service: TituloService, titulo_id: int) -> None:
        office.bank.fail_next(BankUnavailable("sem internet"))
        office.registro.registrar(titulo_id, gerar_pdf=False)
        with pytest.raises(RuleError, match="já teve um pedido"):
            service.excluir(titulo_id)

    def test_a_registered_one_is_kept(self, office: Office, service: TituloService, titulo_id: int) -> None:
        office.registro.registrar(titulo_id, gerar_pdf=False)
        with pytest.raises(RuleError, match="só um PENDENTE"):
            service.excluir(titulo_id)
        assert dados_de(office.titulo(titulo_id)).numero == "1001"
