"""The searches behind the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bancointegra.domain.boleto import Pagamento, Sacado, SituacaoNoBanco
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TipoPeriodo, TituloFilter, TituloSort, Totais
from bancointegra.store import Store
from tests.builders import AURORA, ENDERECO, ENTRY, JOAO, consulta_de, conta_itau, novo_titulo, plan, registrado_de

PERCENT = Sacado("100% NATURAL_ME \\ FILHOS", Documento.parse("111.444.777-35"), ENDERECO)
ADEGA = Sacado("Água & Vinho", Documento.parse("00.000.000/0001-91"), ENDERECO)

Find = Callable[..., tuple[int, ...]]
Add = Callable[..., list[int]]


@pytest.fixture
def register(store: Store) -> Callable[[int], None]:
    def send_and_confirm(titulo_id: int) -> None:
        order = store.journal.prepare_registro(titulo_id, plan, "a")
        store.journal.mark_enviada(order.id, "a")
        store.journal.confirm_registro(order.id, registrado_de(order.pedido), ENTRY)

    return send_and_confirm


@pytest.fixture
def settle(store: Store, register: Callable[[int], None]) -> Callable[[int, date], None]:
    def register_and_pay(titulo_id: int, day: date) -> None:
        register(titulo_id)
        boleto = store.titulos.get(titulo_id).boleto
        assert boleto is not None
        paid = consulta_de(boleto, SituacaoNoBanco.LIQUIDADO, pagamentos=(Pagamento(boleto.valor, day),))
        assert store.titulos.apply_consulta(titulo_id, paid, Situacao.LIQUIDADO, ENTRY)

    return register_and_pay


class TestRows:
    def test_a_row_shows_what_the_list_shows(
        self, store: Store, add_titulos: Add, register: Callable[[int], None]
    ) -> None:
        (titulo_id,) = add_titulos(novo_titulo(7, sacado=JOAO))
        register(titulo_id)
        (row,) = store.titulos.rows([titulo_id])
        assert (row.titulo, row.sacado, row.documento) == ("7/1", "João Ávila", "529.982.247-25")
        assert (row.valor, row.situacao, row.ultima_operacao) == (Reais(12500), Situacao.REGISTRADO, "Importado")
        assert (row.nosso_numero, row.a_confirmar, row.liquidado_em) == ("109/00000001-1", False, None)

    def test_rows_come_as_asked_and_the_unknown_are_left_out(self, store: Store, add_titulos: Add) -> None:
        first, second = add_titulos(count=2)
        assert [row.id for row in store.titulos.rows([second, 999, first, second])] == [second, first, second]
        assert store.titulos.rows([]) == ()

    def test_more_rows_than_a_statement_has_variables(self, store: Store, add_titulos: Add) -> None:
        ids = add_titulos(count=1500)
        assert [row.id for row in store.titulos.rows(ids)] == ids
        assert [row.id for row in store.titulos.rows(range(1, 40_000))] == ids

    def test_the_mark_a_confirmar_follows_the_order(self, store: Store, titulo_id: int) -> None:
        def marked() -> bool:
            return store.titulos.rows([titulo_id])[0].a_confirmar

        order = store.journal.prepare_registro(titulo_id, plan, "a")
        assert marked() is False
        store.journal.mark_enviada(order.id, "a")
        assert marked() is True
        store.journal.doubt(order.id, "?", ENTRY)
        assert marked() is True
        store.journal.refuse(order.id, "não", ENTRY)
        assert marked() is False


class TestFilters:
    def test_nothing_of_another_account(self, store: Store, add_titulos: Add, all_ids: Find) -> None:
        other = store.contas.save(conta_itau(mnemonico="OUTRA"))
        ids = add_titulos(count=2)
        theirs = add_titulos(novo_titulo(1), conta_id=other.id)
        assert list(all_ids()) == ids
        assert list(store.titulos.ids(TituloFilter(other.id), TituloSort.TITULO, False)) == theirs

    def test_tipo_de_cobranca(self, store: Store, conta: ContaBancaria, tipo: TipoCobranca, all_ids: Find) -> None:
        aluguel = store.contas.save_tipo_cobranca(TipoCobranca(0, "ALUGUEL", conta.id))
        store.titulos.add_many(conta.id, tipo.id, [novo_titulo(1)], ENTRY)
        store.titulos.add_many(conta.id, aluguel.id, [novo_titulo(2), novo_titulo(3)], ENTRY)
        assert [len(all_ids(tipo_cobranca_id=one)) for one in (tipo.id, aluguel.id, None)] == [1, 2, 3]

    def test_situacoes(
        self,
        store: Store,
        conta: ContaBancaria,
        add_titulos: Add,
        all_ids: Find,
        settle: Callable[..., None],
        register: Callable[[int], None],
    ) -> None:
        pending, registered, paid = add_titulos(count=3)
        register(registered)
        settle(paid, date(2026, 12, 1))
        assert all_ids(situacoes=frozenset({Situacao.PENDENTE})) == (pending,)
        assert all_ids(situacoes=frozenset({Situacao.PENDENTE, Situacao.LIQUIDADO})) == (pending, paid)
        assert all_ids(situacoes=frozenset({Situacao.PROTESTADO})) == ()
        one_of_each = {Situacao.PENDENTE: 1, Situacao.REGISTRADO: 1, Situacao.LIQUIDADO: 1}
        only_paid = TituloFilter(conta.id, situacoes=frozenset({Situacao.LIQUIDADO}))
        assert store.titulos.count_by_situacao(only_paid) == one_of_each
        assert store.titulos.totais(only_paid) == Totais(1, Reais(12500))

    @pytest.mark.parametrize("tipo_periodo", [TipoPeriodo.VENCIMENTO, TipoPeriodo.EMISSAO])
    def test_periods_include_both_ends(self, add_titulos: Add, all_ids: Find, tipo_periodo: TipoPeriodo) -> None:
        days = [date(2026, 11, 20) + timedelta(days=n) for n in range(4)]
        ids = add_titulos(*(novo_titulo(n, emissao=day, vencimento=day) for n, day in enumerate(days)))
        assert list(all_ids(tipo_periodo=tipo_periodo, de=days[1], ate=days[2])) == ids[1:3]
        assert list(all_ids(tipo_periodo=tipo_periodo, de=days[1])) == ids[1:]
        assert list(all_ids(tipo_periodo=tipo_periodo, ate=days[2])) == ids[:3]
        assert all_ids(tipo_periodo=tipo_periodo, de=days[2], ate=days[1]) == ()

    def test_emissao_and_vencimento_are_not_mixed_up(self, add_titulos: Add, all_ids: Find) -> None:
        (titulo_id,) = add_titulos(novo_titulo(1, emissao=date(2026, 11, 1), vencimento=date(2026, 12, 1)))
        november = {"de": date(2026, 11, 1), "ate": date(2026, 11, 30)}
        assert all_ids(tipo_periodo=TipoPeriodo.EMISSAO, **november) == (titulo_id,)
        assert all_ids(tipo_periodo=TipoPeriodo.VENCIMENTO, **november) == ()

    def test_the_period_of_liquidacao_finds_only_what_was_paid_in_it(
        self, add_titulos: Add, all_ids: Find, settle: Callable[[int, date], None]
    ) -> None:
        first, second, _unpaid = add_titulos(count=3)
        settle(first, date(2026, 12, 1))
        settle(second, date(2026, 12, 10))
        period = {"tipo_periodo": TipoPeriodo.LIQUIDACAO}
        assert all_ids(**period, de=date(2026, 12, 1), ate=date(2026, 12, 9)) == (first,)
        assert all_ids(**period, de=date(2026, 1, 1)) == (first, second)
        assert all_ids(**period, ate=date(2026, 12, 31)) == (first, second)

    def test_somente_a_confirmar(self, store: Store, add_titulos: Add, all_ids: Find) -> None:
        _prepared, sent, doubtful, refused, _untouched = add_titulos(count=5)
        store.journal.prepare_registro(_prepared, plan, "a")
        for titulo_id in (sent, doubtful, refused):
            order = store.journal.prepare_registro(titulo_id, plan, "a")
            store.journal.mark_enviada(order.id, "a")
            if titulo_id == doubtful:
                store.journal.doubt(order.id, "?", ENTRY)
            if titulo_id == refused:
                store.journal.refuse(order.id, "não", ENTRY)
        assert all_ids(somente_a_confirmar=True) == (sent, doubtful)


class TestText:
    @pytest.mark.parametrize(
        "text",
        [
            "joao",
            "JOÃO",
            "João Ávila",
            "avila joao",
            "ávi",
            "12/3",
            "529.982.247-25",
            "52998224725",
            "982.247",
            "  joão  ",
        ],
    )
    def test_found_whatever_the_accents_case_or_punctuation(self, add_titulos: Add, all_ids: Find, text: str) -> None:
        wanted, _ = add_titulos(novo_titulo(12, parcela="3", sacado=JOAO), novo_titulo(13, sacado=AURORA))
        assert all_ids(texto=text) == (wanted,)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("100%", True),
            ("%", True),
            ("natural_me", True),
            ("_", True),
            ("\\", True),
            ("1%0", False),
            ("n_tural", False),
        ],
    )
    def test_percent_underscore_and_backslash_are_letters(
        self, add_titulos: Add, all_ids: Find, text: str, found: bool
    ) -> None:
        wanted, _ = add_titulos(novo_titulo(1, sacado=PERCENT), novo_titulo(2))
        assert all_ids(texto=text) == ((wanted,) if found else ())

    @pytest.mark.parametrize("text", ["109/00000002-2", "00000002", "2-2"])
    def test_the_nosso_numero_as_the_list_shows_it(
        self, add_titulos: Add, all_ids: Find, register: Callable[[int], None], text: str
    ) -> None:
        first, second = add_titulos(count=2)
        register(first)
        register(second)
        assert all_ids(texto=text) == (second,)

    def test_every_word_must_be_found(self, add_titulos: Add, all_ids: Find) -> None:
        wanted, _ = add_titulos(novo_titulo(12, sacado=JOAO), novo_titulo(13, sacado=JOAO))
        assert all_ids(texto="joão 12/") == (wanted,)
        assert all_ids(texto="joão aurora") == ()

    def test_a_page_of_pasted_text_finds_nothing_and_breaks_nothing(self, add_titulos: Add, all_ids: Find) -> None:
        add_titulos(count=1)
        assert all_ids(texto="colado por engano " * 10_000) == ()
        assert all_ids(texto="x" * 100_000) == ()


class TestOrder:
    @pytest.mark.parametrize("sort", TituloSort)
    @pytest.mark.parametrize("descending", [False, True])
    def test_pages_follow_the_ids_without_gap_or_repetition(
        self,
        store: Store,
        conta: ContaBancaria,
        add_titulos: Add,
        register: Callable[[int], None],
        sort: TituloSort,
        descending: bool,
    ) -> None:
        sacados = [AURORA, JOAO, PERCENT, ADEGA]
        ids = add_titulos(*(novo_titulo(n // 3, parcela=str(n % 3), sacado=sacados[n % 4]) for n in range(23)))
        for titulo_id in ids[5:9]:
            register(titulo_id)
        filtro = TituloFilter(conta.id)
        pages = [store.titulos.page(filtro, sort, descending, offset, 5) for offset in range(0, 30, 5)]
        assert [row.id for page in pages for row in page] == list(store.titulos.ids(filtro, sort, descending))
        assert [len(page) for page in pages] == [5, 5, 5, 5, 3, 0]
        assert store.titulos.ids(filtro, sort, not descending) == store.titulos.ids(filtro, sort, descending)[::-1]

    def test_money_and_days_are_sorted_as_what_they_are(self, add_titulos: Add, all_ids: Find) -> None:
        dear, cheap, cheapest = add_titulos(
            novo_titulo(1, valor=Reais(1_000_00), vencimento=date(2027, 1, 2)),
            novo_titulo(2, valor=Reais(999_00), vencimento=date(2026, 12, 30)),
            novo_titulo(3, valor=Reais(5), vencimento=date(2027, 1, 1)),
        )
        assert all_ids(TituloSort.VALOR) == (cheapest, cheap, dear)
        assert all_ids(TituloSort.VENCIMENTO, True) == (dear, cheapest, cheap)

    def test_sacados_are_sorted_as_people_read_them(self, add_titulos: Add, all_ids: Find) -> None:
        zelia = Sacado("ZÉLIA", Documento.parse("111.444.777-35"), ENDERECO)
        joao, agua, zelias, aurora = add_titulos(
            novo_titulo(1, sacado=JOAO), novo_titulo(2, sacado=ADEGA), novo_titulo(3, sacado=zelia), novo_titulo(4)
        )
        assert all_ids(TituloSort.SACADO) == (agua, joao, aurora, zelias)

    def test_parcelas_follow_their_titulo(self, add_titulos: Add, all_ids: Find) -> None:
        b2, a2, b1, a1 = add_titulos(
            *(
                novo_titulo(numero, parcela=parcela)
                for numero, parcela in (("B", "2"), ("A", "2"), ("B", "1"), ("A", "1"))
            )
        )
        assert all_ids(TituloSort.TITULO) == (a1, a2, b1, b2)


def test_nothing_found_is_worth_nothing(store: Store, conta: ContaBancaria) -> None:
    filtro = TituloFilter(conta.id)
    assert store.titulos.totais(filtro) == Totais(0, Reais(0))
    assert store.titulos.count_by_situacao(filtro) == {}
    assert store.titulos.page(filtro, TituloSort.VALOR, False, 0, 10) == ()


def test_totals_do_not_overflow(store: Store, conta: ContaBancaria, add_titulos: Add) -> None:
    largest = Reais(9_999_999_999_99)
    add_titulos(*(replace(novo_titulo(n), valor=largest) for n in range(10)))
    assert store.titulos.totais(TituloFilter(conta.id)) == Totais(10, Reais(99_999_999_999_90))
