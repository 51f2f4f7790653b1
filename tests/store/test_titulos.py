"""Títulos: stored all or nothing, followed by what the bank says, with their history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bancointegra.domain.boleto import BoletoRegistrado, Pagamento, Sacado, SituacaoNoBanco
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.encargos import Encargos, Juros, TipoJuros
from bancointegra.domain.errors import InputError, StoreError
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.store import Store
from tests.builders import AURORA, ENDERECO, ENTRY, JOAO, NOW, consulta_de, novo_titulo, plan, registrado_de

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def boleto(store: Store, titulo_id: int) -> BoletoRegistrado:
    """The registered boleto of ``titulo_id``."""
    order = store.journal.prepare_registro(titulo_id, plan, "a")
    store.journal.mark_enviada(order.id, "a")
    store.journal.confirm_registro(order.id, registrado_de(order.pedido), HistoryEntry(NOW, "Registrado"))
    return registrado_de(order.pedido)


def test_a_titulo_comes_back_whole(store: Store, add_titulos: Callable[..., list[int]], tipo: TipoCobranca) -> None:
    novo = novo_titulo(
        "NF-77",
        parcela="",
        sacado=JOAO,
        valor=Reais(10_000_000_00),
        encargos=Encargos(juros=Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal("1.00"))),
        especie="08",
        aceite=True,
        observacao="Não protestar",
    )
    (titulo_id,) = add_titulos(novo)
    titulo = store.titulos.get(titulo_id)
    for name in ("numero", "parcela", "sacado", "emissao", "vencimento", "valor", "encargos", "especie", "aceite"):
        assert getattr(titulo, name) == getattr(novo, name), name
    assert (titulo.observacao, titulo.identificacao) == ("Não protestar", "NF-77")
    assert (titulo.situacao, titulo.situacao_em, titulo.tipo_cobranca_id) == (Situacao.PENDENTE, NOW, tipo.id)
    assert (titulo.boleto, titulo.registrado_em, titulo.a_confirmar, titulo.pdf_path) == (None, None, False, "")
    assert store.titulos.history(titulo_id) == (ENTRY,)


def test_one_that_is_already_there_stops_them_all(
    store: Store, conta: ContaBancaria, tipo: TipoCobranca, add_titulos: Callable[..., list[int]]
) -> None:
    add_titulos(novo_titulo(5))
    with pytest.raises(InputError, match="já existe") as refused:
        store.titulos.add_many(conta.id, tipo.id, [novo_titulo(4), novo_titulo(5, sacado=JOAO)], ENTRY)
    assert refused.value.code == "titulo_repetido"
    assert set(store.titulos.existing(conta.id, [("4", "1"), ("5", "1")])) == {("5", "1")}
    with pytest.raises(InputError):
        store.titulos.add_many(conta.id, tipo.id, [novo_titulo(6), novo_titulo(6)], ENTRY)


def test_existing_is_asked_of_thousands_at_once(
    store: Store, conta: ContaBancaria, add_titulos: Callable[..., list[int]]
) -> None:
    add_titulos(*(novo_titulo(n) for n in range(0, 3000, 2)))
    found = store.titulos.existing(conta.id, [(str(n), "1") for n in range(3000)] + [("0", "2")])
    assert sorted(int(numero) for numero, _ in found) == list(range(0, 3000, 2))
    assert all(f"{numero}/{parcela}" == row.titulo for (numero, parcela), row in found.items())
    assert not store.titulos.existing(conta.id + 1, [("0", "1")])


def test_a_known_sacado_stays_as_the_register_has_him(
    store: Store, add_titulos: Callable[..., list[int]], all_ids: Callable[..., tuple[int, ...]]
) -> None:
    renamed = Sacado("AURORA SUPERMERCADOS S.A.", AURORA.documento, ENDERECO)
    first, second = add_titulos(novo_titulo(1)) + add_titulos(novo_titulo(2, sacado=renamed))
    assert store.titulos.get(first).sacado == store.titulos.get(second).sacado == AURORA
    aurora = store.pagadores.by_documento(AURORA.documento.numero)
    assert aurora is not None
    store.pagadores.save(replace(aurora, sacado=renamed), aurora)
    assert store.titulos.get(first).sacado == renamed
    assert all_ids(texto="supermercados") == (first, second)


def test_a_titulo_that_is_gone(store: Store) -> None:
    for call in (
        lambda: store.titulos.get(9),
        lambda: store.titulos.note(9, ENTRY),
        lambda: store.titulos.set_pdf(9, "a.pdf", ENTRY),
    ):
        with pytest.raises(StoreError, match="não existe mais") as refused:
            call()
        assert refused.value.code == "titulo_inexistente"


def test_history_is_newest_first_and_the_list_shows_the_last(store: Store, titulo_id: int) -> None:
    long = HistoryEntry(LATER, "x" * 200, "detalhe " * 100, "m" * 90)
    store.titulos.note(titulo_id, long)
    newest, oldest = store.titulos.history(titulo_id)
    assert oldest == ENTRY
    assert (newest.em, newest.texto, newest.detalhe) == (LATER, "x" * 120, long.detalhe)
    assert store.titulos.rows([titulo_id])[0].ultima_operacao == "x" * 80


def test_the_pdf_is_remembered(store: Store, titulo_id: int) -> None:
    store.titulos.set_pdf(titulo_id, "C:\\Boletos\\AURORA.pdf", HistoryEntry(NOW, "PDF gravado"))
    assert store.titulos.get(titulo_id).pdf_path == "C:\\Boletos\\AURORA.pdf"
    assert store.titulos.history(titulo_id)[0].texto == "PDF gravado"


class TestApplyConsulta:
    def test_paid(self, store: Store, titulo_id: int, boleto: BoletoRegistrado) -> None:
        payments = (Pagamento(Reais(10000), date(2026, 12, 1)), Pagamento(Reais(2500), date(2026, 12, 3)))
        answer = consulta_de(boleto, SituacaoNoBanco.LIQUIDADO, pagamentos=payments, consultado_em=LATER)
        assert store.titulos.apply_consulta(titulo_id, answer, Situacao.LIQUIDADO, HistoryEntry(LATER, "Pago"))
        titulo = store.titulos.get(titulo_id)
        assert (titulo.situacao, titulo.situacao_em) == (Situacao.LIQUIDADO, LATER)
        assert (titulo.liquidado_em, titulo.valor_pago) == (date(2026, 12, 3), Reais(12500))
        assert store.titulos.rows([titulo_id])[0].ultima_operacao == "Pago"

    @pytest.mark.parametrize(("data_baixa", "day"), [(date(2026, 12, 2), date(2026, 12, 2)), (None, LATER.date())])
    def test_settled_without_a_payment_record(
        self, store: Store, titulo_id: int, boleto: BoletoRegistrado, data_baixa: date | None, day: date
    ) -> None:
        answer = consulta_de(boleto, SituacaoNoBanco.BAIXADO_POR_LIQUIDACAO, data_baixa=data_baixa, consultado_em=LATER)
        store.titulos.apply_consulta(titulo_id, answer, Situacao.LIQUIDADO, ENTRY)
        titulo = store.titulos.get(titulo_id)
        assert (titulo.liquidado_em, titulo.valor_pago) == (day, Reais(0))

    def test_what_the_query_did_not_bring_stays_known(
        self, store: Store, titulo_id: int, boleto: BoletoRegistrado
    ) -> None:
        bare = replace(boleto, chave="", codigo_barras="", linha_digitavel="", dac_nosso_numero="", data_limite=None)
        assert store.titulos.apply_consulta(titulo_id, consulta_de(bare), Situacao.REGISTRADO, ENTRY)
        assert store.titulos.get(titulo_id).boleto == boleto

    def test_an_older_answer_than_the_one_stored_is_not_believed(
        self, store: Store, titulo_id: int, boleto: BoletoRegistrado
    ) -> None:
        paid = consulta_de(boleto, SituacaoNoBanco.PAGO, consultado_em=LATER)
        store.titulos.apply_consulta(titulo_id, paid, Situacao.LIQUIDADO, ENTRY)
        before, history = store.titulos.get(titulo_id), store.titulos.history(titulo_id)
        assert not store.titulos.apply_consulta(titulo_id, consulta_de(boleto), Situacao.REGISTRADO, ENTRY)
        assert store.titulos.get(titulo_id) == before
        assert store.titulos.history(titulo_id) == history

    @pytest.mark.parametrize("change", [{"nosso_numero": "00000099"}, {"carteira": "110"}])
    def test_an_answer_about_another_boleto_changes_nothing(
        self, store: Store, titulo_id: int, boleto: BoletoRegistrado, change: dict[str, str]
    ) -> None:
        answer = consulta_de(replace(boleto, **change), SituacaoNoBanco.PAGO)
        assert not store.titulos.apply_consulta(titulo_id, answer, Situacao.LIQUIDADO, ENTRY)
        assert store.titulos.get(titulo_id).situacao is Situacao.REGISTRADO

    def test_a_titulo_without_a_boleto_takes_no_answer(self, store: Store, titulo_id: int) -> None:
        order = store.journal.prepare_registro(titulo_id, plan, "a")
        answer = consulta_de(registrado_de(order.pedido), SituacaoNoBanco.PAGO)
        assert not store.titulos.apply_consulta(titulo_id, answer, Situacao.LIQUIDADO, ENTRY)
        assert store.titulos.get(titulo_id).situacao is Situacao.PENDENTE
