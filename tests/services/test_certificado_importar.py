"""Importar Certificado and the copies: what is refused, what is warned of, what the account then has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bancointegra.bootstrap.accounts import AccountServices, build_account_services
from bancointegra.domain.certificado import ParCertificado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import CredentialError, InputError, StoreError
from bancointegra.store import open_store
from tests.builders import KnownInstances, conta_itau
from tests.new_data import new_data_file
from tests.pairs import CLIENT_ID, SENHA, Pair, make_pair, rsa_key

NOW = datetime.now(UTC)


class NoBank:
    """Importing asks no bank."""


class Vault(dict[str, str]):
    def set(self, name: str, secret: str) -> None:
        self[name] = secret

    def delete(self, name: str) -> None:
        self.pop(name, None)


class FixedClock:
    def now(self) -> datetime:
        return NOW

    def today(self):
        return NOW.date()


class Desk:
    def __init__(self, folder: Path) -> None:
        self.vault = Vault()
        self.store = open_store(new_data_file(folder / "dados.sqlite3"), instances=KnownInstances(), clock=FixedClock())
        self.services: AccountServices = build_account_services(
            contas=self.store.contas, vault=self.vault, clock=FixedClock(), access=NoBank(), data=folder
        )
        self.conta = self.services.conta.salvar(conta_itau(client_id=CLIENT_ID), None)

    def ler(self, pair: Pair) -> ParCertificado:
        return self.services.certificado.ler(certificado=pair.crt, chave=pair.key_file(), pfx=None, senha="")

    def conferir(self, pair: Pair) -> tuple[str, ...]:
        return self.services.certificado.conferir(self.ler(pair), CLIENT_ID, NOW)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def test_the_account_gets_the_pair_and_the_secret(desk: Desk, pair: Pair, tmp_path: Path) -> None:
    stored = desk.services.certificado.importar(desk.conta, desk.ler(pair), " 7f1c-55 ")
    assert desk.services.conta.todas() == (stored,)
    assert desk.vault[f"{CLIENT_ID}/client_secret"] == "7f1c-55"
    assert desk.services.conta.tem_segredo(stored)
    situacao = desk.services.certificado.situacao(stored, NOW)
    assert situacao is not None
    assert (situacao.cn, situacao.valid_until) == (CLIENT_ID, pair.certificate.not_valid_after_utc)
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"7f1c-55" in content or b"BEGIN PRIVATE KEY" in content for content in kept)


def test_without_a_secret_the_vault_stays(desk: Desk, pair: Pair) -> None:
    first = desk.services.certificado.importar(desk.conta, desk.ler(pair), "antigo")
    second = desk.services.certificado.importar(first, desk.ler(make_pair(key=rsa_key("next"))), None)
    assert desk.vault[f"{CLIENT_ID}/client_secret"] == "antigo"
    assert Path(first.key_path).exists()
    assert second.key_path != first.key_path


def test_only_the_credentials_of_the_account_change(desk: Desk, pair: Pair) -> None:
    """The form behind the dialog may be older than the store."""
    newer = desk.services.conta.salvar(replace(desk.conta, carteira="112", ultimo_nosso_numero=50), None)
    stored = desk.services.certificado.importar(desk.conta, desk.ler(pair), None)
    assert stored == replace(newer, certificate_path=stored.certificate_path, key_path=stored.key_path)


def test_an_account_not_saved_yet(desk: Desk, pair: Pair) -> None:
    with pytest.raises(InputError, match="Salve a conta"):
        desk.services.certificado.importar(conta_itau(client_id=CLIENT_ID), desk.ler(pair), None)
    with pytest.raises(InputError) as refused:
        desk.services.certificado.importar(replace(desk.conta, client_id=" "), desk.ler(pair), None)
    assert refused.value.field == "ClientID"


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        (make_pair("outro"), "credencial.cn"),
        (make_pair(""), "credencial.cn"),
        (make_pair(CLIENT_ID.upper()), "credencial.cn"),
        (make_pair(ends=NOW - timedelta(minutes=1)), "credencial.certificado_vencido"),
        (make_pair(begins=NOW + timedelta(minutes=1)), "credencial.certificado_futuro"),
        (make_pair(key=rsa_key("weak", 1024)), "credencial.chave_fraca"),
    ],
    ids=["other", "nameless", "case", "expired", "future", "weak"],
)
def test_what_is_refused(desk: Desk, spoiled: Pair, code: str) -> None:
    with pytest.raises(CredentialError) as refused:
        desk.conferir(spoiled)
    assert refused.value.code == code
    assert refused.value.hint
    with pytest.raises(CredentialError):
        desk.services.certificado.importar(desk.conta, desk.ler(spoiled), "segredo")
    assert desk.services.conta.todas() == (desk.conta,)
    assert f"{CLIENT_ID}/client_secret" not in desk.vault


def test_what_is_warned_of(desk: Desk, pair: Pair) -> None:
    assert desk.conferir(pair) == ()
    (warning,) = desk.conferir(make_pair(ends=NOW + timedelta(days=12, hours=1)))
    assert "vence em 12 dias" in warning


@pytest.mark.parametrize("secret", ["", " ", "a b", "x" * 10_000, "é", "a\x00b", "😀"])
def test_secrets_that_are_none(desk: Desk, pair: Pair, secret: str) -> None:
    with pytest.raises(InputError) as refused:
        desk.services.certificado.importar(desk.conta, desk.ler(pair), secret)
    assert refused.value.field == "ClientSecret"
    assert desk.services.conta.todas() == (desk.conta,)


def test_a_password_beyond_all_measure(desk: Desk, pair: Pair) -> None:
    with pytest.raises(InputError) as refused:
        desk.services.certificado.ler(certificado=None, chave=None, pfx=pair.pfx(SENHA), senha="x" * 10_000)
    assert refused.value.field == "Senha"


def imported(desk: Desk, pair: Pair) -> ContaBancaria:
    return desk.services.certificado.importar(desk.conta, desk.ler(pair), None)


@pytest.mark.parametrize("senha", ["", SENHA])
def test_copies_that_can_be_imported_elsewhere(desk: Desk, pair: Pair, tmp_path: Path, senha: str) -> None:
    service, conta = desk.services.certificado, imported(desk, pair)
    folder = tmp_path / "cópia"
    files = service.exportar(conta, folder, frozenset({"key", "csr", "crt", "pfx"}), senha)
    assert [path.name for path in files] == [f"{CLIENT_ID}.{formato}" for formato in ("key", "csr", "crt", "pfx")]
    key, _, crt, pfx = (path.read_bytes() for path in files)
    original = desk.ler(pair)
    assert service.ler(certificado=crt, chave=key, pfx=None, senha=senha) == original
    assert service.ler(certificado=None, chave=None, pfx=pfx, senha=senha) == original
    again = service.exportar(conta, folder, frozenset({"crt"}), senha)
    assert [path.name for path in again] == [f"{CLIENT_ID} (2).crt"]
    assert files[0].read_bytes() == key


def test_copies_that_cannot_be_made(desk: Desk, pair: Pair, tmp_path: Path) -> None:
    exportar = desk.services.certificado.exportar
    with pytest.raises(CredentialError, match="não tem certificado"):
        exportar(desk.conta, tmp_path, frozenset({"crt"}), "")
    conta = imported(desk, pair)
    for formatos, senha in ((frozenset(), ""), (frozenset({"exe"}), ""), (frozenset({"key"}), "x" * 10_000)):
        with pytest.raises(InputError):
            exportar(conta, tmp_path / "cópia", formatos, senha)
    (tmp_path / "arquivo").write_text("")
    with pytest.raises(StoreError):
        exportar(conta, tmp_path / "arquivo", frozenset({"crt"}), "")
    desk.vault.delete(f"{CLIENT_ID}/key_passphrase")
    with pytest.raises(CredentialError, match="não está no cofre"):
        exportar(conta, tmp_path / "cópia", frozenset({"crt"}), "")
    assert desk.vault == {}
    assert not (tmp_path / "cópia").exists()
