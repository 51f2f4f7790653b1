"""The Conta de Pagamento: the client account at Celcoin from which bills are paid."""

from __future__ import annotations

from dataclasses import dataclass, field

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.documentos import Documento
from bancointegra.domain.reais import Reais


@dataclass(frozen=True, slots=True)
class Alcadas:
    """How far a payment may go without somebody else; None means without bound.

    Above ``por_pagamento`` nothing is paid at all, nor above ``por_dia`` in one day; above ``sem_aprovacao`` a second
    person must approve.
    """

    por_pagamento: Reais | None = None
    por_dia: Reais | None = None
    sem_aprovacao: Reais | None = None


@dataclass(frozen=True, slots=True)
class ContaPagamento:
    """One client account at Celcoin. Its secrets are in the vault, never here.

    They are ``{client_id}/client_secret`` and, with a client certificate, ``{client_id}/key_passphrase``.

    ``pagador`` is who pays, as the bill's payment names it. ``terminal`` (at most 50 characters) tells this office's
    payments from others of the same client. ``host`` is the base address without a trailing slash, empty for
    Celcoin's own. ``certificate_path`` and ``key_path`` are the client certificate that Celcoin asks for in
    production, ``ca_path`` the simulated Celcoin's root.
    """

    id: int
    mnemonico: str
    ambiente: Ambiente
    client_id: str
    pagador: Documento
    nome: str
    terminal: str
    host: str = ""
    certificate_path: str = ""
    key_path: str = ""
    ca_path: str = ""
    alcadas: Alcadas = field(default_factory=Alcadas)

    @property
    def resumo(self) -> str:
        """``Celcoin · EMPRESA EXEMPLO LTDA · 11.222.333/0001-81``."""
        return f"Celcoin · {self.nome} · {self.pagador.formatado}"
