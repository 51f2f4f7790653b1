from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bancointegra.domain.errors import StoreError
from bancointegra.domain.ports import Instances
from bancointegra.system.instances import RunningInstances

ANOTHER_PROGRAM = (
    "import sys; from pathlib import Path; from bancointegra.system.instances import RunningInstances\n"
    "instances = RunningInstances(Path(sys.argv[1])); print(instances.current, flush=True); sys.stdin.read()\n"
    "instances.close()\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "instances"


@pytest.fixture
def another_program(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A second program on the same folder, and its identity; ends when its input closes."""
    command = [sys.executable, "-c", ANOTHER_PROGRAM, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def locks(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.lock")} - {"registry"}


def test_this_run_is_alive_until_closed(folder: Path) -> None:
    with RunningInstances(folder) as own, RunningInstances(folder) as other:
        instances: Instances = other
        assert instances.is_alive(other.current)
        assert own.current != other.current
        assert other.is_alive(own.current)
        assert own.is_alive(other.current)
        own.close()
        assert not other.is_alive(own.current)
        assert not own.is_alive(own.current)
    assert locks(folder) == set()


def test_a_killed_program_is_over_at_once(folder: Path, another_program: tuple[subprocess.Popen[str], str]) -> None:
    process, identity = another_program
    with RunningInstances(folder) as own:
        assert own.is_alive(identity)
        process.kill()
        process.wait()
        assert identity in locks(folder)
        assert not own.is_alive(identity)
        assert locks(folder) == {own.current}


def test_a_program_that_ends_well_leaves_nothing(
    folder: Path, another_program: tuple[subprocess.Popen[str], str]
) -> None:
    process, identity = another_program
    assert identity in locks(folder)
    process.communicate("")
    assert process.returncode == 0
    assert locks(folder) == set()


def test_the_remains_of_a_killed_program_are_cleaned_at_the_next_start(
    folder: Path, another_program: tuple[subprocess.Popen[str], str]
) -> None:
    process, identity = another_program
    process.kill()
    process.wait()
    with RunningInstances(folder) as own:
        assert locks(folder) == {own.current}
        assert not own.is_alive(identity)


def test_a_start_does_not_disturb_the_living(folder: Path, another_program: tuple[subprocess.Popen[str], str]) -> None:
    _process, identity = another_program
    with RunningInstances(folder), RunningInstances(folder) as last:
        assert last.is_alive(identity)


@pytest.mark.parametrize("identity", ["", "registry", "../registry", "a" * 32, "A" * 32, "../../etc/passwd"])
def test_an_identity_nobody_has_is_not_alive_and_touches_no_file(folder: Path, identity: str) -> None:
    with RunningInstances(folder) as own:
        assert not own.is_alive(identity)
        assert locks(folder) == {own.current}
        assert (folder / "registry.lock").exists()


def test_many_asking_at_once_all_get_the_same_answer(
    folder: Path, another_program: tuple[subprocess.Popen[str], str]
) -> None:
    process, identity = another_program
    with RunningInstances(folder) as first, RunningInstances(folder) as second, ThreadPoolExecutor(8) as pool:
        asked = [first, second] * 20
        assert all(pool.map(lambda instances: instances.is_alive(identity), asked))
        process.kill()
        process.wait()
        assert not any(pool.map(lambda instances: instances.is_alive(identity), asked))


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "arquivo").write_text("")
    with pytest.raises(StoreError, match="arquivo"):
        RunningInstances(tmp_path / "arquivo" / "instances")
