"""Many windows and programs at one journal: one sends, and no number is given twice."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import RuleError
from bancointegra.domain.order import OrderState
from bancointegra.store import Store, open_store
from tests.builders import ENTRY, KnownInstances, ManualClock, conta_itau, novo_titulo, plan, registrado_de

Outcome = TypeVar("Outcome")

WINDOWS = 8

ANOTHER_PROGRAM = """
import sys, uuid
from pathlib import Path
from bancointegra.domain.errors import RuleError
from bancointegra.store import open_store
from tests.builders import ENTRY, KnownInstances, ManualClock, plan, registrado_de

print("pronto", flush=True)
sys.stdin.readline()
store = open_store(Path(sys.argv[1]), instances=KnownInstances(sys.argv[2]), clock=ManualClock())
for titulo_id in map(int, sys.argv[3].split(",")):
    claim = uuid.uuid4().hex
    try:
        order = store.journal.prepare_registro(titulo_id, plan, claim)
        order = store.journal.mark_enviada(order.id, claim)
    except RuleError:
        continue
    print(order.nosso_numero, flush=True)
    store.journal.confirm_registro(order.id, registrado_de(order.pedido), ENTRY)
store.close()
"""


def _at_once(work: Callable[[int], Outcome]) -> list[Outcome]:
    """What ``work`` returns in each of the windows, all begun at the same moment."""
    start = threading.Barrier(WINDOWS)

    def begin(window: int) -> Outcome:
        start.wait()
        return work(window)

    with ThreadPoolExecutor(WINDOWS) as pool:
        return list(pool.map(begin, range(WINDOWS)))


@pytest.mark.parametrize("attempt", range(5))
def test_one_window_sends_a_titulo(store: Store, titulo_id: int, attempt: int) -> None:
    def register(window: int) -> bool:
        claim = f"janela {window}"
        try:
            order = store.journal.prepare_registro(titulo_id, plan, claim)
            return store.journal.mark_enviada(order.id, claim).claim == claim
        except RuleError as error:
            assert error.code in ("em_andamento", "a_confirmar")
            return False

    assert sum(_at_once(register)) == 1
    (order,) = store.journal.in_doubt()
    assert (order.attempts, order.nosso_numero, order.state) == (1, "00000001", OrderState.ENVIADA)


def test_one_window_reconciles_an_order(store: Store, titulo_id: int) -> None:
    order = store.journal.prepare_registro(titulo_id, plan, "a")
    seen = store.journal.mark_enviada(order.id, "a")
    assert sum(_at_once(lambda window: store.journal.take_over(seen, f"janela {window}"))) == 1


def test_numbers_are_unique_and_contiguous_under_eight_windows_and_two_contas(
    store: Store, conta: ContaBancaria, add_titulos: Callable[..., list[int]]
) -> None:
    twin = store.contas.save(conta_itau(mnemonico="GEMEA"))
    ids = add_titulos(count=100) + add_titulos(*(novo_titulo(n) for n in range(100)), conta_id=twin.id)

    def register(window: int) -> list[int]:
        numbers = []
        for titulo_id in ids[window::WINDOWS]:
            order = store.journal.prepare_registro(titulo_id, plan, f"{window}/{titulo_id}")
            store.journal.mark_enviada(order.id, order.claim)
            store.journal.confirm_registro(order.id, registrado_de(order.pedido), ENTRY)
            numbers.append(int(order.nosso_numero))
        return numbers

    numbers = [number for window in _at_once(register) for number in window]
    assert sorted(numbers) == list(range(1, 201))
    in_force = [store.journal.registro_in_force(titulo_id) for titulo_id in ids]
    assert sorted(int(order.nosso_numero) for order in in_force if order) == list(range(1, 201))


def test_two_programs_on_one_file(store: Store, data_file: Path, add_titulos: Callable[..., list[int]]) -> None:
    ids = add_titulos(count=40)
    listed = ",".join(map(str, ids))
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", ANOTHER_PROGRAM, str(data_file), f"programa-{number}", listed],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "pronto\n"
    outputs = []
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("já\n")
        program.stdin.flush()
    for program in programs:
        output, _ = program.communicate(timeout=60)
        assert program.returncode == 0
        outputs.append(output.split())
    sent = sorted(int(number) for output in outputs for number in output)
    assert sent == list(range(1, 41))
    assert all(store.journal.registro_in_force(titulo_id) for titulo_id in ids)


@pytest.mark.parametrize("attempt", range(3))
def test_two_programs_may_make_the_same_new_file(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / "novo.sqlite3"

    def make(window: int) -> bool:
        opened = open_store(path, instances=KnownInstances(), clock=ManualClock())
        opened.contas.save(conta_itau(mnemonico=f"CONTA {window}"))
        opened.close()
        return True

    assert all(_at_once(make))
    last = open_store(path, instances=KnownInstances(), clock=ManualClock(), check_integrity=True)
    assert len(last.contas.search("")) == WINDOWS
    last.close()
