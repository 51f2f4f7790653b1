"""The version file over a real connection: what is signed is believed, and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bancointegra.domain.errors import AppError, InputError
from bancointegra.releases.version_file import LARGEST, HttpVersionFile
from tools.sign_version import main as sign_version


class Publisher:
    """A publisher's address and key. ``content`` is what it answers; None is 404."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        sign_version(["new-key", str(folder / "publica.pem")])
        self.key = capsys.readouterr().out.strip()
        self.content: bytes | None = None
        self.asked: list[dict[str, str]] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked.append(dict(self.headers))
                self.send_response(200 if publisher.content is not None else 404)
                self.end_headers()
                self.wfile.write(publisher.content or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/versao.json"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def publish(self, version: str) -> None:
        file = self._folder / "versao.json"
        sign_version(["sign", str(self._folder / "publica.pem"), version, str(file), "--news", "Letra “ç” no sacado."])
        self.content = file.read_bytes()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def publisher(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Publisher]:
    publisher = Publisher(tmp_path, capsys)
    yield publisher
    publisher.close()


def test_what_the_publisher_signed_is_read(publisher: Publisher) -> None:
    publisher.publish("1.2.3")
    found = HttpVersionFile().publicada(publisher.address, publisher.key)
    assert (found.versao, found.novidades) == ("1.2.3", "Letra “ç” no sacado.")
    assert set(publisher.asked[0]) <= {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}
    assert publisher.asked[0]["User-Agent"] == "BancoIntegra"


def test_a_changed_letter_or_another_signer_is_not_believed(publisher: Publisher, tmp_path: Path, capsys) -> None:
    publisher.publish("1.2.3")
    assert publisher.content is not None
    signed = publisher.content
    publisher.content = signed.replace(b"1.2.3", b"9.2.3")
    with pytest.raises(AppError, match="não foi assinado") as raised:
        HttpVersionFile().publicada(publisher.address, publisher.key)
    assert raised.value.code == "versao.assinatura"
    publisher.content = signed
    sign_version(["new-key", str(tmp_path / "outra.pem")])
    with pytest.raises(AppError, match="não foi assinado"):
        HttpVersionFile().publicada(publisher.address, capsys.readouterr().out.strip())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "não está no endereço"),
        (b"<html>", "não pôde ser lido"),
        (b"[]", "não pôde ser lido"),
        (json.dumps({"conteudo": "{}", "assinatura": "á"}).encode(), "não pôde ser lido"),
        (b"x" * (LARGEST + 1), "é grande demais"),
    ],
)
def test_another_file_is_a_sentence(publisher: Publisher, content: bytes | None, sentence: str) -> None:
    publisher.content = content
    with pytest.raises(AppError, match=sentence):
        HttpVersionFile().publicada(publisher.address, publisher.key)


def test_a_version_that_is_none_is_a_sentence(publisher: Publisher) -> None:
    publisher.publish("muito nova")
    with pytest.raises(AppError, match="não diz a versão"):
        HttpVersionFile().publicada(publisher.address, publisher.key)


def test_where_nobody_answers_it_is_a_sentence(publisher: Publisher) -> None:
    publisher.close()
    with pytest.raises(AppError, match="não foi alcançado"):
        HttpVersionFile().publicada(publisher.address, publisher.key)


@pytest.mark.parametrize("address", ["", "versoes", "file:///etc/passwd", "https://", "http://[::1"])
def test_what_is_no_address_is_marked(publisher: Publisher, address: str) -> None:
    with pytest.raises(InputError) as raised:
        HttpVersionFile().publicada(address, publisher.key)
    assert raised.value.field == "Endereço"


@pytest.mark.parametrize("key", ["", "abc", "AAAA", "chave"])
def test_what_is_no_key_is_marked(publisher: Publisher, key: str) -> None:
    with pytest.raises(InputError) as raised:
        HttpVersionFile().publicada(publisher.address, key)
    assert raised.value.field == "Chave de quem publica"
