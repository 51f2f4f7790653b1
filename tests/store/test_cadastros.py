"""The registers: pagadores, tipos de cobrança and Escritórios de Cobrança."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError, RuleError, StoreError
from bancointegra.domain.instrucao import Protestar
from bancointegra.domain.pagador import Pagador, PagadorSort
from bancointegra.domain.plano_instrucao import plan_instrucao
from bancointegra.domain.situacao import Situacao
from bancointegra.store import Store
from tests.builders import AURORA, ENDERECO, ENTRY, JOAO, NOW, novo_titulo, plan, registrado_de

ZELIA = Sacado("ZÉLIA", Documento.parse("111.444.777-35"), replace(ENDERECO, cidade="Araras"))


def nomes(found: tuple[Pagador, ...]) -> list[str]:
    return [pagador.sacado.nome for pagador in found]


@pytest.fixture
def three(store: Store) -> tuple[Pagador, ...]:
    return tuple(store.pagadores.save(Pagador(0, sacado, "a@b.com.br")) for sacado in (JOAO, AURORA, ZELIA))


class TestPagadores:
    def test_they_come_back_whole_and_are_found_by_words_and_documento(
        self, store: Store, three: tuple[Pagador, ...]
    ) -> None:
        joao, aurora, _zelia = three
        assert joao == Pagador(joao.id, JOAO, "a@b.com.br")
        assert store.pagadores.search("avila JOAO", 5) == (joao,)
        assert store.pagadores.search("12abc345", 5) == store.pagadores.search("12.ABC.345/", 5) == (aurora,)
        assert store.pagadores.by_documento("12ABC34501DE35") == aurora
        assert store.pagadores.by_documento("00000000000191") is None

    def test_pages_sorted_counted_and_by_id(self, store: Store, three: tuple[Pagador, ...]) -> None:
        assert nomes(store.pagadores.page("", PagadorSort.NOME, False, 0, 2)) == ["João Ávila", "MERCADO AURORA LTDA"]
        assert nomes(store.pagadores.page("", PagadorSort.CIDADE, False, 0, 1)) == ["ZÉLIA"]
        assert nomes(store.pagadores.rows(store.pagadores.ids("", PagadorSort.DOCUMENTO, True))) == [
            "João Ávila",
            "MERCADO AURORA LTDA",
            "ZÉLIA",
        ]
        assert store.pagadores.count("aurora") == 1
        assert store.pagadores.rows([99, three[0].id]) == (three[0],)

    def test_a_documento_is_one_person(self, store: Store, three: tuple[Pagador, ...]) -> None:
        with pytest.raises(InputError, match="Já existe um pagador") as refused:
            store.pagadores.save(Pagador(0, replace(JOAO, documento=AURORA.documento)))
        assert (refused.value.field, refused.value.code) == ("CPF/CNPJ", "pagador_repetido")

    def test_a_change_of_what_was_not_seen_is_refused(self, store: Store, three: tuple[Pagador, ...]) -> None:
        seen = three[0]
        changed = store.pagadores.save(replace(seen, email="novo@b.com.br"), seen)
        with pytest.raises(RuleError, match="mudou"):
            store.pagadores.save(replace(seen, email=""), seen)
        assert store.pagadores.rows([seen.id]) == (changed,)

    def test_the_documento_stays_once_the_bank_knows_it(
        self, store: Store, add_titulos: Callable[..., list[int]]
    ) -> None:
        (titulo_id,) = add_titulos(novo_titulo(1, sacado=JOAO))
        joao = store.pagadores.search("joao", 1)[0]
        other = replace(joao, sacado=replace(JOAO, documento=ZELIA.documento))
        joao = store.pagadores.save(other, joao)
        store.journal.prepare_registro(titulo_id, plan, "a")
        with pytest.raises(RuleError, match="já teve boletos"):
            store.pagadores.save(replace(joao, sacado=JOAO), joao)

    def test_only_somebody_without_titulos_is_deleted(
        self, store: Store, add_titulos: Callable[..., list[int]], three: tuple[Pagador, ...]
    ) -> None:
        joao, _aurora, zelia = three
        add_titulos(novo_titulo(1, sacado=JOAO), novo_titulo(2, sacado=JOAO))
        store.pagadores.delete(zelia.id)
        with pytest.raises(RuleError, match="João Ávila tem títulos"):
            store.pagadores.delete(joao.id)
        assert store.pagadores.titulos_by_situacao(joao.id) == {Situacao.PENDENTE: 2}
        with pytest.raises(StoreError, match="não existe mais"):
            store.pagadores.delete(zelia.id)


def test_a_tipo_is_deleted_when_unused_and_not_the_last(
    store: Store, conta: ContaBancaria, tipo: TipoCobranca, titulo_id: int
) -> None:
    aluguel = store.contas.save_tipo_cobranca(TipoCobranca(0, "ALUGUEL", conta.id))
    assert [(each.tipo, each.mnemonico, each.titulos) for each in store.contas.tipos_em_uso()] == [
        (aluguel, "ITAU01", 0),
        (tipo, "ITAU01", 1),
    ]
    with pytest.raises(RuleError, match="Há títulos"):
        store.contas.delete_tipo_cobranca(tipo.id)
    store.contas.delete_tipo_cobranca(aluguel.id)
    assert store.contas.tipos_cobranca(conta.id) == (tipo,)


def test_the_last_tipo_of_an_account_stays(store: Store, tipo: TipoCobranca) -> None:
    with pytest.raises(RuleError, match="único"):
        store.contas.delete_tipo_cobranca(tipo.id)


class TestEscritorios:
    def test_renamed_and_deleted_while_unused(self, store: Store) -> None:
        store.escritorios.add("Silva")
        store.escritorios.add("Recupera")
        store.escritorios.rename("Silva", "Silva & Souza")
        with pytest.raises(InputError, match="já está"):
            store.escritorios.rename("Recupera", "Silva & Souza")
        store.escritorios.delete("Recupera")
        assert store.escritorios.all() == ("Silva & Souza",)
        with pytest.raises(StoreError, match="não existe mais"):
            store.escritorios.rename("Silva", "Outro")

    def test_one_with_a_protest_stays(self, store: Store, titulo_id: int) -> None:
        store.escritorios.add("Silva")
        order = store.journal.prepare_registro(titulo_id, plan, "a")
        store.journal.mark_enviada(order.id, "a")
        store.journal.confirm_registro(order.id, registrado_de(order.pedido), ENTRY)
        a_month_late = Protestar(store.titulos.get(titulo_id).vencimento + timedelta(days=30), "Silva")
        store.journal.prepare_instrucao(
            titulo_id, lambda titulo, conta: plan_instrucao(titulo, conta, a_month_late, NOW.date()), "b"
        )
        assert store.escritorios.protestos() == {"Silva": 1}
        with pytest.raises(RuleError, match="acompanha protestos"):
            store.escritorios.delete("Silva")
