from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bancointegra.domain.errors import StoreError
from bancointegra.system.logging_setup import configure_logging, stop_logging

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
logger = logging.getLogger("bancointegra.teste")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    yield configure_logging(tmp_path / "logs")
    stop_logging()
    root.setLevel(level)


def test_every_part_of_a_record_is_masked(log: Path) -> None:
    try:
        raise ValueError("falhou com client_secret=abacate")
    except ValueError:
        logger.info("CPF %s", "123.456.789-09", exc_info=True)
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "ValueError: falhou com client_secret=***" in text
    assert "CPF ***8909" in text
    assert "abacate" not in text
    assert "123.456" not in text


def test_the_record_itself_stays_as_it_was_for_other_handlers(log: Path) -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "CPF %s", ("12345678909",), None)
    logging.getLogger().handle(record)
    assert record.getMessage() == "CPF 12345678909"
    assert "12345678909" not in log.read_text(encoding="utf-8")


def test_configuring_again_moves_the_log(log: Path, tmp_path: Path) -> None:
    other = configure_logging(tmp_path / "outra")
    logger.info("para a outra")
    assert "para a outra" in other.read_text(encoding="utf-8")
    assert "para a outra" not in log.read_text(encoding="utf-8")


def test_the_file_rotates_and_old_lines_stay_for_a_while(log: Path) -> None:
    for number in range(30):
        logger.info("linha %s %s", number, "é" * 50_000)
    assert "linha 29" in log.read_text(encoding="utf-8")
    assert "linha 0 " in log.with_name(log.name + ".1").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_renamed_goes_on_growing(log: Path) -> None:
    for old in (4, 5):  # a folder in the place of the oldest files: they can be neither removed nor replaced
        log.with_name(f"{log.name}.{old}").mkdir()
    for number in range(30):
        logger.info("linha %s %s", number, "é" * 50_000)
    text = log.read_text(encoding="utf-8")
    assert "linha 0 " in text
    assert "linha 29 " in text


def test_a_bug_is_logged_whole_and_masked(log: Path, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ZeroDivisionError("senha=abacate")
    except ZeroDivisionError:
        logger.exception("incident 7KQ4M")
    text = log.read_text(encoding="utf-8")
    assert "incident 7KQ4M" in text
    assert "ZeroDivisionError" in text
    assert "abacate" not in text
    caplog.clear()


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "arquivo").write_text("")
    with pytest.raises(StoreError, match="arquivo"):
        configure_logging(tmp_path / "arquivo" / "logs")
