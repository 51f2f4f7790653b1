"""The bank as a process of its own: its files, its words, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import signal
import ssl
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from bancointegra.simulator import Simulator, serve_forever

PROGRAM = """
import sys
from pathlib import Path
from bancointegra.simulator import serve_forever
serve_forever(0, Path(sys.argv[1]), lambda line: print(line, flush=True))
"""


@pytest.fixture
def start_bank(tmp_path):
    """Starts the bank of one folder as a process, ready to answer."""
    processes = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        processes.append(process)
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Ctrl+C"):
                return process
        raise AssertionError("the bank did not start")

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def call_bank(folder: Path, emission: Callable[..., dict] | None = None) -> httpx.Response:
    """Register boleto 1 when given an emission, else query it, knowing only the files of the folder."""
    known = json.loads((folder / "credenciais.json").read_text("utf-8"))
    context = ssl.create_default_context(cafile=known["ca"])
    context.load_cert_chain(known["certificado"], known["chave"])
    with httpx.Client(verify=context) as http:
        form = {"grant_type": "client_credentials"} | {name: known[name] for name in ("client_id", "client_secret")}
        token = http.post(f"{known['hosts']['token']}/api/oauth/token", data=form).json()["access_token"]
        headers = {
            "Authorization": f"Bearer {token}",
            "x-itau-apikey": known["client_id"],
            "x-itau-correlationID": "a",
        }
        if emission:
            return http.post(f"{known['hosts']['emissao']}/boletos", json=emission(), headers=headers)
        params = {"id_beneficiario": "150000052061", "codigo_carteira": "109", "nosso_numero": "00000001"}
        return http.get(f"{known['hosts']['consulta']}/boletos", params=params, headers=headers)


def test_a_kill_loses_nothing(tmp_path, start_bank, emission):
    process = start_bank()
    assert call_bank(tmp_path, emission).status_code == 200
    client_id = json.loads((tmp_path / "credenciais.json").read_text("utf-8"))["client_id"]
    process.kill()
    process.wait()
    start_bank()
    assert len(call_bank(tmp_path).json()["data"]) == 1
    assert call_bank(tmp_path, emission).status_code == 422
    assert json.loads((tmp_path / "credenciais.json").read_text("utf-8"))["client_id"] == client_id


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_sigterm_ends_it_in_order(start_bank):
    process = start_bank()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert "encerrado" in process.stdout.read()


def test_what_it_prints_and_writes(tmp_path):
    lines: list[str] = []
    running, ended = Event(), Event()

    def note(line: str) -> None:
        lines.append(line)
        if line.startswith("Ctrl+C"):
            running.set()

    thread = Thread(target=serve_forever, args=(0, tmp_path, note), kwargs={"stopping": ended})
    thread.start()
    try:
        assert running.wait(20)
    finally:
        ended.set()
        thread.join()
    text = "\n".join(lines)
    known = json.loads((tmp_path / "credenciais.json").read_text("utf-8"))
    assert "SIMULAÇÃO" in lines[0]
    assert "/__sim/" in text
    assert known["client_secret"] not in text
    for name in ("ca.pem", "cliente.crt", "cliente.key", "credenciais.json"):
        assert (tmp_path / name).exists()
    if os.name != "nt":
        for name in ("cliente.key", "credenciais.json", "ca.key"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_latency(tmp_path, emission):
    with Simulator(tmp_path / "lento", latency=0.2) as simulator:
        context = ssl.create_default_context(cafile=str(simulator.ca_path))
        with httpx.Client(verify=context) as http:
            answer = http.get(f"{simulator.hosts.consulta}/boletos")
    assert answer.elapsed.total_seconds() >= 0.2
