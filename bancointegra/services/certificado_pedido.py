"""One request of a certificate on its way: key, sending, answer. Shared by the wizard and the renewal.

Every step is written down before the next begins: the key before the CSR leaves, “sent” before the first byte, the
answer before anything is done with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bancointegra.domain.certificado import CertificadoRecebido, EstadoFluxo, ParCertificado, Passo
from bancointegra.domain.errors import AppError, CredentialError, OutcomeUnknown, RuleError
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_certificado import CertificateRequests, Certificates
from bancointegra.services.segredos import SegredosDaConta

Envio = Callable[[bytes], CertificadoRecebido]
"""Sends a CSR to the bank."""

_JA_EMITIDO = frozenset({"credencial.C700", "credencial.C700A", "credencial.C800B"})


class PedidosDeCertificado:
    def __init__(
        self, *, requests: CertificateRequests, certificates: Certificates, segredos: SegredosDaConta, clock: Clock
    ) -> None:
        self._requests = requests
        self._certificates = certificates
        self._segredos = segredos
        self._clock = clock

    def gerar_chave(self, estado: EstadoFluxo) -> EstadoFluxo:
        """Make key and CSR and keep them; the request may then be sent."""
        pedido = self._certificates.request(estado.dados)
        pronto = replace(estado, passo=Passo.ENVIO, csr_pem=pedido.csr_pem)
        passphrase = self._segredos.passphrase_for_storing(estado.dados.client_id)
        self._requests.save_key(pronto, pedido.key_pem, passphrase)
        return pronto

    def enviar(self, estado: EstadoFluxo, envio: Envio) -> EstadoFluxo:
        """Send the CSR and keep the answer.

        Raises ``OutcomeUnknown`` when the answer is lost: the request then stays *em dúvida*, and may be sent again.
        The other errors say that this sending issued nothing.
        """
        if estado.passo is not Passo.ENVIO:
            raise RuleError("Este pedido de certificado não está pronto para ser enviado.", code="certificado_passo")
        # Opens the vault and the key while nothing is lost yet; the answer is sealed with it.
        passphrase = self._passphrase(estado)
        self._requests.key(estado.conta_id, passphrase)
        saindo = replace(estado, enviado_em=self._clock.now(), em_duvida=True)
        self._requests.save(saindo)
        try:
            recebido = envio(estado.csr_pem)
        except OutcomeUnknown as error:
            raise _lost_answer(error, renovacao=estado.renovacao) from error
        except AppError as error:
            if estado.em_duvida and error.code in _JA_EMITIDO:
                raise _issued_before(estado, error) from error
            self._requests.save(estado)
            raise
        recebida = replace(saindo, passo=Passo.RECEBIDO, em_duvida=False)
        self._requests.save_answer(recebida, recebido, passphrase)
        return recebida

    def par(self, estado: EstadoFluxo) -> tuple[ParCertificado, str | None]:
        """The pair of the answer kept, and the ClientSecret that came with it.

        Raises ``CredentialError`` when the certificate is not of the key, or one of them cannot be opened.
        """
        passphrase = self._passphrase(estado)
        recebido = self._requests.answer(estado.conta_id, passphrase)
        if recebido is None:
            raise RuleError("O banco ainda não respondeu a este pedido de certificado.", code="certificado_passo")
        key = self._requests.key(estado.conta_id, passphrase)
        par = self._certificates.read(certificado=recebido.certificate_pem, chave=key, pfx=None, senha="")
        return par, recebido.client_secret

    def _passphrase(self, estado: EstadoFluxo) -> str:
        return self._segredos.passphrase(estado.dados.client_id)


def _lost_answer(error: AppError, *, renovacao: bool) -> AppError:
    if renovacao:
        message = "O pedido de renovação saiu e a resposta do banco não chegou: ele pode ter emitido o certificado."
        hint = "O certificado atual continua em uso. Tente renovar de novo: o mesmo pedido é reenviado."
    else:
        message = "O pedido saiu e a resposta do banco não chegou: o token temporário pode já ter sido gasto."
        hint = (
            "Envie de novo com o mesmo token. Se o banco disser que ele já foi usado, peça ao banco outro token "
            "temporário, avisando que o certificado emitido não chegou. A chave gerada continua guardada."
        )
    return OutcomeUnknown(f"{message} ({error.message})", hint=hint, code="a_confirmar.certificado")


def _issued_before(estado: EstadoFluxo, error: AppError) -> AppError:
    when = f" de {estado.enviado_em:%d/%m/%Y %H:%M}" if estado.enviado_em else ""
    keeps = " O certificado atual continua em uso até vencer." if estado.renovacao else ""
    return CredentialError(
        f"A resposta do envio{when} se perdeu, e o banco já emitiu aquele certificado: {error.message}",
        hint="Peça ao banco um novo token temporário, avisando que o certificado emitido não chegou, e envie com ele "
        f"este mesmo pedido, no Assistente de Certificado.{keeps}",
        code=error.code,
    )
