"""The local store as a whole: opened once per program, handed out as repositories."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select

from bancointegra.domain.errors import StoreError
from bancointegra.domain.ports import Clock, Instances
from bancointegra.store.conferencia import SqlConferenciaRepository
from bancointegra.store.contas import SqlContaRepository
from bancointegra.store.contas_pagamento import SqlContaPagamentoRepository, SqlConvenioRepository
from bancointegra.store.copias import SqlCopiaStore
from bancointegra.store.engine import Sessions, create_store_engine, is_damaged
from bancointegra.store.escritorios import SqlEscritorioRepository
from bancointegra.store.importacao import SqlImportacaoRepository
from bancointegra.store.journal import SqlJournal
from bancointegra.store.ocorrencias import SqlOcorrenciaRepository
from bancointegra.store.pagadores import SqlPagadorRepository
from bancointegra.store.pagamentos import SqlPagamentoRepository
from bancointegra.store.payment_journal import SqlPaymentJournal
from bancointegra.store.schema import DataFileRecord
from bancointegra.store.titulos import SqlTituloRepository
from bancointegra.store.version import is_current


class Store:
    """Accounts, títulos, pagamentos and the journals of one data file."""

    def __init__(self, engine: Engine, *, instances: Instances, clock: Clock) -> None:
        self._engine = engine
        self._sessions = sessions = Sessions(engine)
        self.contas = SqlContaRepository(sessions)
        self.titulos = SqlTituloRepository(sessions)
        self.pagadores = SqlPagadorRepository(sessions)
        self.importacoes = SqlImportacaoRepository(sessions)
        self.escritorios = SqlEscritorioRepository(sessions)
        self.conferencias = SqlConferenciaRepository(sessions)
        self.copias = SqlCopiaStore(engine)
        self.journal = SqlJournal(sessions, instances=instances, clock=clock)
        self.contas_pagamento = SqlContaPagamentoRepository(sessions)
        self.pagamentos = SqlPagamentoRepository(sessions)
        self.payment_journal = SqlPaymentJournal(sessions, instances=instances, clock=clock)
        self.ocorrencias = SqlOcorrenciaRepository(sessions)
        self.convenios = SqlConvenioRepository(sessions)

    @property
    def identity(self) -> str:
        """Which data these are, told from any others; a restored copy keeps it."""
        with self._sessions.reading() as session:
            return session.scalars(select(DataFileRecord.identity)).one()

    def close(self) -> None:
        """Close all connections; the write-ahead log is folded into the file."""
        self._engine.dispose()


def open_store(
    path: Path, *, instances: Instances, clock: Clock, check_integrity: bool = False, busy_timeout: float = 15
) -> Store:
    """Open or create the data file and bring it to this version.

    ``check_integrity`` reads the whole file first (after an unclean exit). Raises ``StoreError`` when the file
    cannot be used: locked, damaged, of a newer version, or in a folder that cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "A pasta de dados não pôde ser criada.",
            hint=f"Confira a permissão em {path.parent}.",
            code="dados_inacessiveis",
        ) from error
    engine = create_store_engine(path, busy_timeout=busy_timeout)
    try:
        if check_integrity and path.exists() and is_damaged(engine):
            raise StoreError(
                "O arquivo de dados está danificado.",
                hint="Não grave mais nada; restaure a cópia de segurança mais recente e chame o suporte.",
                code="dados_danificados",
            )
        if not is_current(engine):
            # Loaded only now: Alembic would delay every start for what is done once a release.
            from bancointegra.store.migration import migrate

            migrate(engine, path, clock.now())
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, instances=instances, clock=clock)
