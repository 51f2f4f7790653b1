"""The command ``bancointegra simulador``: the bank alone, until it is told to stop."""

from __future__ import annotations

import json
import signal
import uuid
from collections.abc import Callable
from pathlib import Path
from threading import Event
from types import FrameType

from bancointegra.simulator.ca import write_private
from bancointegra.simulator.provisioning import SimulatedCredentials
from bancointegra.simulator.server import Simulator

CREDENTIALS_FILE = "credenciais.json"
CERTIFICATE_FILE = "cliente.crt"
KEY_FILE = "cliente.key"
_AGENCIA, _CONTA, _DAC, _CARTEIRA = "1500", "05206", "1", "109"


def serve_forever(
    port: int, data_dir: Path, print_line: Callable[[str], None], *, stopping: Event | None = None
) -> None:
    """Serve the bank of ``data_dir`` until Ctrl+C, SIGTERM or ``stopping``.

    The client of the first run, and its files, serve the later ones. ``print_line`` gets the lines for the screen.
    Raises ``OSError`` when the port is taken. To be called from the main thread unless ``stopping`` is given.
    """
    ended = stopping or Event()
    if stopping is None:
        _stop_on_signals(ended)
    with Simulator(data_dir, port=port) as simulator:
        credentials = provision_default(simulator, data_dir)
        for line in _introduction(simulator, credentials, data_dir):
            print_line(line)
        while not ended.wait(1):  # a wait without end would keep Windows from seeing Ctrl+C
            pass
    print_line("Banco simulado encerrado; o que foi registrado continua guardado.")


def provision_default(simulator: Simulator, data_dir: Path) -> SimulatedCredentials:
    """The client of the documentation account 1500/05206-1, carteira 109, with its files written for other programs."""
    file = data_dir / CREDENTIALS_FILE
    client_id = json.loads(file.read_text("utf-8"))["client_id"] if file.exists() else str(uuid.uuid4())
    credentials = simulator.provision(
        client_id=client_id, agencia=_AGENCIA, conta=_CONTA, dac=_DAC, carteiras=(_CARTEIRA,)
    )
    celcoin = simulator.provision_celcoin(client_id=credentials.client_id)
    (data_dir / CERTIFICATE_FILE).write_bytes(credentials.certificate_pem)
    write_private(data_dir / KEY_FILE, credentials.key_pem)
    content = {
        "aviso": "SIMULAÇÃO: estas credenciais só valem no banco simulado desta máquina.",
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "agencia": _AGENCIA,
        "conta": _CONTA,
        "dac": _DAC,
        "carteira": _CARTEIRA,
        "ca": str(simulator.ca_path),
        "certificado": str(data_dir / CERTIFICATE_FILE),
        "chave": str(data_dir / KEY_FILE),
        "hosts": {
            "token": simulator.hosts.token,
            "emissao": simulator.hosts.emissao,
            "consulta": simulator.hosts.consulta,
        },
        "celcoin": {
            "client_id": celcoin.client_id,
            "client_secret": celcoin.client_secret,
            "endereco": simulator.hosts.celcoin,
        },
        "painel": simulator.control_url,
    }
    write_private(file, json.dumps(content, ensure_ascii=False, indent=2).encode())
    return credentials


def _introduction(simulator: Simulator, credentials: SimulatedCredentials, data_dir: Path) -> list[str]:
    return [
        "SIMULAÇÃO: banco simulado atendendo só nesta máquina. Nada aqui é dinheiro de verdade.",
        f"  Painel da simulação: {simulator.control_url}",
        f"  Token:               {simulator.hosts.token}",
        f"  Emissão:             {simulator.hosts.emissao}",
        f"  Consulta:            {simulator.hosts.consulta}",
        f"  Celcoin:             {simulator.hosts.celcoin}",
        f"  Conta:               agência {_AGENCIA}, conta {_CONTA}-{_DAC}, carteira {_CARTEIRA}",
        f"  ClientID:            {credentials.client_id}",
        f"  Certificado e senha: {data_dir / CREDENTIALS_FILE}",
        "Ctrl+C encerra.",
    ]


def _stop_on_signals(ended: Event) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
