"""The first certificate with a temporary token, and its renewal."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

CLIENT_ID = str(uuid.uuid4())


def make_csr(common_name: str, key=None) -> tuple[bytes, bytes]:
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    csr = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA512())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return csr.public_bytes(serialization.Encoding.PEM), private


@pytest.fixture
def ask(simulator, make_client):
    """Sends a certificate request without a client certificate."""
    anonymous = make_client(None)
    simulator.register(CLIENT_ID)

    def send(csr: bytes, token: str, content_type: str = "text/plain"):
        url = f"{simulator.hosts.token}/seguranca/v1/certificado/solicitacao"
        headers = {"Authorization": f"Bearer {token}", "Content-Type": content_type}
        return anonymous.http.post(url, content=csr, headers=headers)

    return send


def test_first_certificate_opens_the_api(simulator, ask, make_client, emission):
    csr, key = make_csr(CLIENT_ID)
    answer = ask(csr, simulator.temporary_token(CLIENT_ID))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    first_line, _, pem = answer.text.partition("\n")
    assert first_line.startswith("Secret: ")
    certificate = x509.load_pem_x509_certificate(pem.encode())
    days = certificate.not_valid_after_utc - datetime.now().astimezone()
    assert timedelta(days=364) < days <= timedelta(days=365)

    credentials = replace(
        simulator.credentials.wrong_name(CLIENT_ID),
        client_secret=first_line.removeprefix("Secret: "),
        certificate_pem=pem.encode(),
        key_pem=key,
    )
    assert make_client(credentials).emit(emission()).status_code == 200


def test_the_temporary_token_serves_once(simulator, ask):
    token = simulator.temporary_token(CLIENT_ID)
    csr, _ = make_csr(CLIENT_ID)
    assert ask(csr, token).status_code == 200
    assert ask(csr, token).json()["codigo"] == "C800b"


def test_no_second_certificate_while_one_is_valid(simulator, ask):
    csr, _ = make_csr(CLIENT_ID)
    assert ask(csr, simulator.temporary_token(CLIENT_ID)).status_code == 200
    assert ask(csr, simulator.temporary_token(CLIENT_ID)).json()["codigo"] == "C700a"
    simulator.bank.clock.advance(days=366)
    assert ask(csr, simulator.temporary_token(CLIENT_ID)).status_code == 200


def test_unknown_or_expired_temporary_token(simulator, ask):
    csr, _ = make_csr(CLIENT_ID)
    assert ask(csr, "nenhum").status_code == 401
    token = simulator.temporary_token(CLIENT_ID)
    simulator.bank.clock.advance(days=8)
    assert ask(csr, token).status_code == 401


def test_faulty_requests_leave_the_token_unused(simulator, ask):
    token = simulator.temporary_token(CLIENT_ID)
    sound, _ = make_csr(CLIENT_ID)
    weak, _ = make_csr(CLIENT_ID, rsa.generate_private_key(public_exponent=65537, key_size=1024))
    elliptic, _ = make_csr(CLIENT_ID, ec.generate_private_key(ec.SECP256R1()))
    foreign, _ = make_csr("outro")
    assert ask(b"nada", token).json()["codigo"] == "C800"
    assert ask(weak, token).json()["codigo"] == "C800"
    assert ask(elliptic, token).json()["codigo"] == "C800"
    assert ask(sound, token, "application/json").json()["codigo"] == "C800"
    assert ask(foreign, token).json()["codigo"] == "C800a"
    assert ask(sound, token).status_code == 200


def test_unknown_client_gets_no_temporary_token(simulator):
    with pytest.raises(LookupError):
        simulator.temporary_token(str(uuid.uuid4()))


def renew(client, csr: bytes, version: str = "v1"):
    url = f"{client.simulator.hosts.token}/seguranca/{version}/certificado/renovacao"
    return client.http.post(url, content=csr, headers=client.headers() | {"Content-Type": "text/plain"})


@pytest.fixture
def expiring(simulator, make_client):
    """A client whose certificate has 40 days left."""
    return make_client(simulator.provision(client_id=CLIENT_ID, valid_days=40))


def test_renewal_only_near_the_end(simulator, expiring):
    csr, _ = make_csr(CLIENT_ID)
    assert renew(expiring, csr).json()["codigo"] == "C700"
    simulator.bank.switch(renewal_window_days=60)
    answer = renew(expiring, csr)
    assert answer.status_code == 200
    assert answer.text.startswith("-----BEGIN CERTIFICATE-----")


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_renewal_paths(simulator, expiring, version):
    simulator.bank.clock.advance(days=15)
    simulator.bank.switch(renewal_paths=version)
    csr, _ = make_csr(CLIENT_ID)
    other = {"v1": "v2", "v2": "v1"}[version]
    assert renew(expiring, csr, other).status_code == 404
    assert renew(expiring, csr, version).status_code == 200


def test_renewal_may_bring_a_new_secret(simulator, expiring):
    simulator.bank.clock.advance(days=15)
    simulator.bank.switch(renewal_with_secret=True)
    answer = renew(expiring, make_csr(CLIENT_ID)[0])
    secret = answer.text.splitlines()[0].removeprefix("Secret: ")
    assert secret != expiring.credentials.client_secret
    assert expiring.token_answer(client_secret=secret).status_code == 200
    assert expiring.token_answer().status_code == 401
