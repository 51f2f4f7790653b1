"""The office every test of a service works in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bancointegra.store import open_store
from tests.builders import KnownInstances, ManualClock
from tests.services.office import Office
from tests.services.pay_office import STORE_FILE, PayOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def titulo_id(office: Office) -> int:
    return office.add()[0]


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data file without data: its migrations take longer than most tests."""
    path = tmp_path_factory.mktemp("vazio") / STORE_FILE
    open_store(path, instances=KnownInstances(), clock=ManualClock()).close()
    return path


@pytest.fixture
def make_pay_office(tmp_path: Path, empty_store: Path) -> Iterator[Callable[..., PayOffice]]:
    opened: list[PayOffice] = []

    def make(**options: Any) -> PayOffice:
        shutil.copy(empty_store, tmp_path / STORE_FILE)
        opened.append(PayOffice(tmp_path, **options))
        return opened[-1]

    yield make
    for office in opened:
        office.close()


@pytest.fixture
def pay_office(make_pay_office: Callable[..., PayOffice]) -> PayOffice:
    return make_pay_office()
