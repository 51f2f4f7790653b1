"""The certificate by which the bank knows an account: what it says, how long it lasts, how a new one is asked for.

Sources: the manual, chapters “Geração dos arquivos .KEY e .CSR” and “Importação do Certificado Digital”; Itaú's guides
of the dynamic certificate (365 days, RSA 2048, SHA-512, CN equal to the ClientID, renewal in the last 30 days; one
guide says 60).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import InputError

MIN_BITS = 2048
DIAS_RENOVACAO = 30
TAMANHO_MAXIMO_ARQUIVO = 1_000_000
SUFIXOS_DE_CERTIFICADO = frozenset({".pfx", ".p12", ".crt", ".cer", ".pem", ".key"})
"""Bytes of a file that may still be a certificate or a key; a chain of ten has about 20,000."""
LIMIARES_AVISO = (60, 30, 15, 7, 1)
"""Days before expiry at which the clerk is warned, each more urgent than the one before."""

UFS = frozenset(
    "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split()  # noqa: SIM905 - shorter to read
)
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_TYPOGRAPHIC = str.maketrans("–—‘’“”", "--''\"\"")
_LONGEST_NAME = 64  # RFC 5280, ub-organizational-unit-name; ub-locality-name is longer
_BEGIN = "-----BEGIN CERTIFICATE-----"
_END = "-----END CERTIFICATE-----"
_SECRET_LINE = re.compile(r"^\W*(?:client[ _-]?)?secret\s*[:=]\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ParCertificado:
    """A certificate with the private key that belongs to it, in memory only.

    ``certificate_pem`` begins with the account's own certificate; its chain may follow. ``key_pem`` is PKCS#8 without
    a password. ``cn`` may be empty. ``fingerprint`` is SHA-256 as ``AB:CD:…``. ``client_secret`` is what the file
    brought in a ``Secret:`` line, if any.
    """

    certificate_pem: bytes
    key_pem: bytes = field(repr=False)
    cn: str
    valid_from: datetime
    valid_until: datetime
    bits: int
    fingerprint: str
    client_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CertificadoLido:
    """What a certificate on disk says of itself; moments carry a time zone."""

    cn: str
    valid_from: datetime
    valid_until: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SituacaoCertificado:
    """How an account's certificate stands at one moment.

    ``dias`` are whole days left, negative once expired. ``limiar`` is the smallest of ``LIMIARES_AVISO`` reached, 0
    when it cannot be used, None while there is nothing to say; ``aviso`` is the sentence (empty likewise).
    """

    cn: str
    valid_from: datetime
    valid_until: datetime
    dias: int
    fingerprint: str
    aviso: str = ""
    limiar: int | None = None

    @property
    def is_utilizavel(self) -> bool:
        """Whether the bank can still take it: begun, and not expired."""
        return self.limiar != 0


def situacao_do_certificado(lido: CertificadoLido, agora: datetime) -> SituacaoCertificado:
    """How ``lido`` stands at ``agora`` (with time zone), with the warning that is due (``LIMIARES_AVISO``)."""
    dias = (lido.valid_until - agora).days
    limiar, aviso = _aviso(lido, agora, dias)
    return SituacaoCertificado(lido.cn, lido.valid_from, lido.valid_until, dias, lido.fingerprint, aviso, limiar)


def _aviso(lido: CertificadoLido, agora: datetime, dias: int) -> tuple[int | None, str]:
    ends = lido.valid_until.astimezone(agora.tzinfo)
    if agora < lido.valid_from:
        begins = lido.valid_from.astimezone(agora.tzinfo)
        return 0, f"O certificado só vale a partir de {begins:%d/%m/%Y %H:%M}. Confira a data deste computador."
    if agora > lido.valid_until:
        return 0, (
            f"O certificado venceu em {ends:%d/%m/%Y}. Peça ao banco um token temporário e use o Assistente de "
            "Certificado."
        )
    limiar = next((limiar for limiar in sorted(LIMIARES_AVISO) if dias <= limiar), None)
    if limiar is None:
        return None, ""
    when = {0: "em menos de um dia", 1: "em 1 dia"}.get(dias, f"em {dias} dias")
    sentence = f"O certificado vence {when} ({ends:%d/%m/%Y})."
    if limiar > DIAS_RENOVACAO:
        return limiar, f"{sentence} A renovação abre {DIAS_RENOVACAO} dias antes."
    return limiar, f"{sentence} {'Renove agora.' if limiar <= 7 else 'Já pode ser renovado.'}"


@dataclass(frozen=True, slots=True)
class DadosCertificado:
    """What the request of a certificate (CSR) says of who asks; given as typed, kept as the bank wants it.

    The manual: CN is exactly the ClientID, OU the company or application, L the city without accents, ST the UF. The
    company loses its accents too: only the CN is checked, and plain letters pass everywhere. Raises ``InputError``.
    """

    client_id: str
    empresa: str
    cidade: str
    uf: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "client_id", require_client_id(self.client_id))
        object.__setattr__(self, "empresa", _plain(self.empresa, "Empresa"))
        object.__setattr__(self, "cidade", _plain(self.cidade, "Cidade"))
        object.__setattr__(self, "uf", require_uf(self.uf))


def require_client_id(text: str) -> str:
    """The ClientID without the blanks of a paste. Raises ``InputError``."""
    client_id = text.strip()
    if not client_id:
        raise InputError("Falta o ClientID.", field="ClientID", hint="É o identificador que o banco enviou.")
    if not _CLIENT_ID.fullmatch(client_id):
        raise InputError(
            "O ClientID tem só letras, algarismos e hífens, até 64.",
            field="ClientID",
            hint="Copie-o de novo da mensagem do banco, sem espaços nem aspas.",
        )
    return client_id


def require_uf(text: str) -> str:
    """The UF in capitals. Raises ``InputError`` for what is not one of the 27."""
    uf = text.strip().upper()
    if uf not in UFS:
        raise InputError("A UF é a sigla do estado, em duas letras (SP, RJ…).", field="UF")
    return uf


def dados_da_conta(conta: ContaBancaria) -> DadosCertificado:
    """What to ask a certificate with for ``conta``: its holder, without the letters a certificate does not take.

    Raises ``InputError`` when ClientID, city or UF of the account cannot be used.
    """
    endereco = conta.beneficiario.endereco
    ascii_only = _without_accents(conta.beneficiario.nome).encode("ascii", "ignore").decode()
    nome = "".join(char for char in ascii_only if char.isprintable())[:_LONGEST_NAME].strip()
    return DadosCertificado(conta.client_id, nome or "EMPRESA", endereco.cidade, endereco.uf)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHIC))
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def _plain(text: str, label: str) -> str:
    plain = _without_accents(text)
    if not plain:
        raise InputError(f"Falta preencher {label}.", field=label)
    if len(plain) > _LONGEST_NAME:
        raise InputError(f"{label} tem até {_LONGEST_NAME} caracteres.", field=label)
    if not (plain.isascii() and plain.isprintable()):
        raise InputError(f"{label} tem caracteres que o certificado não aceita.", field=label)
    return plain


@dataclass(frozen=True, slots=True)
class PedidoCertificado:
    """A key made here and the request (CSR) that goes to the bank; ``key_pem`` is PKCS#8 without a password."""

    csr_pem: bytes
    key_pem: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CertificadoRecebido:
    """The bank's answer to a request. ``client_secret`` is None when it brought none (the one in use stays)."""

    certificate_pem: bytes
    client_secret: str | None = field(default=None, repr=False)


def read_certificado_recebido(text: str) -> CertificadoRecebido | None:
    """The bank's answer in plain text: ``Secret: …``, then one or more certificates in PEM.

    The secret is the last word before the first certificate, if there is one. None when there is no whole certificate.
    """
    begin, end = text.find(_BEGIN), text.rfind(_END)
    if begin < 0 or end < begin:
        return None
    words = text[:begin].replace("\ufeff", " ").split()
    secret = words[-1].rpartition(":")[2] if words else ""
    block = text[begin : end + len(_END)].replace("\r\n", "\n")
    return CertificadoRecebido(f"{block}\n".encode(), secret or None)


def find_secret_line(text: str) -> str | None:
    """The ClientSecret that was saved together with a certificate (``Secret: …``); None when there is none."""
    found = _SECRET_LINE.search(text)
    return found[1] if found else None


class Passo(Enum):
    """The steps of the Assistente de Certificado, in order. The value is the title of the page."""

    DADOS = "Dados"
    CHAVE = "Chave e pedido"
    ENVIO = "Envio ao banco"
    RECEBIDO = "Certificado recebido"
    TESTE = "Teste da conexão"


@dataclass(frozen=True, slots=True)
class EstadoFluxo:
    """Where the request of one account's certificate stands; ``passo`` is the step to do next.

    ``em_duvida``: the CSR left and no readable answer came back. ``csr_pem`` is empty before the key is made.
    ``renovacao`` tells a renewal from a request with a temporary token.
    """

    conta_id: int
    passo: Passo
    dados: DadosCertificado
    iniciado_em: datetime
    csr_pem: bytes = b""
    enviado_em: datetime | None = None
    em_duvida: bool = False
    renovacao: bool = False
