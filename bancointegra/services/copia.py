"""Cópias de segurança: made, kept in number, listed and looked into."""

from __future__ import annotations

import filecmp
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from bancointegra.domain.copia import (
    EXTENSAO,
    PARCIAL,
    ConteudoCopia,
    Copia,
    EstadoCopia,
    MotivoCopia,
    NomeCopia,
    PreferenciasCopia,
    read_nome_copia,
)
from bancointegra.domain.errors import AppError, StoreError
from bancointegra.domain.ports import Clock, CopiaStore, EstadoCopiaFile

log = logging.getLogger(__name__)

_DEAD_AFTER_SECONDS = 24 * 3600

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CopiaFeita:
    """A copy that was made. ``aviso`` says what is not as it should be: the chosen folder was not there.

    ``repetida``: nothing had changed since the copy at ``path``, which stands for this one.
    """

    path: Path
    aviso: str = ""
    repetida: bool = False


class CatalogoCopias:
    """The copies there are, without the data being open."""

    def __init__(
        self,
        *,
        padrao: Path,
        preferencias: Callable[[], PreferenciasCopia],
        describe: Callable[[Path], ConteudoCopia],
    ) -> None:
        self._padrao = padrao
        self._preferencias = preferencias
        self._describe = describe

    @property
    def preferencias(self) -> PreferenciasCopia:
        return self._preferencias()

    @property
    def pasta(self) -> Path:
        """Where copies should go now."""
        return self.preferencias.pasta or self._padrao

    @property
    def is_no_mesmo_disco(self) -> bool:
        """Whether the disk that holds the data also holds the copies, and would take them with it."""
        try:
            # The folder beside the data is made with the first copy.
            folder = self.pasta if self.pasta.exists() else self.pasta.parent
            return folder.stat().st_dev == self._padrao.parent.stat().st_dev
        except OSError:
            return False

    def pasta_disponivel(self) -> tuple[Path, str]:
        """Where a copy can be written now, and what the clerk must hear of it.

        A chosen folder that is not there (a pendrive that was taken out) is replaced by the one beside the data.
        Raises ``StoreError`` when that one cannot be made.
        """
        chosen, beside = self.preferencias.pasta, self._padrao
        if chosen is not None and chosen.is_dir():
            return chosen, ""
        try:
            beside.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"Não foi possível criar a pasta {beside} para a cópia de segurança.",
                hint="Confira o espaço em disco e a permissão.",
                code="pasta",
            ) from error
        if chosen is None:
            return beside, ""
        return beside, (
            f"A pasta {chosen} não está disponível; a cópia ficou em {beside}. "
            "Ligue o disco, ou escolha outra pasta em Ferramentas, Cópia de segurança."
        )

    def listar(self) -> tuple[Copia, ...]:
        """All copies in the chosen folder and beside the data, newest first."""
        found = [copia for folder in {self.pasta, self._padrao} for copia in copias_em(folder)]
        return tuple(sorted(found, key=lambda copia: copia.nome.em, reverse=True))

    def previa(self, path: Path) -> ConteudoCopia:
        """What the copy holds, after reading all of it. Raises ``StoreError``."""
        return self._describe(path)


class CopiaService:
    """Makes copies of the open data; any thread may call it."""

    def __init__(
        self,
        *,
        catalogo: CatalogoCopias,
        store: CopiaStore,
        estado: EstadoCopiaFile,
        clock: Clock,
        versao: str,
        origem: str,
    ) -> None:
        self._catalogo = catalogo
        self._store = store
        self._estado = estado
        self._clock = clock
        self._versao = versao
        self._origem = origem

    @property
    def catalogo(self) -> CatalogoCopias:
        return self._catalogo

    @property
    def aviso(self) -> str:
        """What the clerk must hear of the last copy; empty when it went well, or none was ever made."""
        estado = self._estado.load()
        return estado.aviso if estado else ""

    def fazer(self, motivo: MotivoCopia, progress: Progress | None = None) -> CopiaFeita:
        """Make a copy, check it, and let the oldest of its kind go.

        A folder that is not there (a pendrive that was taken out) is replaced by the one beside the data, with an
        ``aviso``. ``progress`` receives (done, total) and stops it by raising. Raises ``StoreError``. Whatever
        happens is remembered for ``aviso``.
        """
        estado = EstadoCopia(self._clock.now())
        self._remember(estado)
        try:
            feita = self._fazer(motivo, progress)
        except AppError as error:
            self._remember(replace(estado, fim=self._clock.now(), problema=str(error)))
            raise
        self._remember(replace(estado, fim=self._clock.now(), problema=feita.aviso))
        return feita

    def _fazer(self, motivo: MotivoCopia, progress: Progress | None) -> CopiaFeita:
        folder, aviso = self._catalogo.pasta_disponivel()
        before = self._proprias(folder)
        target = caminho_livre(folder, NomeCopia(self._clock.now(), motivo, self._versao, self._origem))
        self._store.write(target, progress)
        if motivo.is_automatica and before and _is_same(before[0].path, target):
            _remove(target)
            return CopiaFeita(before[0].path, aviso, repetida=True)
        self._let_go(folder, target)
        return CopiaFeita(target, aviso)

    def _proprias(self, folder: Path) -> list[Copia]:
        """Of these data, newest first: a shared folder may hold other computers' copies."""
        found = [copia for copia in copias_em(folder) if copia.nome.origem == self._origem]
        return sorted(found, key=lambda copia: copia.nome.em, reverse=True)

    def _let_go(self, folder: Path, made: Path) -> None:
        """Remove the oldest of each kind beyond what is kept; never what was just made, whatever the clock says."""
        for left in folder.glob(f".*{EXTENSAO}{PARCIAL}"):
            if self._clock.now().timestamp() - left.stat().st_mtime > _DEAD_AFTER_SECONDS:
                _remove(left)  # of a program that died while it wrote
        kept = max(self._catalogo.preferencias.guardadas, 1)
        for motivo in MotivoCopia:
            kind = [copia.path for copia in self._proprias(folder) if copia.nome.motivo is motivo]
            kind.sort(key=lambda path: path != made)
            for path in kind[kept:]:
                _remove(path)

    def _remember(self, estado: EstadoCopia) -> None:
        try:
            self._estado.save(estado)
        except StoreError as error:
            log.warning("state of the copy not kept: %s", error.code)


def copias_em(folder: Path) -> list[Copia]:
    """The files of ``folder`` that are called as our copies are; none when it cannot be read."""
    try:
        files = [(path, path.stat().st_size) for path in folder.glob(f"*{EXTENSAO}")]
    except OSError:
        return []
    named = ((path, read_nome_copia(path.name), size) for path, size in files)
    return [Copia(path, nome, size) for path, nome, size in named if nome is not None]


def caminho_livre(folder: Path, nome: NomeCopia) -> Path:
    """Where a copy of that name can be written without replacing another."""
    return next(free for number in count(1) if not (free := folder / nome.arquivo(number)).exists())


def _is_same(first: Path, second: Path) -> bool:
    try:
        return filecmp.cmp(first, second, shallow=False)
    except OSError:
        return False


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        log.warning("old copy not removed: %s", error)
