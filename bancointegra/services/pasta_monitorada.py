"""The watched folder: files that other programs drop are imported, registered if so wanted, and answered.

A taken file stays in *processando* until all is settled. What a crash leaves there, and what the bank has not confirmed
yet, is gone on with in the next round; each step can be done again without doing anything twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bancointegra.domain.errors import AppError, InputError, JobCancelled
from bancointegra.domain.ponte import PedidoPonte, PreferenciasPasta, RespostaPonte
from bancointegra.domain.ports import Clock, ContaRepository
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.domain.ports_ponte import CaixaDeEntrada, Chegado
from bancointegra.domain.texto import fold
from bancointegra.services.importacao import SemAndamento
from bancointegra.services.incident import as_app_error
from bancointegra.services.ponte import PonteService
from bancointegra.services.ponte_json import read_resposta, resposta_bytes


@dataclass(frozen=True, slots=True)
class ArquivoTratado:
    """What one round did with a file. ``mudou``: there is something new to tell; ``path`` is where it lies now."""

    path: Path
    resposta: RespostaPonte
    mudou: bool


class PastaMonitoradaService:
    """One for each running program: it remembers how the files looked the last time."""

    def __init__(
        self,
        *,
        ponte: PonteService,
        contas: ContaRepository,
        abrir: Callable[[Path], CaixaDeEntrada],
        clock: Clock,
    ) -> None:
        self._ponte = ponte
        self._clock = clock
        self._contas = contas
        self._abrir = abrir
        self._looks: dict[Path, set[Chegado]] = {}

    def conferir(self, preferencias: PreferenciasPasta) -> PedidoPonte:
        """What is to be done with each file. Raises ``InputError`` when folder, account or cobrança are not there."""
        if preferencias.pasta is None or not preferencias.pasta.is_dir():
            raise InputError(
                f"A pasta monitorada não existe: {preferencias.pasta or 'nenhuma escolhida'}.",
                field="Pasta",
                hint="Escolha-a em Ferramentas, Pasta monitorada.",
                code="pasta_monitorada",
            )
        conta = self._contas.by_mnemonico(preferencias.conta)
        if conta is None:
            raise InputError(
                f"A conta {preferencias.conta or '(nenhuma)'} da pasta monitorada não existe.",
                field="Conta Bancária",
                hint="Escolha outra em Ferramentas, Pasta monitorada.",
                code="pasta_monitorada",
            )
        tipos = self._contas.tipos_cobranca(conta.id)
        chosen = [tipo for tipo in tipos if fold(tipo.nome) == fold(preferencias.cobranca)]
        if not chosen:
            raise InputError(
                f"A cobrança {preferencias.cobranca or '(nenhuma)'} não existe na conta {conta.mnemonico}.",
                field="Cobrança",
                hint="Escolha outra em Ferramentas, Pasta monitorada.",
                code="pasta_monitorada",
            )
        return PedidoPonte(conta, chosen[0].id, preferencias.registrar, preferencias.gerar_pdf)

    def processar(
        self, preferencias: PreferenciasPasta, andamento: Andamento | None = None
    ) -> tuple[ArquivoTratado, ...]:
        """One round: go on with what was taken, then take what has arrived and looks as it did the last time.

        Does nothing while another program works on the folder. Raises ``InputError`` when the preferences cannot be
        followed, ``StoreError`` when folder or data cannot be used, ``JobCancelled``; the next round goes on.
        """
        pedido = self.conferir(preferencias)
        assert preferencias.pasta is not None
        caixa = self._abrir(preferencias.pasta)
        with caixa.exclusiva() as ours:
            if not ours:
                return ()
            return tuple(self._round(preferencias.pasta, caixa, pedido, andamento or SemAndamento()))

    def _round(
        self, pasta: Path, caixa: CaixaDeEntrada, pedido: PedidoPonte, andamento: Andamento
    ) -> Iterator[ArquivoTratado]:
        for tomado in caixa.tomados():
            andamento.check_cancelled()
            yield self._treat(caixa, tomado, pedido, andamento)
        before, now = self._looks.get(pasta, set()), set(caixa.chegados())
        self._looks[pasta] = now
        for chegado in sorted(now & before, key=lambda chegado: (chegado.alterado, chegado.nome)):
            andamento.check_cancelled()
            tomado_agora = caixa.tomar(chegado.nome)
            if tomado_agora is not None:
                yield self._treat(caixa, tomado_agora, pedido, andamento)

    def _answer(
        self, tomado: Path, before: RespostaPonte | None, pedido: PedidoPonte, andamento: Andamento
    ) -> RespostaPonte:
        try:
            if before is not None:
                return self._ponte.retomar(before, pedido, andamento)
            return self._ponte.processar(tomado, pedido, andamento)
        except (AppError, JobCancelled):
            raise
        except Exception as defect:  # noqa: BLE001 - one file must not keep all others waiting for ever
            error = as_app_error(defect)
            conta = pedido.conta.mnemonico
            return RespostaPonte(tomado.name, conta, self._clock.now(), erro=error.code, mensagem=str(error))

    def _treat(self, caixa: CaixaDeEntrada, tomado: Path, pedido: PedidoPonte, andamento: Andamento) -> ArquivoTratado:
        kept = caixa.rascunho(tomado)
        before = read_resposta(kept) if kept is not None else None
        resposta = self._answer(tomado, before, pedido, andamento)
        changed = resposta != before
        if changed:
            caixa.responder(tomado, resposta_bytes(resposta, self._ponte.titulo))
        if not resposta.is_completa:
            return ArquivoTratado(tomado, resposta, changed)
        return ArquivoTratado(caixa.encerrar(tomado, com_erro=resposta.has_erro), resposta, True)
