"""The process dies by SIGKILL in the middle of a registration; nothing happens twice and nothing is lost."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from bancointegra.simulator import Fault
from tests.end_to_end.office import MNEMONICO, Office

SCRIPT = Path(__file__).with_name("killed_program.py")


def start_again_and_register_all(office: Office) -> list[dict[str, object]]:
    office.cli("titulos", "verificar")
    office.cli("titulos", "registrar", "--conta", MNEMONICO)
    return office.json_cli("titulos", "listar", "--conta", MNEMONICO)


def assert_each_registered_once(office: Office, listed: list[dict[str, object]]) -> None:
    assert [row["situacao"] for row in listed] == ["REGISTRADO"] * 3
    assert not any(row["a_confirmar"] for row in listed)
    numbers = [str(row["nosso_numero"]) for row in listed]
    assert len(set(numbers)) == 3
    assert [office.bank.bank.registration_count(number) for number in numbers] == [1, 1, 1]
    assert len(office.bank.bank.boletos()) == 3


@pytest.mark.parametrize("point", ["prepared", "sent-not-left", "answered-not-stored"])
def test_killed_by_itself(office: Office, point: str) -> None:
    first = office.titulo_ids[0]
    process = office.start_script(SCRIPT, point, str(first))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, errors

    assert_each_registered_once(office, start_again_and_register_all(office))


def test_killed_after_the_bank_committed_and_before_it_answered(office: Office) -> None:
    first = office.titulo_ids[0]
    office.bank.bank.faults.inject(Fault(kind="delay", phase="after", route="emissao", seconds=30))
    process = office.start_script(SCRIPT, "never", str(first))
    wait_until(lambda: len(office.bank.bank.boletos()) == 1)
    process.kill()
    process.communicate()
    office.bank.bank.faults.clear()

    doubtful = office.json_cli("titulos", "listar", "--conta", MNEMONICO)
    assert [row["a_confirmar"] for row in doubtful if row["id"] == first] == [True]
    assert_each_registered_once(office, start_again_and_register_all(office))


def wait_until(condition, seconds: float = 30) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
