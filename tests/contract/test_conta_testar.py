"""Testar conexão against the simulated bank: each step with its own result and remedy."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bancointegra.domain.conta import Ambiente
from bancointegra.services.teste_conexao import PassoTeste
from bancointegra.simulator import Bank, Fault, Simulator
from tests.contract.desk import Desk
from tests.pairs import make_pair, rsa_key


@pytest.fixture
def desk(simulator: Simulator, bank: Bank, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(simulator, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def conta(desk: Desk, simulator: Simulator):
    return desk.add_with(simulator.provision(client_id=str(uuid.uuid4())))


def last(desk: Desk, conta) -> PassoTeste:
    passos = desk.services.teste_conexao.testar(conta)
    assert all(passo.ok for passo in passos[:-1])
    return passos[-1]


def test_all_well_and_nothing_changed_at_the_bank(desk: Desk, conta, bank: Bank) -> None:
    passos = desk.services.teste_conexao.testar(conta)
    assert [(passo.nome, passo.ok) for passo in passos] == [
        ("Certificado", True), ("Token de acesso", True), ("Consulta", True),
    ]  # fmt: skip
    assert [(r.method, r.route) for r in bank.requests()] == [("POST", "token"), ("GET", "consulta")]
    assert bank.requests("consulta")[0].query["nosso_numero"] == "99999999"


@pytest.mark.parametrize("not_found", ["empty", "404", "204"])
def test_not_found_is_an_answer(desk: Desk, conta, bank: Bank, not_found: str) -> None:
    bank.switch(not_found=not_found)
    assert last(desk, conta).ok


def test_what_is_wrong_with_the_certificate_here(desk: Desk, conta, bank: Bank) -> None:
    other_key = make_pair(conta.client_id, key=rsa_key("other"))
    path = Path(conta.key_path)
    for changed, words in (
        (replace(conta, certificate_path=""), "não tem certificado"),
        (replace(conta, certificate_path="/não/há"), "não pôde ser lido"),
        (replace(conta, client_id="outro"), "outro ClientID"),
        (replace(conta, key_path=""), "não está mais no lugar"),
        (replace(conta, key_path=str(path.with_name("aberta.key"))), "não é a deste certificado"),
    ):
        path.with_name("aberta.key").write_bytes(other_key.key_file())
        passo = last(desk, changed)
        assert (passo.nome, passo.ok) == ("Certificado", False)
        assert words in passo.mensagem
        assert passo.remedio
    assert bank.requests() == []


@pytest.mark.parametrize(("days", "words"), [(400, "venceu"), (-2, "só vale a partir")])
def test_out_of_its_time(desk: Desk, conta, days: int, words: str) -> None:
    desk.clock.days = days
    passo = last(desk, conta)
    assert (passo.nome, passo.ok) == ("Certificado", False)
    assert words in passo.mensagem


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda desk, conta: desk.vault.set(f"{conta.client_id}/client_secret", "errado"), "credencial.client_secret"),
        (lambda desk, conta: desk.vault.delete(f"{conta.client_id}/client_secret"), "credencial.cofre"),
        (lambda desk, conta: desk.simulator.bank.clients.expire_certificates(conta.client_id), "credencial.C500"),
        (
            lambda desk, conta: desk.simulator.bank.faults.inject(Fault(kind="status", route="token", status=503)),
            "indisponivel",
        ),
    ],
    ids=["wrong secret", "no secret", "expired at the bank", "bank down"],
)
def test_the_token(desk: Desk, conta, spoil, code: str) -> None:
    spoil(desk, conta)
    passo = last(desk, conta)
    assert (passo.nome, passo.ok, passo.codigo) == ("Token de acesso", False, code)
    assert passo.mensagem
    assert passo.remedio


def test_an_address_that_does_not_fit_the_environment(desk: Desk, conta) -> None:
    passo = last(desk, replace(conta, ambiente=Ambiente.PRODUCAO, ca_path=""))
    assert (passo.nome, passo.codigo) == ("Token de acesso", "credencial.endereco")
    assert "Nada foi enviado" in passo.remedio


def test_an_account_the_client_may_not_use(desk: Desk, conta) -> None:
    passo = last(desk, replace(conta, agencia="0057", conta="12345", dac="7"))
    assert (passo.nome, passo.ok, passo.codigo) == ("Consulta", False, "credencial.permissao")


def test_a_secret_can_be_tried_before_it_is_kept(desk: Desk, conta) -> None:
    known = desk.vault.secrets.pop(f"{conta.client_id}/client_secret")
    assert not last(desk, conta).ok
    assert all(passo.ok for passo in desk.services.teste_conexao.testar(conta, client_secret=known))
    assert f"{conta.client_id}/client_secret" not in desk.vault.secrets


def test_the_days_left_are_told(desk: Desk, conta) -> None:
    first = desk.services.teste_conexao.testar(conta)[0]
    assert f"{desk.clock.now() + timedelta(days=365):%d/%m/%Y}" in first.mensagem
