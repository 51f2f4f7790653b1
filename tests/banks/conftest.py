"""Certificates made on the spot, and a TLS server that answers exactly what a test scripts."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from bancointegra.domain.boleto import PedidoRegistro, Sacado
from bancointegra.domain.conta import Beneficiario, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.reais import Reais

PASSPHRASE = "senha da chave, com ç"
NOW = datetime.now(UTC)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


@dataclass
class Pair:
    """A certificate and its key, on disk. The client's key is encrypted with ``passphrase``."""

    certificate_path: Path
    key_path: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    passphrase: str = PASSPHRASE


class Pki:
    """One authority; issues what a test asks for."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._subject = _name(name)
        builder = self._builder(self._subject, self._key.public_key(), NOW - timedelta(days=1), NOW + timedelta(days=9))
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.root = builder.sign(self._key, hashes.SHA256())
        self.root_path = folder / f"{name}-root.pem"
        self.root_path.write_bytes(self.root.public_bytes(Encoding.PEM))

    def issue(
        self,
        stem: str,
        *,
        address: str = "127.0.0.1",
        begins: datetime | None = None,
        ends: datetime | None = None,
        encrypted: bool = True,
    ) -> Pair:
        key = ec.generate_private_key(ec.SECP256R1())
        begins, ends = begins or NOW - timedelta(hours=1), ends or NOW + timedelta(days=5)
        builder = self._builder(_name(stem), key.public_key(), begins, ends)
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        certificate = builder.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        pair = Pair(self._folder / f"{stem}.crt", self._folder / f"{stem}.key", certificate, key)
        pair.certificate_path.write_bytes(certificate.public_bytes(Encoding.PEM))
        protection = BestAvailableEncryption(PASSPHRASE.encode()) if encrypted else NoEncryption()
        pair.key_path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection))
        return pair

    def _builder(
        self, subject: x509.Name, public_key: ec.EllipticCurvePublicKey, begins: datetime, ends: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._subject)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
        )


@dataclass
class Received:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def response(status: int, body: str = "", **headers: str) -> bytes:
    """The bytes of an HTTP answer; ``retry_after="3"`` becomes ``retry-after: 3``."""
    content = body.encode()
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(content)}", "content-type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


Answer = Callable[[Received], bytes | None]


@dataclass
class ScriptedServer:
    """Answers each request with ``answer``; None closes the connection without a word."""

    context: ssl.SSLContext
    answer: Answer = lambda _: response(200, "{}")
    requests: list[Received] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._connections: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.release.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            with contextlib.suppress(OSError):  # long gone
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(plain,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        plain.settimeout(10)
        try:
            with self.context.wrap_socket(plain, server_side=True) as connection:
                self._connections.append(connection)
                while (received := _read_request(connection)) is not None:
                    self.requests.append(received)
                    answer = self.answer(received)
                    if answer is None:
                        return
                    connection.sendall(answer)
                    if b"connection: close" in answer:
                        return
        except OSError:
            plain.close()


def _read_request(connection: ssl.SSLSocket) -> Received | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    request_line, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    method, target, _ = request_line.split(" ")
    return Received(method, target, headers, body)


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    return Pki(tmp_path_factory.mktemp("pki"), "banco")


@pytest.fixture(scope="session")
def foreign_pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    return Pki(tmp_path_factory.mktemp("foreign"), "outro")


@pytest.fixture(scope="session")
def client_pair(pki: Pki) -> Pair:
    return pki.issue("cliente")


@pytest.fixture(scope="session")
def server_pair(pki: Pki) -> Pair:
    return pki.issue("servidor")


@pytest.fixture
def server_context(pki: Pki, server_pair: Pair) -> ssl.SSLContext:
    """Mutual TLS, as the bank does it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server_pair.certificate_path, server_pair.key_path, password=PASSPHRASE)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(pki.root_path)
    return context


@pytest.fixture
def server(server_context: ssl.SSLContext) -> Iterator[ScriptedServer]:
    server = ScriptedServer(server_context)
    yield server
    server.stop()


@pytest.fixture
def answering() -> Callable[..., bytes]:
    return response


@pytest.fixture
def pedido() -> PedidoRegistro:
    endereco = Endereco("Rua São João, 10 - apto. 3", "Centro", "São Paulo", "SP", "01001000")
    return PedidoRegistro(
        agencia="1500",
        conta="05206",
        dac="1",
        carteira="109",
        nosso_numero="00000001",
        beneficiario=Beneficiario("Empresa Exemplo", Documento("11222333000181"), endereco),
        sacado=Sacado("José & Irmãos (Padaria)", Documento("12345678909"), endereco),
        seu_numero="1001P1",
        especie="01",
        aceite=False,
        emissao=date(2026, 1, 10),
        vencimento=date(2026, 1, 30),
        valor=Reais(5000),
        encargos=Encargos(),
    )
