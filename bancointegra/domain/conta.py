"""The Conta Bancária and the Tipo de Cobrança tied to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos


class Ambiente(Enum):
    """Where orders go. The value is the word on the coloured strip."""

    SIMULACAO = "SIMULAÇÃO"
    PRODUCAO = "PRODUÇÃO"


@dataclass(frozen=True, slots=True)
class Endereco:
    """A postal address. ``logradouro`` holds street, number and complement; ``cep`` is 8 digits."""

    logradouro: str
    bairro: str
    cidade: str
    uf: str
    cep: str

    @property
    def uma_linha(self) -> str:
        """``Rua Um, 10 - Centro - 01001-000 São Paulo/SP``."""
        return f"{self.logradouro} - {self.bairro} - {self.cep[:5]}-{self.cep[5:]} {self.cidade}/{self.uf}"


@dataclass(frozen=True, slots=True)
class Beneficiario:
    nome: str
    documento: Documento
    endereco: Endereco


@dataclass(frozen=True, slots=True)
class Hosts:
    """Base addresses of the bank's services, without a trailing slash; empty means the provider's default."""

    token: str = ""
    emissao: str = ""
    consulta: str = ""


@dataclass(frozen=True, slots=True)
class ContaBancaria:
    """One account at one bank.

    ``agencia`` 4 digits, ``conta`` 5 digits, ``dac`` 1, ``carteira`` 3, ``banco`` 3. ``client_id`` names the
    credential; the secret and the key's passphrase are in the vault, never here. ``faixa_*`` bound the nosso
    número, both ends included.
    """

    id: int
    mnemonico: str
    banco: str
    agencia: str
    conta: str
    dac: str
    carteira: str
    beneficiario: Beneficiario
    api_bancaria: bool = True
    ambiente: Ambiente = Ambiente.SIMULACAO
    client_id: str = ""
    certificate_path: str = ""
    key_path: str = ""
    ca_path: str = ""
    hosts: Hosts = field(default_factory=Hosts)
    encargos_padrao: Encargos = field(default_factory=Encargos)
    faixa_inicio: int = 1
    faixa_fim: int = 99_999_999
    ultimo_nosso_numero: int = 0

    @property
    def resumo(self) -> str:
        """``Itaú 341 · Ag. 1500 · C/C 05206-1 · carteira 109``."""
        banco = "Itaú 341" if self.banco == "341" else self.banco
        return f"{banco} · Ag. {self.agencia} · C/C {self.conta}-{self.dac} · carteira {self.carteira}"


@dataclass(frozen=True, slots=True)
class TipoCobranca:
    """How títulos are charged; tied to one account."""

    id: int
    nome: str
    conta_id: int


@dataclass(frozen=True, slots=True)
class TipoEmUso:
    """A tipo de cobrança in the register: its account's mnemônico, and how many títulos have it."""

    tipo: TipoCobranca
    mnemonico: str
    titulos: int
