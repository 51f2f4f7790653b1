"""An office in a temporary folder: the real store and services, and a bank, a printer and a clock in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.domain.boleto import (
    BoletoImpresso,
    BoletoRegistrado,
    ConsultaBoleto,
    Pagamento,
    PedidoRegistro,
    ProtestoNoBanco,
    Sacado,
    SituacaoNoBanco,
)
from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Endereco, TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos, Juros, Multa, TipoJuros, TipoMulta
from bancointegra.domain.instrucao import (
    Aceite,
    AlterarSeuNumero,
    Baixar,
    CancelarProtesto,
    Instrucao,
    PedidoInstrucao,
    Protestar,
    encargos_apos,
    valor_apos,
    vencimento_apos,
)
from bancointegra.domain.itau import compute_codigos
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, TituloFilter, TituloSort
from bancointegra.services.busca import BuscaService
from bancointegra.services.conferencia import ConferenciaService
from bancointegra.services.consulta import ConsultaService
from bancointegra.services.conta import ContaService
from bancointegra.services.envio import OrderSender
from bancointegra.services.escritorio import EscritorioService
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.instrucao import InstrucaoService
from bancointegra.services.pagador import PagadorService
from bancointegra.services.reconciliacao import ReconciliacaoService
from bancointegra.services.registro import RegistroService
from bancointegra.services.segredos import SegredosDaConta
from bancointegra.services.titulo import TituloService
from bancointegra.store.store import Store, open_store
from bancointegra.system.key_files import KeyFiles
from bancointegra.ui.integracao.services import IntegracaoServices
from tests.new_data import new_data_file

BRASILIA = timezone(timedelta(hours=-3))
HOJE = date(2026, 11, 23)
CARLA = "Carla"

_ENDERECO = Endereco("Rua das Flores, 120", "Centro", "São Paulo", "SP", "01001000")
_EMPRESA = Beneficiario("COMERCIAL HORIZONTE LTDA", Documento("11222333000181"), _ENDERECO)
ENCARGOS = Encargos(
    multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)),
    juros=Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(1)),
)


class FixedClock:
    """23/11/2026, 14:32, one second later at every look."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 23, 14, 32, tzinfo=BRASILIA)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            self._now += timedelta(seconds=1)
            return self._now

    def today(self) -> date:
        return HOJE


class OneInstance:
    current = "janela-1"

    def is_alive(self, instance: str) -> bool:
        return instance == self.current


@dataclass
class BankInMemory:
    """Registers and answers at once, unless told otherwise.

    ``before`` runs per título (``1001/1``) before the bank has the boleto, ``after`` once it has; both may raise.
    Instructions on títulos in ``aguardando`` wait for an approval. ``pagamentos`` are what was paid of a título,
    ``pagos`` those paid in full. Closing ``door`` holds every request until it is opened again.
    """

    before: dict[str, Callable[[], None]] = field(default_factory=dict)
    after: dict[str, Callable[[], None]] = field(default_factory=dict)
    pedidos: dict[str, PedidoRegistro] = field(default_factory=dict)
    pagos: set[str] = field(default_factory=set)
    pagamentos: dict[str, tuple[Pagamento, ...]] = field(default_factory=dict)
    baixados: set[str] = field(default_factory=set)
    protestos: dict[str, ProtestoNoBanco] = field(default_factory=dict)
    aguardando: set[str] = field(default_factory=set)
    received: list[str] = field(default_factory=list)
    queried: list[str] = field(default_factory=list)
    instrucoes: list[tuple[str, Instrucao]] = field(default_factory=list)
    door: threading.Event = field(default_factory=threading.Event)
    capabilities: frozenset[Operacao] = frozenset(Operacao)

    def __post_init__(self) -> None:
        self.door.set()

    def for_conta(self, conta: ContaBancaria) -> BankInMemory:
        return self

    def registrar(self, pedido: PedidoRegistro, correlation_id: str) -> BoletoRegistrado:
        self.received.append(pedido.titulo)
        assert self.door.wait(20)
        self.before.get(pedido.titulo, _nothing)()
        self.pedidos[pedido.nosso_numero] = pedido
        self.after.get(pedido.titulo, _nothing)()
        return _registrado(pedido)

    def instruir(self, pedido: PedidoInstrucao, correlation_id: str) -> Aceite:
        self.instrucoes.append((pedido.titulo, pedido.instrucao))
        assert self.door.wait(20)
        self.before.get(pedido.titulo, _nothing)()
        if pedido.titulo in self.aguardando:
            return Aceite.AGUARDANDO_APROVACAO
        self._obey(pedido)
        self.after.get(pedido.titulo, _nothing)()
        return Aceite.FEITA

    def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
        assert self.door.wait(20)
        pedido = self.pedidos.get(nosso_numero)
        if pedido is None:
            return None
        self.queried.append(pedido.titulo)
        situacao, texto = self._situacao(pedido)
        return ConsultaBoleto(
            registrado=_registrado(pedido),
            situacao=situacao,
            texto=texto,
            sacado_documento=pedido.sacado.documento.numero,
            sacado_nome=pedido.sacado.nome,
            consultado_em=datetime(2026, 11, 23, 15, 0, tzinfo=BRASILIA),
            pagamentos=self._pagamentos(pedido),
            protesto=self.protestos.get(nosso_numero, ProtestoNoBanco.NENHUM),
            encargos=pedido.encargos,
            seu_numero=pedido.seu_numero,
        )

    def _obey(self, pedido: PedidoInstrucao) -> None:
        numero, instrucao = pedido.nosso_numero, pedido.instrucao
        match instrucao:
            case Baixar():
                self.baixados.add(numero)
            case Protestar():
                self.protestos[numero] = ProtestoNoBanco.INSTRUIDO
            case CancelarProtesto():
                self.protestos[numero] = ProtestoNoBanco.SUSTADO
            case AlterarSeuNumero(seu_numero):
                self.pedidos[numero] = replace(self.pedidos[numero], seu_numero=seu_numero)
            case _:
                known = self.pedidos[numero]
                self.pedidos[numero] = replace(
                    known,
                    vencimento=vencimento_apos(known.vencimento, instrucao),
                    valor=valor_apos(known.valor, instrucao),
                    encargos=encargos_apos(known.encargos, instrucao),
                )

    def _situacao(self, pedido: PedidoRegistro) -> tuple[SituacaoNoBanco, str]:
        if self._pagamentos(pedido):
            return SituacaoNoBanco.PAGO, "Paga"
        if pedido.nosso_numero in self.baixados:
            return SituacaoNoBanco.BAIXADO, "Baixada"
        return SituacaoNoBanco.ABERTO, "Em aberto"

    def _pagamentos(self, pedido: PedidoRegistro) -> tuple[Pagamento, ...]:
        whole = (Pagamento(pedido.valor, HOJE),) if pedido.titulo in self.pagos else ()
        return self.pagamentos.get(pedido.titulo, whole)


class PrinterInMemory:
    """Saves a stand-in for the PDF, under a free name."""

    def save(self, impresso: BoletoImpresso, folder: Path, file_stem: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{file_stem}.pdf"
        number = 2
        while path.exists():
            path = folder / f"{file_stem} ({number}).pdf"
            number += 1
        path.write_text(impresso.registrado.linha_digitavel, encoding="utf-8")
        return path


@dataclass
class PreferencesInMemory:
    """Where the clerk keeps the boletos."""

    chosen_folder: Path
    wanted: bool = True

    def gerar_pdf(self) -> bool:
        return self.wanted

    def save_gerar_pdf(self, gerar_pdf: bool) -> None:
        self.wanted = gerar_pdf

    def folder(self) -> Path:
        return self.chosen_folder

    def save_folder(self, folder: Path) -> None:
        self.chosen_folder = folder


class Escritorio:
    """Accounts, títulos and services over one data file in ``folder``."""

    def __init__(self, folder: Path, *, busy_timeout: float = 15) -> None:
        self.clock = FixedClock()
        self.bank = BankInMemory()
        self.pasta = folder / "boletos"
        folder.mkdir(exist_ok=True)
        path = new_data_file(folder / "dados.db")
        self.store: Store = open_store(path, instances=OneInstance(), clock=self.clock, busy_timeout=busy_timeout)
        stored = {"contas": self.store.contas, "titulos": self.store.titulos}
        acting = {"clock": self.clock, "quem": CARLA}
        in_flight = OrdersInFlight()
        sender = OrderSender(journal=self.store.journal, in_flight=in_flight, **acting)
        calendario = CalendarioBancario()
        self.busca = BuscaService(**stored, calendario=calendario, clock=self.clock)
        self.impressao = ImpressaoService(
            **stored, **acting, journal=self.store.journal, printer=PrinterInMemory(), folder=lambda: self.pasta
        )
        self.consulta = ConsultaService(**stored, **acting, providers=self.bank)
        ordering = stored | {
            "journal": self.store.journal,
            "providers": self.bank,
            "impressao": self.impressao,
            "sender": sender,
            "clock": self.clock,
        }
        conferencia = ConferenciaService(**stored, **acting, conferencias=self.store.conferencias, providers=self.bank)
        self.registro = RegistroService(**ordering, conferencia=conferencia)
        self.instrucao = InstrucaoService(**ordering, consulta=self.consulta, calendario=calendario)
        self.escritorios = EscritorioService(self.store.escritorios)
        self.titulos = TituloService(**stored, **acting, calendario=calendario)
        self.pagadores = PagadorService(self.store.pagadores)
        self.conta = ContaService(
            contas=self.store.contas, segredos=SegredosDaConta(MemoryVault()), key_files=KeyFiles(folder / "chaves")
        )
        self.reconciliacao = ReconciliacaoService(
            journal=self.store.journal,
            sender=sender,
            registro=self.registro,
            instrucao=self.instrucao,
            conferencia=conferencia,
            in_flight=in_flight,
            instances=OneInstance(),
        )

    @property
    def services(self) -> IntegracaoServices:
        """What the screen calls."""
        return IntegracaoServices(
            busca=self.busca,
            registro=self.registro,
            consulta=self.consulta,
            instrucao=self.instrucao,
            escritorios=self.escritorios,
            impressao=self.impressao,
            reconciliacao=self.reconciliacao,
        )

    def add_conta(self, mnemonico: str = "ITAU-MATRIZ", *, conta: str = "05206", dac: str = "1") -> ContaBancaria:
        """An account in SIMULAÇÃO with one tipo de cobrança, BOLETO ITAÚ."""
        stored = self.store.contas.save(
            ContaBancaria(
                0, mnemonico, "341", "1500", conta, dac, "109", _EMPRESA, ambiente=Ambiente.SIMULACAO, faixa_inicio=412
            )
        )
        self.store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO ITAÚ", stored.id))
        return stored

    def add_titulos(self, conta: ContaBancaria, novos: Sequence[NovoTitulo]) -> dict[str, int]:
        """Store them; returns the id of each by its ``1001/1``."""
        tipo = self.store.contas.tipos_cobranca(conta.id)[0]
        entry = HistoryEntry(datetime(2026, 11, 20, 9, 10, tzinfo=BRASILIA), "Importado de notas.csv", "", CARLA)
        self.store.titulos.add_many(conta.id, tipo.id, novos, entry)
        rows = self.busca.page(TituloFilter(conta.id), TituloSort.TITULO, False, 0, 10_000)
        return {row.titulo: row.id for row in rows}

    def close(self) -> None:
        self.bank.door.set()
        self.store.close()


def novo(
    numero: int,
    sacado: str,
    documento: str,
    valor: str,
    *,
    parcela: str = "1",
    emissao: date = date(2026, 11, 3),
    vencimento: date = date(2026, 11, 27),
) -> NovoTitulo:
    """A título to store, with multa of 2 % and juros of 1 % a month."""
    return NovoTitulo(
        str(numero),
        parcela,
        Sacado(sacado, Documento.parse(documento), _ENDERECO),
        emissao,
        vencimento,
        Reais.parse(valor),
        ENCARGOS,
    )


def many(number: int) -> list[NovoTitulo]:
    """``number`` títulos of one payer, 2001/1 onwards."""
    first = novo(2001, "MERCADO AURORA LTDA", "11.222.333/0001-81", "100,00")
    return [replace(first, numero=str(2001 + index)) for index in range(number)]


def _registrado(pedido: PedidoRegistro) -> BoletoRegistrado:
    codigos = compute_codigos(
        pedido.agencia, pedido.conta, pedido.dac, pedido.carteira, pedido.nosso_numero, pedido.vencimento, pedido.valor
    )
    return BoletoRegistrado(
        chave=pedido.nosso_numero,
        carteira=pedido.carteira,
        nosso_numero=pedido.nosso_numero,
        dac_nosso_numero=codigos.dac_nosso_numero,
        codigo_barras=codigos.codigo_barras,
        linha_digitavel=codigos.linha_digitavel,
        valor=pedido.valor,
        vencimento=pedido.vencimento,
    )


def _nothing() -> None:
    """The bank does nothing unusual."""
