from collections.abc import Iterator
from pathlib import Path

import pytest

from bancointegra.simulator import Simulator
from tests.end_to_end.office import Office, open_office


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Simulator]:
    with Simulator(tmp_path / "banco") as simulator:
        yield simulator


@pytest.fixture
def office(tmp_path: Path, bank: Simulator) -> Office:
    return open_office(tmp_path / "dados", bank)
