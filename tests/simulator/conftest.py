"""A running bank and a plain HTTPS client that presents a certificate: no code of ours on the client's side."""

from __future__ import annotations

import shutil
import ssl
import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bancointegra.simulator import SimulatedCredentials, Simulator
from tests.simulator.celcoin_client import BRASILIA, CelcoinClient

Body = dict[str, Any]

CLIENT_ID = "6f0c7a52-58a5-4b4c-9c2e-0d1f3a9b7e11"


class PlainClient:
    """Calls the bank as an outsider would: token first, then the API."""

    def __init__(self, simulator: Simulator, credentials: SimulatedCredentials | None, folder: Path) -> None:
        self.simulator = simulator
        self.credentials = credentials
        context = ssl.create_default_context(cafile=str(simulator.ca_path))
        if credentials is not None:
            certificate, key = folder / f"{uuid.uuid4()}.crt", folder / f"{uuid.uuid4()}.key"
            certificate.write_bytes(credentials.certificate_pem)
            key.write_bytes(credentials.key_pem)
            context.load_cert_chain(certificate, key)
        self.http = httpx.Client(verify=context, timeout=10)
        self._token = ""

    def token_answer(self, **changes: str) -> httpx.Response:
        form = {"grant_type": "client_credentials"}
        if self.credentials is not None:
            form |= {"client_id": self.credentials.client_id, "client_secret": self.credentials.client_secret}
        return self.http.post(f"{self.simulator.hosts.token}/api/oauth/token", data=form | changes)

    def headers(self, **changes: str | None) -> dict[str, str]:
        if not self._token:
            self._token = self.token_answer().json()["access_token"]
        headers: dict[str, str | None] = {
            "Authorization": f"Bearer {self._token}",
            "x-itau-apikey": self.credentials.client_id if self.credentials else "",
            "x-itau-correlationID": str(uuid.uuid4()),
        }
        return {name: value for name, value in (headers | changes).items() if value is not None}

    def emit(self, body: Any, **headers: str | None) -> httpx.Response:
        return self.http.post(f"{self.simulator.hosts.emissao}/boletos", json=body, headers=self.headers(**headers))

    def query(self, nosso_numero: str = "00000001", **changes: str) -> httpx.Response:
        params = {
            "id_beneficiario": "150000052061",
            "codigo_carteira": "109",
            "nosso_numero": nosso_numero,
            "view": "specific",
        }
        return self.http.get(
            f"{self.simulator.hosts.consulta}/boletos", params=params | changes, headers=self.headers()
        )

    def patch(self, instruction: str, body: Any = None, nosso_numero: str = "00000001") -> httpx.Response:
        url = f"{self.simulator.hosts.emissao}/boletos/150000052061109{nosso_numero}/{instruction}"
        return self.http.patch(url, json=body, headers=self.headers())

    def dado(self, nosso_numero: str = "00000001") -> Body:
        """``dado_boleto`` of the last boleto a query shows."""
        content: Body = self.query(nosso_numero).json()["data"][-1]["dado_boleto"]
        return content

    def situacao(self, nosso_numero: str = "00000001") -> str:
        return str(self.dado(nosso_numero)["dados_individuais_boleto"][0]["situacao_geral_boleto"])


@pytest.fixture(scope="session")
def provisioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bank with its authority and one client: making their keys anew for each test is slow."""
    folder = tmp_path_factory.mktemp("modelo") / "banco"
    simulator = Simulator(folder)
    simulator.provision(client_id=CLIENT_ID)
    simulator.stop()
    return folder


@pytest.fixture
def simulator(provisioned: Path, tmp_path: Path) -> Iterator[Simulator]:
    shutil.copytree(provisioned, tmp_path / "banco")
    with Simulator(tmp_path / "banco") as running:
        yield running


@pytest.fixture
def make_client(simulator: Simulator, tmp_path: Path) -> Iterator[Callable[[SimulatedCredentials | None], PlainClient]]:
    clients: list[PlainClient] = []

    def make(credentials: SimulatedCredentials | None) -> PlainClient:
        clients.append(PlainClient(simulator, credentials, tmp_path))
        return clients[-1]

    yield make
    for client in clients:
        client.http.close()


@pytest.fixture
def client(simulator: Simulator, make_client: Callable[[SimulatedCredentials | None], PlainClient]) -> PlainClient:
    return make_client(simulator.provision(client_id=CLIENT_ID))


@pytest.fixture(scope="module")
def celcoin_simulator(provisioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("celcoin") / "banco"
    shutil.copytree(provisioned, folder)
    with Simulator(folder) as running:
        yield running


@pytest.fixture
def celcoin(celcoin_simulator: Simulator) -> Iterator[CelcoinClient]:
    """A client of Celcoin of its own, with R$ 10.000,00, on a Wednesday at 10:00."""
    bank = celcoin_simulator.bank
    bank.celcoin.reset_switches()
    bank.faults.clear()
    bank.log.clear()
    bank.clock.set(datetime(2026, 11, 25, 10, 0, tzinfo=BRASILIA))
    client_id = str(uuid.uuid4())
    bank.clients.add(client_id)
    bank.celcoin.open_account(client_id, 10_000_00)
    client = CelcoinClient(celcoin_simulator, client_id)
    yield client
    client.http.close()


@pytest.fixture
def emission(simulator: Simulator) -> Callable[..., Body]:
    """A minimal sound emission due in 30 days; keyword arguments replace values of the individual data."""
    today = simulator.bank.clock.today()
    template: Body = {
        "etapa_processo_boleto": "efetivacao",
        "codigo_canal_operacao": "API",
        "beneficiario": {"id_beneficiario": "150000052061"},
        "dado_boleto": {
            "descricao_instrumento_cobranca": "boleto",
            "tipo_boleto": "a vista",
            "codigo_carteira": "109",
            "codigo_especie": "01",
            "valor_total_titulo": "00000000000005000",
            "data_emissao": today.isoformat(),
            "pagador": {
                "pessoa": {
                    "nome_pessoa": "Pagador Exemplo",
                    "tipo_pessoa": {"codigo_tipo_pessoa": "F", "numero_cadastro_pessoa_fisica": "12345678909"},
                },
                "endereco": {
                    "nome_logradouro": "Rua Um, 10",
                    "nome_bairro": "Centro",
                    "nome_cidade": "Sao Paulo",
                    "sigla_UF": "SP",
                    "numero_CEP": "01001000",
                },
            },
        },
    }
    individual = {
        "numero_nosso_numero": "00000001",
        "data_vencimento": (today + timedelta(days=30)).isoformat(),
        "valor_titulo": "00000000000005000",
        "texto_seu_numero": "FAT1",
    }

    def build(nosso_numero: str = "00000001", **changes: Any) -> Body:
        data = deepcopy(template)
        item = individual | {"numero_nosso_numero": nosso_numero} | changes
        data["dado_boleto"]["dados_individuais_boleto"] = [item]
        return {"data": data}

    return build
