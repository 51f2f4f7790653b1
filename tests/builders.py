"""Ordinary accounts, títulos and boletos for tests, and the clock and instances they live with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from bancointegra.domain.boleto import BoletoRegistrado, ConsultaBoleto, PedidoRegistro, Sacado, SituacaoNoBanco
from bancointegra.domain.conta import Beneficiario, ContaBancaria, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.reais import Reais
from bancointegra.domain.registro import plan_registro
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, Titulo

BRASILIA = timezone(timedelta(hours=-3))
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=BRASILIA)
ENTRY = HistoryEntry(NOW, "Importado", "títulos.csv", "maria")

ENDERECO = Endereco("Avenida Paulista, 1000", "Bela Vista", "São Paulo", "SP", "01310100")
BENEFICIARIO = Beneficiario("Rezende Distribuidora Ltda.", Documento.parse("11.222.333/0001-81"), ENDERECO)
AURORA = Sacado("MERCADO AURORA LTDA", Documento.parse("12.ABC.345/01DE-35"), ENDERECO)
JOAO = Sacado("João Ávila", Documento.parse("529.982.247-25"), ENDERECO)


class ManualClock:
    """``Clock`` that moves only when told."""

    def __init__(self, moment: datetime = NOW) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self._moment.date()

    def advance(self, **time: float) -> None:
        self._moment += timedelta(**time)


class KnownInstances:
    """``Instances`` that knows who lives; ``current`` lives until ``died`` is called."""

    def __init__(self, current: str = "esta-janela") -> None:
        self.current = current
        self.alive = {current}

    def is_alive(self, instance: str) -> bool:
        return instance in self.alive

    def restart(self, current: str) -> None:
        """This program died and was started again."""
        self.alive.discard(self.current)
        self.current = current
        self.alive.add(current)


def conta_itau(**changes: Any) -> ContaBancaria:
    plain = ContaBancaria(0, "ITAU01", "341", "1500", "05206", "1", "109", BENEFICIARIO)
    return replace(plain, **changes)


def novo_titulo(numero: int | str = 1001, **changes: Any) -> NovoTitulo:
    plain = NovoTitulo(str(numero), "1", AURORA, date(2026, 11, 20), date(2026, 12, 20), Reais(12500), Encargos())
    return replace(plain, **changes)


def registrado_de(pedido: PedidoRegistro) -> BoletoRegistrado:
    """What a bank returns for ``pedido``; bars and line are of the right length and nothing more."""
    bars = f"3419{pedido.valor.centavos:020d}{pedido.carteira}{pedido.nosso_numero}".ljust(44, "0")
    return BoletoRegistrado(
        chave=f"1500052061{pedido.carteira}{pedido.nosso_numero}",
        carteira=pedido.carteira,
        nosso_numero=pedido.nosso_numero,
        dac_nosso_numero=str(int(pedido.nosso_numero) % 10),
        codigo_barras=bars,
        linha_digitavel=f"{bars}000",
        valor=pedido.valor,
        vencimento=pedido.vencimento,
    )


def consulta_de(
    registrado: BoletoRegistrado, situacao: SituacaoNoBanco = SituacaoNoBanco.ABERTO, **changes: Any
) -> ConsultaBoleto:
    """What a query of ``registrado`` says of it."""
    plain = ConsultaBoleto(
        registrado, situacao, situacao.value, AURORA.documento.numero, AURORA.nome, consultado_em=NOW
    )
    return replace(plain, **changes)


def plan(titulo: Titulo, conta: ContaBancaria, nosso_numero: str) -> PedidoRegistro:
    """The program's own plan, on the day of ``NOW``."""
    return plan_registro(titulo, conta, nosso_numero, NOW.date())
