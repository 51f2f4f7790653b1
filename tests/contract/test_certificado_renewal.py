"""Renewal against the simulated STS: in time, with the old certificate in use until the new one works."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bancointegra.banks.itau.options import ItauOptions
from bancointegra.domain.certificado import DadosCertificado
from bancointegra.domain.errors import BankUnavailable, CredentialError, OutcomeUnknown, RuleError
from bancointegra.simulator import Bank, Fault, Simulator
from tests.contract.desk import Desk, Died, dados_de


@pytest.fixture
def desk(simulator: Simulator, bank: Bank, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(simulator, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def conta(desk: Desk, simulator: Simulator):
    """An account whose certificate has 20 days left."""
    return desk.add_with(simulator.provision(client_id=str(uuid.uuid4()), valid_days=20))


def renew(desk: Desk, conta, **options):
    return desk.services.certificado.renovar(desk.stored(conta), **options)


def dias(desk: Desk, conta) -> int:
    situacao = desk.services.certificado.situacao(desk.stored(conta), desk.clock.now())
    assert situacao is not None
    return situacao.dias


def secret_of(desk: Desk, conta) -> str:
    return desk.vault.secrets[f"{conta.client_id}/client_secret"]


def sent(bank: Bank) -> list[str]:
    return [request.path for request in bank.requests("certificado")]


def test_one_call_renews(desk: Desk, conta, bank: Bank) -> None:
    old, secret = desk.stored(conta), secret_of(desk, conta)
    renewed = renew(desk, conta)
    assert renewed == desk.stored(conta)
    assert renewed == replace(old, certificate_path=renewed.certificate_path, key_path=renewed.key_path)
    assert dias(desk, conta) == 364
    assert secret_of(desk, conta) == secret
    assert desk.works(conta)
    (request,) = bank.requests("certificado")
    assert request.path.endswith("/seguranca/v1/certificado/renovacao")
    assert request.certificate == conta.client_id
    # What the old orders may still be using is not pulled away.
    assert Path(old.certificate_path).exists()
    assert Path(old.key_path).exists()
    assert desk.services.assistente().pendente(conta) is None


def test_the_second_version_of_the_path(simulator: Simulator, bank: Bank, tmp_path: Path) -> None:
    desk = Desk(simulator, tmp_path, itau_options=ItauOptions(versao_renovacao="v2"))
    conta = desk.add_with(simulator.provision(client_id=str(uuid.uuid4()), valid_days=20))
    bank.switch(renewal_paths="v2")
    renew(desk, conta)
    assert sent(bank) == ["/sts/seguranca/v2/certificado/renovacao"]
    assert desk.works(conta)
    desk.close()


def test_the_path_the_bank_no_longer_has(desk: Desk, conta, bank: Bank) -> None:
    bank.switch(renewal_paths="v2")
    with pytest.raises(CredentialError, match="HTTP 404") as refused:
        renew(desk, conta)
    assert refused.value.code == "credencial.endereco"
    assert desk.works(conta)


def test_a_new_secret_replaces_the_old_one(desk: Desk, conta, bank: Bank) -> None:
    bank.switch(renewal_with_secret=True)
    before = secret_of(desk, conta)
    renew(desk, conta)
    assert secret_of(desk, conta) == bank.clients.secret(conta.client_id) != before
    assert desk.works(conta)


def test_too_early_here_and_at_the_bank(desk: Desk, simulator: Simulator, bank: Bank) -> None:
    conta = desk.add_with(simulator.provision(client_id=str(uuid.uuid4()), valid_days=45))
    with pytest.raises(RuleError, match="Ainda é cedo") as early:
        renew(desk, conta)
    assert early.value.code == "certificado_cedo"
    assert sent(bank) == []
    with pytest.raises(CredentialError, match="Ainda existe um certificado válido") as refused:
        renew(desk, conta, antecedencia=60)
    assert refused.value.code == "credencial.C700"
    assert desk.works(conta)
    bank.switch(renewal_window_days=60)
    renew(desk, conta, antecedencia=60)
    assert dias(desk, conta) == 364


def test_too_late(desk: Desk, conta, bank: Bank) -> None:
    desk.clock.days = 21
    with pytest.raises(CredentialError, match="venceu") as late:
        renew(desk, conta)
    assert "token temporário" in late.value.hint
    assert sent(bank) == []


def test_expired_at_the_bank_overnight(desk: Desk, conta, bank: Bank) -> None:
    bank.clients.expire_certificates(conta.client_id)
    with pytest.raises(CredentialError, match="vencido") as late:
        renew(desk, conta)
    assert late.value.code == "credencial.C500"
    failed = desk.services.teste_conexao.testar(desk.stored(conta))[-1]
    assert (failed.nome, failed.ok, failed.codigo) == ("Token de acesso", False, "credencial.C500")


def test_without_a_certificate(desk: Desk) -> None:
    conta = desk.add(str(uuid.uuid4()))
    with pytest.raises(CredentialError, match="não tem certificado"):
        renew(desk, conta)


@pytest.mark.parametrize("kind", ["dropped_connection", "truncated_body", "html_body"])
def test_a_lost_answer(desk: Desk, conta, bank: Bank, simulator: Simulator, kind: str) -> None:
    old = desk.stored(conta)
    bank.faults.inject(Fault(kind=kind, phase="after", route="certificado"))
    with pytest.raises(OutcomeUnknown, match="pode ter emitido") as lost:
        renew(desk, conta)
    assert "continua em uso" in lost.value.hint
    assert desk.stored(conta) == old
    assert desk.works(conta)
    with pytest.raises(CredentialError, match="já emitiu aquele certificado") as issued:
        renew(desk, conta)
    assert "novo token temporário" in issued.value.hint
    assert desk.works(conta)
    # The wizard goes on with the same key and a token of the bank.
    flow = desk.services.assistente()
    estado = flow.pendente(conta)
    assert (estado.renovacao, estado.em_duvida) == (True, True)
    bank.clients.expire_certificates(conta.client_id)
    flow.enviar(simulator.temporary_token(conta.client_id))
    flow.concluir()
    assert all(passo.ok for passo in flow.testar())
    assert desk.works(conta)
    assert len({request.body for request in bank.requests("certificado")}) == 1


def test_a_lost_answer_of_a_bank_that_did_nothing(desk: Desk, conta, bank: Bank) -> None:
    bank.faults.inject(Fault(kind="status", route="certificado", status=503))
    with pytest.raises(OutcomeUnknown):
        renew(desk, conta)
    renew(desk, conta)
    assert desk.works(conta)
    assert len({request.body for request in bank.requests("certificado")}) == 1


def test_no_token_no_request(desk: Desk, conta, bank: Bank) -> None:
    bank.faults.inject(Fault(kind="status", route="token", status=503))
    with pytest.raises(BankUnavailable):
        renew(desk, conta)
    assert sent(bank) == []
    renew(desk, conta)
    assert desk.works(conta)


def test_a_token_that_expires_on_the_way_is_renewed_once(desk: Desk, conta, bank: Bank) -> None:
    bank.faults.inject(Fault(kind="token_expired", route="certificado"))
    renew(desk, conta)
    assert len(sent(bank)) == 2
    assert desk.works(conta)


@pytest.mark.parametrize("crash", ["before the request", "before the test", "in the vault"])
def test_a_crash_is_gone_on_from(desk: Desk, conta, bank: Bank, crash: str) -> None:
    bank.switch(renewal_with_secret=True)
    old = desk.stored(conta)
    desk.access.dies = crash
    desk.vault.dies_at = "client_secret" if crash == "in the vault" else None
    with pytest.raises(Died):
        renew(desk, conta)
    desk.restart()
    assert desk.stored(conta) == old
    renew(desk, conta)
    assert desk.works(conta)
    assert len(sent(bank)) == 1
    assert dias(desk, conta) == 364


def test_the_new_one_must_work_before_the_account_takes_it(desk: Desk, conta, bank: Bank) -> None:
    old = desk.stored(conta)
    folder = Path(old.certificate_path).parent
    kept = set(folder.iterdir())
    desk.access.dies = "before the test"
    with pytest.raises(Died):
        renew(desk, conta)
    desk.restart()
    bank.faults.inject(Fault(kind="status", route="token", status=503))
    with pytest.raises(CredentialError, match="ainda não funciona") as refused:
        renew(desk, conta)
    assert "O atual continua em uso" in refused.value.hint
    assert desk.stored(conta) == old
    assert desk.works(conta)
    renew(desk, conta)
    assert len(sent(bank)) == 1
    assert desk.stored(conta) != old
    assert desk.works(conta)
    assert len(set(folder.iterdir()) - kept) <= 4


def test_a_bank_that_answers_no_queries_does_not_stop_it(desk: Desk, conta, bank: Bank) -> None:
    bank.faults.inject(Fault(kind="status", route="consulta", status=503))
    renew(desk, conta)
    assert dias(desk, conta) == 364


def test_the_wizards_request_comes_first(desk: Desk, conta, bank: Bank) -> None:
    flow = desk.services.assistente()
    flow.iniciar(conta, DadosCertificado(conta.client_id, "Empresa", "Santos", "SP"))
    with pytest.raises(RuleError, match="em andamento no Assistente"):
        renew(desk, conta)
    flow.descartar()
    renew(desk, conta)
    assert desk.works(conta)


def test_two_accounts_of_one_client_keep_each_its_certificate(desk: Desk, simulator: Simulator) -> None:
    credentials = simulator.provision(client_id=str(uuid.uuid4()), valid_days=20)
    first, second = desk.add_with(credentials), desk.add_with(credentials)
    renew(desk, first)
    assert desk.works(first)
    assert desk.works(second)
    assert (dias(desk, first), dias(desk, second)) == (364, 19)


def test_no_secret_is_left_in_the_open(desk: Desk, conta, bank: Bank, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    bank.switch(renewal_with_secret=True)
    before = secret_of(desk, conta)
    desk.access.dies = "before the test"
    with pytest.raises(Died):
        renew(desk, conta)
    answered = bank.clients.secret(conta.client_id)
    passphrase = desk.vault.secrets[f"{conta.client_id}/key_passphrase"]
    pending = list(desk.files())
    desk.restart()
    renewed = renew(desk, conta)
    shown = caplog.text + repr((renewed, dados_de(renewed)))
    for hidden in (before, answered, passphrase):
        assert hidden not in shown
        assert not any(hidden.encode() in content for content in [*pending, *desk.files()])
    assert not any(b"BEGIN PRIVATE KEY" in content for content in pending)
