"""Faults between client and bank: before, nothing was done; after, it was, and the answer suffers."""

from __future__ import annotations

import time

import httpx
import pytest

from bancointegra.simulator import Fault

NUMBER = "00000001"
CUT = (httpx.RemoteProtocolError, httpx.ReadError)


@pytest.fixture
def ready(client):
    """A client that already has its token, so that the next request is the one under test."""
    client.headers()
    return client


@pytest.fixture
def inject(simulator):
    def inject(kind, phase, **options):
        simulator.bank.faults.inject(Fault(kind, phase, "emissao", **options))

    return inject


@pytest.mark.parametrize("phase, registered", [("before", 0), ("after", 1)])
class TestBothPhases:
    @pytest.mark.parametrize("status", [408, 500, 503, 504])
    def test_status(self, simulator, ready, emission, inject, phase, registered, status):
        inject("status", phase, status=status)
        answer = ready.emit(emission())
        assert answer.status_code == status
        assert answer.json()["codigo"] == str(status)
        assert simulator.bank.registration_count(NUMBER) == registered

    def test_429_says_when_to_come_back(self, simulator, ready, emission, inject, phase, registered):
        inject("status", phase, status=429, retry_after=3)
        assert ready.emit(emission()).headers["Retry-After"] == "3"
        assert simulator.bank.registration_count(NUMBER) == registered

    def test_empty_body(self, simulator, ready, emission, inject, phase, registered):
        inject("empty_body", phase)
        answer = ready.emit(emission())
        assert (answer.status_code, answer.content) == (200, b"")
        assert simulator.bank.registration_count(NUMBER) == registered

    def test_html_body(self, simulator, ready, emission, inject, phase, registered):
        inject("html_body", phase, status=502)
        answer = ready.emit(emission())
        assert answer.status_code == 502
        assert answer.headers["content-type"].startswith("text/html")
        assert simulator.bank.registration_count(NUMBER) == registered

    def test_invalid_json(self, simulator, ready, emission, inject, phase, registered):
        inject("invalid_json", phase)
        with pytest.raises(ValueError, match=r"delimiter|Unterminated|Expecting"):
            ready.emit(emission()).json()
        assert simulator.bank.registration_count(NUMBER) == registered

    @pytest.mark.parametrize("kind", ["dropped_connection", "truncated_body"])
    def test_cut(self, simulator, ready, emission, inject, phase, registered, kind):
        inject(kind, phase)
        with pytest.raises(CUT):
            ready.emit(emission())
        assert simulator.bank.registration_count(NUMBER) == registered
        assert simulator.bank.requests("emissao")[-1].status == 0

    def test_token_expired(self, simulator, ready, emission, inject, phase, registered):
        inject("token_expired", phase)
        assert ready.emit(emission()).status_code == 401
        assert simulator.bank.registration_count(NUMBER) == registered


def test_slow_answer_after_the_commit(simulator, ready, emission, inject):
    inject("delay", "after", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        ready.http.post(f"{simulator.hosts.emissao}/boletos", json=emission(), headers=ready.headers(), timeout=0.5)
    assert simulator.bank.registration_count(NUMBER) == 1


def test_slow_bank_commits_after_the_client_gave_up(simulator, ready, emission, inject):
    inject("delay", "before", seconds=1)
    with pytest.raises(httpx.ReadTimeout):
        ready.http.post(f"{simulator.hosts.emissao}/boletos", json=emission(), headers=ready.headers(), timeout=0.3)
    assert simulator.bank.registration_count(NUMBER) == 0
    deadline = time.monotonic() + 10
    while not simulator.bank.registration_count(NUMBER) and time.monotonic() < deadline:
        ready.query("00000099")
    assert simulator.bank.registration_count(NUMBER) == 1


def test_times_and_routes(simulator, ready, emission):
    simulator.bank.faults.inject(Fault("status", route="consulta", times=2, status=503))
    assert ready.emit(emission()).status_code == 200
    assert [ready.query().status_code for _ in range(3)] == [503, 503, 200]


def test_until_cleared(simulator, ready):
    simulator.bank.faults.inject(Fault("status", times=0, status=500))
    assert [ready.query().status_code for _ in range(3)] == [500] * 3
    simulator.bank.faults.clear()
    assert ready.query().status_code == 200


def test_instructions_and_tokens_are_routes_of_their_own(simulator, client, emission):
    simulator.bank.faults.inject(Fault("status", route="token", status=503))
    assert client.token_answer().status_code == 503
    client.emit(emission())
    simulator.bank.faults.inject(Fault("empty_body", "after", route="instrucao"))
    assert client.patch("baixa").status_code == 200
    assert client.situacao() == "Baixada"


def test_the_log_names_the_fault(simulator, ready, emission, inject):
    inject("status", "after", status=500)
    ready.emit(emission())
    received = simulator.bank.requests("emissao")[-1]
    assert (received.status, received.fault) == (500, "after status")


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "terremoto"},
        {"kind": "status"},
        {"kind": "delay", "phase": "durante"},
        {"kind": "delay", "route": "lugar_nenhum"},
        {"kind": "delay", "seconds": -1},
    ],
)
def test_nonsense(options):
    with pytest.raises(ValueError):
        Fault(**options)
