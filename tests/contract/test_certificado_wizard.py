"""Assistente de Certificado against the simulated STS over TLS: the way through, every fault, every crash."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509

from bancointegra.domain.certificado import Passo
from bancointegra.domain.errors import (
    BankRefused,
    BankUnavailable,
    CredentialError,
    InputError,
    OutcomeUnknown,
    RuleError,
)
from bancointegra.simulator import Bank, Fault, Simulator
from tests.contract.desk import Desk, Died, dados_de


@pytest.fixture
def desk(simulator: Simulator, bank: Bank, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(simulator, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def conta(desk: Desk, simulator: Simulator):
    client_id = str(uuid.uuid4())
    simulator.register(client_id)
    return desk.add(client_id)


@pytest.fixture
def token(simulator: Simulator, conta) -> str:
    return simulator.temporary_token(conta.client_id)


@pytest.fixture
def flow(desk: Desk, conta):
    """A wizard whose CSR is ready to be sent."""
    flow = desk.services.assistente()
    flow.iniciar(conta, dados_de(conta))
    flow.gerar_chave()
    return flow


def certificates_asked(bank: Bank) -> list[int]:
    return [request.status for request in bank.requests("certificado")]


def test_from_nothing_to_a_working_account(desk: Desk, conta, token: str, bank: Bank) -> None:
    flow = desk.services.assistente()
    assert flow.pendente(conta) is None
    assert flow.iniciar(conta, dados_de(conta)).passo is Passo.CHAVE
    csr = flow.gerar_chave().csr_pem
    assert flow.gerar_chave().csr_pem == csr
    assert flow.enviar(f"  Bearer {token}\r\n").passo is Passo.RECEBIDO
    (request,) = bank.requests("certificado")
    assert (request.body.encode(), request.headers["content-type"], request.certificate) == (csr, "text/plain", "")
    assert not desk.stored(conta).certificate_path
    stored = flow.concluir()
    assert desk.services.conta.tem_segredo(stored)
    seen = []
    passos = flow.testar(seen.append)
    assert [passo.nome for passo in passos] == ["Certificado", "Token de acesso", "Consulta"]
    assert tuple(seen) == passos
    assert all(passo.ok for passo in passos)
    assert flow.pendente(conta) is None
    situacao = desk.services.certificado.situacao(stored, desk.clock.now())
    assert situacao is not None
    assert (situacao.cn, situacao.dias, situacao.aviso) == (conta.client_id, 364, "")


@pytest.mark.parametrize(
    "crash", ["after each step", "before the request", "after the answer", "in the vault", "before the test"]
)
def test_a_crash_anywhere_is_gone_on_from(desk: Desk, conta, token: str, simulator: Simulator, crash: str) -> None:
    """Whatever was done is not lost; only an answer that never reached the disk needs another token."""
    services, access = desk.services, desk.access
    tokens = [token]
    crashed = crash == "after each step"
    for _ in range(12):
        flow = services.assistente()
        estado = flow.pendente(conta)
        try:
            if estado is None:
                flow.iniciar(conta, dados_de(conta))
            elif estado.passo is Passo.CHAVE:
                flow.gerar_chave()
            elif estado.passo is Passo.ENVIO:
                access.dies = None if crashed else crash
                flow.enviar(tokens[-1])
            elif estado.passo is Passo.RECEBIDO:
                desk.vault.dies_at = "client_secret" if crash == "in the vault" and not crashed else None
                flow.concluir()
            else:
                access.dies = None if crashed else crash
                assert all(passo.ok for passo in flow.testar())
                break
        except Died:
            crashed = True
        except CredentialError as error:
            assert (crash, error.code) == ("after the answer", "credencial.C800B")
            # What the clerk then does: the bank withdraws the lost certificate and gives another token.
            simulator.bank.clients.expire_certificates(conta.client_id)
            tokens.append(simulator.temporary_token(conta.client_id))
        services = desk.restart()
        access = desk.access
    assert crashed
    assert desk.works(conta)
    assert flow.pendente(conta) is None


def test_the_token_serves_once(flow, desk: Desk, conta, token: str, simulator: Simulator) -> None:
    flow.enviar(token)
    flow.concluir()
    flow.testar()
    flow.iniciar(conta, dados_de(conta))
    flow.gerar_chave()
    with pytest.raises(CredentialError, match="já foi usado") as refused:
        flow.enviar(token)
    assert refused.value.code == "credencial.C800B"
    with pytest.raises(CredentialError, match="Ainda existe um certificado válido"):
        flow.enviar(simulator.temporary_token(conta.client_id))
    estado = flow.pendente(conta)
    assert (estado.passo, estado.em_duvida) == (Passo.ENVIO, False)
    assert desk.works(conta)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="dropped_connection", phase="after", route="certificado"),
        Fault(kind="truncated_body", phase="after", route="certificado"),
        Fault(kind="empty_body", phase="after", route="certificado"),
        Fault(kind="html_body", phase="after", route="certificado"),
        Fault(kind="status", phase="after", route="certificado", status=503),
        Fault(kind="status", phase="after", route="certificado", status=504),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status}",
)
def test_a_lost_answer_is_said_plainly_and_asked_for_again(
    flow, desk: Desk, conta, token: str, bank: Bank, simulator: Simulator, fault: Fault
) -> None:
    bank.faults.inject(fault)
    with pytest.raises(OutcomeUnknown, match="token temporário pode já ter sido gasto") as lost:
        flow.enviar(token)
    assert "mesmo token" in lost.value.hint
    estado = flow.pendente(conta)
    assert (estado.passo, estado.em_duvida) == (Passo.ENVIO, True)
    with pytest.raises(RuleError):
        flow.iniciar(conta, dados_de(conta))
    with pytest.raises(CredentialError, match="se perdeu, e o banco já emitiu") as spent:
        flow.enviar(token)
    assert "novo token temporário" in spent.value.hint
    assert flow.pendente(conta).em_duvida
    bank.clients.expire_certificates(conta.client_id)
    flow.enviar(simulator.temporary_token(conta.client_id))
    flow.concluir()
    assert desk.works(conta)
    csrs = {request.body for request in bank.requests("certificado")}
    assert len(csrs) == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(kind="dropped_connection", route="certificado"), OutcomeUnknown),
        (Fault(kind="status", route="certificado", status=500), OutcomeUnknown),
        (Fault(kind="status", route="certificado", status=400), BankRefused),
        (Fault(kind="status", route="certificado", status=404), CredentialError),
        (Fault(kind="status", route="certificado", status=429, times=3), BankUnavailable),
        (Fault(kind="token_expired", route="certificado"), CredentialError),
    ],
    ids=lambda value: getattr(value, "kind", value.__name__ if isinstance(value, type) else ""),
)
def test_a_failure_before_the_bank_did_anything(flow, desk: Desk, conta, token: str, bank: Bank, fault, error) -> None:
    bank.faults.inject(fault)
    with pytest.raises(error):
        flow.enviar(token)
    assert flow.pendente(conta).em_duvida is (error is OutcomeUnknown)
    flow.enviar(token)
    flow.concluir()
    assert desk.works(conta)


def test_without_the_bank_the_token_stays_whole(flow, desk: Desk, conta, token: str, bank: Bank) -> None:
    away = replace(conta, hosts=replace(conta.hosts, token="https://127.0.0.1:1/sts"))
    desk.services.conta.salvar(away, None)
    with pytest.raises(BankUnavailable):
        flow.enviar(token)
    assert not flow.pendente(conta).em_duvida
    assert certificates_asked(bank) == []
    desk.services.conta.salvar(conta, None)
    flow.enviar(token)
    flow.concluir()
    assert desk.works(conta)


def test_a_csr_of_another_client_is_refused(desk: Desk, conta, token: str) -> None:
    flow = desk.services.assistente()
    flow.iniciar(conta, replace(dados_de(conta), client_id=str(uuid.uuid4())))
    flow.gerar_chave()
    with pytest.raises(CredentialError) as refused:
        flow.enviar(token)
    assert refused.value.code == "credencial.C800A"


def test_an_expired_or_unknown_token(flow, simulator: Simulator, conta, bank: Bank) -> None:
    token = simulator.temporary_token(conta.client_id)
    bank.clock.advance(days=8)
    for bad in (token, "nenhum"):
        with pytest.raises(CredentialError, match="não aceitou o token temporário") as refused:
            flow.enviar(bad)
        assert "7 dias" in refused.value.hint


@pytest.mark.parametrize("token", ["", "  \n", "Bearer ", "tókem", "a\x00b", "x" * 10_000, "😀"])
def test_tokens_that_are_none(flow, bank: Bank, token: str) -> None:
    with pytest.raises(InputError) as refused:
        flow.enviar(token)
    assert refused.value.field == "Token temporário"
    assert "tókem" not in str(refused.value)
    assert certificates_asked(bank) == []


def test_a_token_broken_by_a_mail_is_put_together(flow, token: str) -> None:
    assert flow.enviar(f"{token[:40]}\r\n {token[40:]}\n").passo is Passo.RECEBIDO


def test_steps_out_of_order(desk: Desk, conta, token: str) -> None:
    flow = desk.services.assistente()
    flow.pendente(conta)
    for step in (flow.gerar_chave, lambda: flow.enviar(token), flow.concluir, flow.testar):
        with pytest.raises(RuleError, match="passo “Dados”"):
            step()
    flow.iniciar(conta, dados_de(conta))
    with pytest.raises(RuleError, match="passo “Chave e pedido”"):
        flow.enviar(token)
    with pytest.raises(InputError, match="Salve a conta"):
        flow.iniciar(replace(conta, id=0), dados_de(conta))


def test_discarding_leaves_the_account_as_it_is(flow, desk: Desk, conta, token: str) -> None:
    flow.enviar(token)
    flow.concluir()
    flow.testar()
    before = desk.stored(conta)
    flow.iniciar(before, dados_de(before))
    flow.gerar_chave()
    flow.descartar()
    assert flow.pendente(conta) is None
    assert desk.stored(conta) == before
    assert desk.works(conta)


def test_a_failing_test_keeps_the_request_until_it_succeeds(flow, desk: Desk, conta, token: str, bank: Bank) -> None:
    flow.enviar(token)
    flow.concluir()
    bank.faults.inject(Fault(kind="status", route="consulta", status=503))
    *_, consulta = flow.testar()
    assert (consulta.nome, consulta.ok) == ("Consulta", False)
    assert consulta.remedio
    assert flow.pendente(conta).passo is Passo.TESTE
    assert all(passo.ok for passo in flow.testar())
    assert flow.pendente(conta) is None


def test_a_second_window_must_wait(flow, desk: Desk, conta, token: str, bank: Bank) -> None:
    other = desk.services.assistente()
    other.pendente(conta)
    refusals = []

    class Curious:
        """While the bank is being asked, a second window presses the same button."""

        def __init__(self, real) -> None:
            self._real = real

        def solicitar(self, *args):
            with pytest.raises(RuleError) as refused:
                other.enviar(token)
            refusals.append(refused.value.code)
            return self._real.solicitar(*args)

    flow._banco = Curious(flow._banco)
    flow.enviar(token)
    assert refusals == ["certificado_ocupado"]
    assert len(certificates_asked(bank)) == 1


def test_no_secret_is_left_in_the_open(flow, desk: Desk, conta, token: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    estado = flow.enviar(token)
    passos = flow.pendente(conta)
    stored = flow.concluir()
    results = flow.testar()
    secret = desk.vault.secrets[f"{conta.client_id}/client_secret"]
    passphrase = desk.vault.secrets[f"{conta.client_id}/key_passphrase"]
    shown = caplog.text + repr((estado, passos, stored, results, flow, desk.services))
    for hidden in (secret, passphrase, token, token.split(".")[1]):
        assert hidden not in shown
        assert not any(hidden.encode() in content for content in desk.files())
    kept = list(desk.files())
    assert not any(b"BEGIN PRIVATE KEY" in content or b"BEGIN RSA PRIVATE KEY" in content for content in kept)
    assert any(b"BEGIN ENCRYPTED PRIVATE KEY" in content for content in kept)


def test_the_key_is_stored_before_the_csr_leaves(flow, desk: Desk, conta, token: str, bank: Bank) -> None:
    desk.access.dies = "after the answer"
    with pytest.raises(Died):
        flow.enviar(token)
    csr = x509.load_pem_x509_csr(bank.requests("certificado")[0].body.encode())
    desk.restart()
    estado = desk.services.assistente().pendente(conta)
    assert estado.em_duvida
    assert x509.load_pem_x509_csr(estado.csr_pem).public_key() == csr.public_key()
