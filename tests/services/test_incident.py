"""Bugs get a number that the clerk can read out and support can find."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bancointegra.domain.errors import RuleError
from bancointegra.services.incident import Incident, as_app_error, new_number

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_already_speaks_to_the_clerk_stays_as_it_is() -> None:
    error = RuleError("não pode")
    assert as_app_error(error) is error


def test_a_bug_is_logged_under_the_number_it_is_shown_with(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ZeroDivisionError("dividido por zero")
    except ZeroDivisionError as error:
        incident = as_app_error(error)
    assert isinstance(incident, Incident)
    assert incident.number in incident.message
    assert "ZeroDivisionError" in incident.details
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert incident.number in record.getMessage()


def test_numbers_carry_the_day_and_differ() -> None:
    numbers = {new_number(NOW) for _ in range(200)}
    assert len(numbers) == 200
    assert all(number.startswith("20261123-") and len(number) == 14 for number in numbers)
