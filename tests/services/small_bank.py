"""A small bank for one account, kept in memory, that can fail before or after it has done what was asked."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import replace
from typing import Any

from bancointegra.domain.boleto import BoletoRegistrado, ConsultaBoleto, PedidoRegistro, Sacado, SituacaoNoBanco
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import BankRefused, Refusal
from bancointegra.domain.ports import Clock
from bancointegra.domain.situacao import Operacao
from tests.builders import registrado_de

Key = tuple[str, str]


class Killed(BaseException):
    """The program was killed at this moment: nobody catches it, as nobody catches the end of a process."""


class SmallBank:
    """``CobrancaProvider``. A nosso número is taken for ever; what it was asked is in ``requests``, in order.

    ``invisible`` boletos are registered but not shown by queries yet, as happens for minutes at a real bank; without
    ``shows_new`` every new one is.
    Sacados in ``refused_sacados`` are refused by the bank's rules, always.
    """

    capabilities = frozenset({Operacao.REGISTRAR, Operacao.CONSULTAR})

    def __init__(self, clock: Clock) -> None:
        self.boletos: dict[Key, ConsultaBoleto] = {}
        self.invisible: set[Key] = set()
        self.shows_new = True
        self.requests: list[tuple[PedidoRegistro, str]] = []
        self.queries: list[Key] = []
        self.refused_sacados: set[str] = set()
        self._clock = clock
        self._faults: deque[tuple[BaseException, bool]] = deque()
        self._query_faults: deque[BaseException] = deque()
        self._lock = threading.Lock()

    def fail_next(self, error: BaseException, *, committed: bool = False) -> None:
        """The next registration raises ``error``, after doing its work when ``committed``."""
        self._faults.append((error, committed))

    def fail_next_query(self, error: BaseException) -> None:
        self._query_faults.append(error)

    def mend(self) -> None:
        """No more faults."""
        self._faults.clear()
        self._query_faults.clear()

    def heal(self) -> None:
        """No more faults, and every boleto can be seen."""
        self.mend()
        self.shows_new = True
        self.invisible.clear()

    def registrar(self, pedido: PedidoRegistro, correlation_id: str) -> BoletoRegistrado:
        with self._lock:
            error, committed = self._faults.popleft() if self._faults else (None, True)
            self.requests.append((pedido, correlation_id))
            if committed:
                registrado = self._register(pedido)
            if error is not None:
                raise error
            return registrado

    def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
        with self._lock:
            self.queries.append((carteira, nosso_numero))
            if self._query_faults:
                raise self._query_faults.popleft()
            found = self.boletos.get((carteira, nosso_numero))
            if found is None or (carteira, nosso_numero) in self.invisible:
                return None
            return replace(found, consultado_em=self._clock.now())

    def say(self, nosso_numero: str, situacao: SituacaoNoBanco, **changes: Any) -> None:
        """From now on the bank says this of a boleto."""
        key = ("109", nosso_numero)
        self.boletos[key] = replace(self.boletos[key], situacao=situacao, texto=situacao.value, **changes)

    def belongs_to(self, pedido: PedidoRegistro, sacado: Sacado) -> None:
        """Somebody else registered a boleto of ``sacado`` under the nosso número of ``pedido``."""
        self.boletos[pedido.carteira, pedido.nosso_numero] = self._shown(replace(pedido, sacado=sacado))

    def _register(self, pedido: PedidoRegistro) -> BoletoRegistrado:
        if pedido.sacado.documento.numero in self.refused_sacados:
            raise BankRefused("CEP incompatível com a UF.", refusals=(Refusal("numero_CEP", "incompatível"),))
        key = (pedido.carteira, pedido.nosso_numero)
        if key in self.boletos:
            raise BankRefused("Título já cadastrado na cobrança.", possibly_duplicate=True)
        self.boletos[key] = self._shown(pedido)
        if not self.shows_new:
            self.invisible.add(key)
        return self.boletos[key].registrado

    def _shown(self, pedido: PedidoRegistro) -> ConsultaBoleto:
        sacado = pedido.sacado
        return ConsultaBoleto(
            registrado_de(pedido),
            SituacaoNoBanco.ABERTO,
            "em aberto",
            sacado.documento.numero,
            sacado.nome,
            consultado_em=self._clock.now(),
            seu_numero=pedido.seu_numero,
        )


class OneBank:
    """``CobrancaProviders`` of one bank; ``problem`` is what keeps anybody from reaching it."""

    def __init__(self, bank: SmallBank) -> None:
        self.bank = bank
        self.problem: Exception | None = None

    def for_conta(self, conta: ContaBancaria) -> SmallBank:
        if self.problem is not None:
            raise self.problem
        return self.bank
