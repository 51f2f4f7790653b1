"""How the last cópia de segurança went (``domain.ports.EstadoCopiaFile``), in a small JSON file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from bancointegra.domain.copia import EstadoCopia
from bancointegra.system.atomic_file import write_atomically


class CopyStateFile:
    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> EstadoCopia | None:
        """None when there is none, or none that can be read: a warning nobody can trust is no warning."""
        try:
            kept = json.loads(self._path.read_bytes())
            fim = datetime.fromisoformat(kept["fim"]) if kept["fim"] else None
            return EstadoCopia(datetime.fromisoformat(kept["inicio"]), fim, str(kept["problema"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def save(self, estado: EstadoCopia) -> None:
        kept = {
            "inicio": estado.inicio.isoformat(),
            "fim": estado.fim.isoformat() if estado.fim else None,
            "problema": estado.problema,
        }
        write_atomically(self._path, json.dumps(kept, ensure_ascii=False, indent=2).encode())
