"""The office every test of a service works in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.office import Office
from tests.services.pay_office import PayFolder, PayOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def titulo_id(office: Office) -> int:
    return office.add()[0]


@pytest.fixture(scope="session")
def pay_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PayFolder]:
    opened = PayFolder(tmp_path_factory.mktemp("pagar"))
    yield opened
    opened.store.close()


@pytest.fixture
def pay_office(pay_folder: PayFolder) -> PayOffice:
    return PayOffice(pay_folder)
