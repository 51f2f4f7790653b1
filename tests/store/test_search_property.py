"""Whatever is stored and asked: rows, ids, totals and counts agree with each other and with a plain Python search."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bancointegra.domain.boleto import Pagamento, Sacado, SituacaoNoBanco
from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.order import OrderState
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import NovoTitulo, TipoPeriodo, Titulo, TituloFilter, TituloSort, Totais
from bancointegra.store import Store, open_store
from tests.builders import (
    ENDERECO,
    ENTRY,
    KnownInstances,
    ManualClock,
    consulta_de,
    conta_itau,
    novo_titulo,
    plan,
    registrado_de,
)

FIRST_DAY = date(2026, 11, 20)
DAYS = st.integers(0, 4).map(lambda n: FIRST_DAY + timedelta(days=n))
SACADOS = [
    Sacado(nome, Documento.parse(documento), ENDERECO)
    for nome, documento in (
        ("João Ávila", "52998224725"),
        ("100% NATURAL_ME", "11144477735"),
        ("AURORA", "12ABC34501DE35"),
    )
]
FATES = st.sampled_from(["pendente", "preparada", "enviada", "indefinida", "recusada", "registrado", "baixado", "pago"])

NOVOS = st.lists(
    st.builds(
        lambda numero, parcela, sacado, dias, valor: novo_titulo(
            numero, parcela=parcela, sacado=sacado, emissao=FIRST_DAY, vencimento=dias, valor=Reais(valor)
        ),
        st.sampled_from(["1", "10", "A-1", "É2"]),
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(SACADOS),
        DAYS,
        st.integers(1, 3),
    ),
    max_size=8,
    unique_by=lambda novo: (novo.numero, novo.parcela),
)

QUESTIONS = st.fixed_dictionaries(
    {
        "situacoes": st.frozensets(st.sampled_from(list(Situacao)[:4]), max_size=2),
        "tipo_periodo": st.sampled_from(TipoPeriodo),
        "de": st.none() | DAYS,
        "ate": st.none() | DAYS,
        "texto": st.sampled_from(["", "joao", "ÁVILA 1", "%", "_", "10/", "a-1", "e2", "529.982", "109/", "nada"]),
        "somente_a_confirmar": st.booleans(),
        "other_tipo": st.booleans(),
    }
)

_mnemonicos = (f"CONTA {n}" for n in itertools.count())


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One file for all examples; each example has an account of its own in it."""
    path = tmp_path_factory.mktemp("busca") / "dados.sqlite3"
    store = open_store(path, instances=KnownInstances(), clock=ManualClock())
    yield store
    store.close()


def _live(store: Store, titulo_id: int, fate: str, day: date) -> None:
    """Take a título to the state its fate names, by the journal's own steps."""
    if fate == "pendente":
        return
    order = store.journal.prepare_registro(titulo_id, plan, "a")
    if fate == "preparada":
        return
    store.journal.mark_enviada(order.id, "a")
    if fate == "indefinida":
        store.journal.doubt(order.id, "?", ENTRY)
    if fate == "recusada":
        store.journal.refuse(order.id, "não", ENTRY)
    if fate in ("registrado", "baixado", "pago"):
        boleto = registrado_de(order.pedido)
        store.journal.confirm_registro(order.id, boleto, ENTRY)
    if fate == "baixado":
        store.titulos.apply_consulta(titulo_id, consulta_de(boleto), Situacao.BAIXADO, ENTRY)
    if fate == "pago":
        paid = consulta_de(boleto, SituacaoNoBanco.PAGO, pagamentos=(Pagamento(boleto.valor, day),))
        store.titulos.apply_consulta(titulo_id, paid, Situacao.LIQUIDADO, ENTRY)


def _is_found(titulo: Titulo, filtro: TituloFilter, *, any_situacao: bool = False) -> bool:
    day = {
        TipoPeriodo.VENCIMENTO: titulo.vencimento,
        TipoPeriodo.EMISSAO: titulo.emissao,
        TipoPeriodo.LIQUIDACAO: titulo.liquidado_em,
    }[filtro.tipo_periodo]
    bounded = filtro.de is not None or filtro.ate is not None
    in_period = not bounded or (
        day is not None and (filtro.de is None or day >= filtro.de) and (filtro.ate is None or day <= filtro.ate)
    )
    documento = titulo.sacado.documento
    boleto = (
        f"{titulo.boleto.carteira}/{titulo.boleto.nosso_numero}-{titulo.boleto.dac_nosso_numero}"
        if titulo.boleto
        else ""
    )
    shown = (
        fold(f"{titulo.identificacao} {boleto}"),
        fold(f"{titulo.sacado.nome} {documento.numero} {documento.formatado}"),
    )
    return (
        in_period
        and (any_situacao or not filtro.situacoes or titulo.situacao in filtro.situacoes)
        and filtro.tipo_cobranca_id in (None, titulo.tipo_cobranca_id)
        and all(any(word in text for text in shown) for word in fold(filtro.texto).split())
        and (titulo.a_confirmar or not filtro.somente_a_confirmar)
    )


@settings(max_examples=60, deadline=None)
@given(
    novos=NOVOS,
    fates=st.lists(st.tuples(FATES, DAYS), min_size=8, max_size=8),
    question=QUESTIONS,
    sort=st.sampled_from(TituloSort),
    descending=st.booleans(),
    size=st.integers(1, 4),
)
def test_all_answers_agree(
    shared_store: Store,
    novos: list[NovoTitulo],
    fates: list[tuple[str, date]],
    question: dict[str, object],
    sort: TituloSort,
    descending: bool,
    size: int,
) -> None:
    titulos = shared_store.titulos
    conta = shared_store.contas.save(conta_itau(mnemonico=next(_mnemonicos)))
    tipos = [shared_store.contas.save_tipo_cobranca(TipoCobranca(0, nome, conta.id)) for nome in ("A", "B")]
    for number, novo in enumerate(novos):
        titulos.add_many(conta.id, tipos[number % 2].id, [novo], ENTRY)
    ids = [titulos.existing(conta.id, [(novo.numero, novo.parcela)])[novo.numero, novo.parcela].id for novo in novos]
    for titulo_id, (fate, day) in zip(ids, fates, strict=False):
        _live(shared_store, titulo_id, fate, day)
    stored = [titulos.get(titulo_id) for titulo_id in ids]

    tipo_id = tipos[1].id if question["other_tipo"] else None
    asked = {name: value for name, value in question.items() if name != "other_tipo"}
    filtro = TituloFilter(conta.id, tipo_cobranca_id=tipo_id, **asked)  # type: ignore[arg-type]
    expected = [titulo for titulo in stored if _is_found(titulo, filtro)]

    found = titulos.ids(filtro, sort, descending)
    pages = [titulos.page(filtro, sort, descending, offset, size) for offset in range(0, len(ids) + size, size)]
    rows = [row for page in pages for row in page]
    assert sorted(found) == sorted(titulo.id for titulo in expected)
    assert tuple(row.id for row in rows) == found
    assert titulos.rows(found) == tuple(rows)
    assert titulos.totais(filtro) == Totais(len(expected), Reais.total(titulo.valor for titulo in expected))
    assert titulos.count_by_situacao(filtro) == Counter(
        titulo.situacao for titulo in stored if _is_found(titulo, filtro, any_situacao=True)
    )
    by_id = {titulo.id: titulo for titulo in stored}
    assert all(row.a_confirmar == by_id[row.id].a_confirmar for row in rows)
    assert all(row.situacao is by_id[row.id].situacao for row in rows)
    in_doubt = {order.titulo_id for order in shared_store.journal.in_doubt(ids)}
    assert in_doubt == {titulo.id for titulo in stored if titulo.a_confirmar}
    assert all(
        order.state in (OrderState.ENVIADA, OrderState.INDEFINIDA) for order in shared_store.journal.in_doubt(ids)
    )
