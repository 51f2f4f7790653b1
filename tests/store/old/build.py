"""Builds ``<version>.sqlite3`` beside this script: the data file as this version writes it, with a few rows.

Run once when a version is released (``python -m tests.store.old.build``), and never again for that version: the
file shows for ever that what this version wrote can still be opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import bancointegra
from bancointegra.domain.boleto import Pagamento, SituacaoNoBanco
from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.store import Store, open_store
from tests.builders import (
    ENTRY,
    JOAO,
    NOW,
    KnownInstances,
    ManualClock,
    consulta_de,
    conta_itau,
    novo_titulo,
    plan,
    registrado_de,
)

ENCARGOS = Encargos(
    Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.00")),
    Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(33)),
    TipoDesconto.VALOR_ATE_DATA,
    (Desconto(date(2026, 12, 10), Reais(500)),),
)
SAID = HistoryEntry(NOW, "O banco respondeu", "como sempre", "maria")


def build(path: Path) -> None:
    """One título of every situation an order can be in: untouched, prepared, sent, in doubt, registered, paid."""
    store = open_store(path, instances=KnownInstances("programa-antigo"), clock=ManualClock())
    conta = store.contas.save(conta_itau(client_id="0b3c", encargos_padrao=ENCARGOS))
    tipo = store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO ITAÚ", conta.id))
    novos = [novo_titulo(number, encargos=ENCARGOS) for number in range(1001, 1007)]
    novos[1] = replace(novos[1], sacado=JOAO, observacao="Não protestar")
    store.titulos.add_many(conta.id, tipo.id, novos, ENTRY)
    _pending, prepared, sent, doubtful, registered, paid = _ids(store)
    store.journal.prepare_registro(prepared, plan, "a")
    _send(store, sent)
    store.journal.doubt(_send(store, doubtful), "sem resposta", SAID)
    _register(store, registered)
    _register(store, paid)
    boleto = store.titulos.get(paid).boleto
    assert boleto is not None
    payment = (Pagamento(Reais(12500), date(2026, 12, 1)),)
    answer = consulta_de(boleto, SituacaoNoBanco.LIQUIDADO, pagamentos=payment, consultado_em=NOW + timedelta(days=9))
    store.titulos.apply_consulta(paid, answer, Situacao.LIQUIDADO, SAID)
    store.close()


def _ids(store: Store) -> Iterator[int]:
    conta = store.contas.by_mnemonico("ITAU01")
    assert conta is not None
    found = store.titulos.existing(conta.id, [(str(number), "1") for number in range(1001, 1007)])
    return (found[str(number), "1"].id for number in range(1001, 1007))


def _send(store: Store, titulo_id: int) -> int:
    order = store.journal.prepare_registro(titulo_id, plan, "a")
    return store.journal.mark_enviada(order.id, "a").id


def _register(store: Store, titulo_id: int) -> None:
    order_id = _send(store, titulo_id)
    store.journal.confirm_registro(order_id, registrado_de(store.journal.get(order_id).pedido), SAID)


if __name__ == "__main__":
    target = Path(__file__).with_name(f"{bancointegra.__version__}.sqlite3")
    if target.exists():
        raise SystemExit(f"{target.name} is there already: remove it first if its version was never released")
    build(target)
