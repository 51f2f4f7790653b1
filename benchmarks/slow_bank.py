"""The simulated bank in a process of its own, so that its work is not counted as ours.

``python -m benchmarks.slow_bank FOLDER SECONDS`` answers each request after SECONDS, prints one JSON line when it
listens, and ends when its standard input is closed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bancointegra.domain.conta import Ambiente, Hosts
from bancointegra.services.conta import NovaConta
from bancointegra.simulator import Simulator
from benchmarks.samples import PEDIDO


@contextmanager
def slow_bank(folder: Path, latency: float) -> Iterator[NovaConta]:
    """A bank that answers after ``latency`` seconds, and the account to register at it."""
    command = [sys.executable, "-m", "benchmarks.slow_bank", str(folder), str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            said = json.loads(process.stdout.readline())
            yield NovaConta(
                mnemonico="ITAU-BENCH",
                agencia="1500",
                conta="05206",
                dac="1",
                carteira="109",
                beneficiario=PEDIDO.beneficiario,
                ambiente=Ambiente.SIMULACAO,
                client_id=said["client_id"],
                client_secret=said["client_secret"],
                certificate=said["certificate"].encode(),
                key=said["key"].encode(),
                hosts=Hosts(**said["hosts"]),
                ca_path=said["ca_path"],
            )
        finally:
            process.stdin.close()


def _serve(folder: Path, latency: float) -> None:
    with Simulator(folder, latency=latency) as simulator:
        credentials = simulator.provision()
        hosts = simulator.hosts
        said = {
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret,
            "certificate": credentials.certificate_pem.decode(),
            "key": credentials.key_pem.decode(),
            "hosts": {"token": hosts.token, "emissao": hosts.emissao, "consulta": hosts.consulta},
            "ca_path": str(simulator.ca_path),
        }
        print(json.dumps(said), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), float(sys.argv[2]))
