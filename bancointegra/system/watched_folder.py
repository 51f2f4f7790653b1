"""A folder other programs drop files into (``domain.ports_ponte.CaixaDeEntrada``).

::

    pasta/                        pedidos.csv, pedidos.csv.resultado.json
    pasta/processando/<dados>/    what the data called <dados> have taken, and the answers so far
    pasta/processados/, pasta/com-erro/

A file is taken by renaming it, which two programs cannot both do, and one lock lets only one of them work at a time; a
crash at any point leaves the taken file where the next round of the same data finds it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from bancointegra.domain.errors import StoreError
from bancointegra.domain.ports_ponte import Chegado
from bancointegra.system.atomic_file import write_atomically

RESULTADO = ".resultado.json"
_LOCK = ".bancointegra.lock"
_TAKEN, _DONE, _FAILED = "processando", "processados", "com-erro"
_ENDINGS = frozenset({".csv", ".txt", ".xlsx", ".xml", ".zip"})


class WatchedFolder:
    """``dados`` names the data that work here; what other data have taken is not touched."""

    def __init__(self, root: Path, dados: str) -> None:
        self._root = root
        self._taken = root / _TAKEN / dados

    @contextlib.contextmanager
    def exclusiva(self) -> Iterator[bool]:
        lock = FileLock(self._root / _LOCK, thread_local=False, fallback_to_soft=False)
        with self._errors():
            if not self._root.is_dir():
                raise FileNotFoundError(self._root)
            try:
                lock.acquire(blocking=False)
            except Timeout:
                yield False
                return
        try:
            yield True
        finally:
            lock.release()

    def chegados(self) -> Sequence[Chegado]:
        with self._errors():
            found = [Chegado(path.name, *_looks(path)) for path in self._root.iterdir() if _is_wanted(path)]
        return sorted(found, key=lambda chegado: (chegado.alterado, chegado.nome))

    def tomar(self, nome: str) -> Path | None:
        with self._errors():
            self._taken.mkdir(parents=True, exist_ok=True)
        target = _free(self._taken / nome)
        try:
            return (self._root / nome).rename(target)
        except OSError:
            return None  # gone, or open in the program that writes it: the next round tries again

    def tomados(self) -> Sequence[Path]:
        if not self._taken.is_dir():
            return ()
        with self._errors():
            return sorted(path for path in self._taken.iterdir() if _is_wanted(path))

    def rascunho(self, tomado: Path) -> bytes | None:
        try:
            return _draft(tomado).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable() from error

    def responder(self, tomado: Path, resposta: bytes) -> None:
        # The draft comes last: with it the file counts as answered.
        write_atomically(self._root / f"{tomado.name}{RESULTADO}", resposta)
        write_atomically(_draft(tomado), resposta)

    def encerrar(self, tomado: Path, *, com_erro: bool) -> Path:
        folder = self._root / (_FAILED if com_erro else _DONE)
        with self._errors():
            folder.mkdir(exist_ok=True)
            moved = tomado.rename(_free(folder / tomado.name))
            _draft(tomado).unlink(missing_ok=True)
        return moved

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._unusable() from error

    def _unusable(self) -> StoreError:
        return StoreError(
            f"A pasta monitorada {self._root} não pôde ser usada.",
            hint="Confira se ela existe e se o programa pode gravar nela.",
            code="pasta_monitorada",
        )


def _is_wanted(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS and not path.name.startswith((".", "~$")) and path.is_file()


def _looks(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return (-1, 0)  # taken by another program while we looked
    return status.st_size, status.st_mtime_ns


def _draft(tomado: Path) -> Path:
    return tomado.with_name(f"{tomado.name}{RESULTADO}")


def _free(path: Path) -> Path:
    """``pedidos (2).csv`` when ``pedidos.csv`` is there."""
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return path if not path.exists() else next(free for free in names if not free.exists())
