"""The register of boletos."""

from __future__ import annotations

from bancointegra.simulator.model import Boleto
from bancointegra.simulator.storage import Storage


class Boletos:
    """Keeps every boleto ever registered; a number used again has several, told apart by ``seq``."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def add(self, boleto: Boleto) -> None:
        """Store a new boleto and give it its ``seq``."""
        with self._storage.transaction():
            cursor = self._storage.execute(
                "INSERT INTO boleto (id_beneficiario, carteira, nosso_numero, active, content) VALUES (?, ?, ?, ?, ?)",
                boleto.id_beneficiario,
                boleto.carteira,
                boleto.nosso_numero,
                not boleto.situacao.is_closed,
                boleto.to_json(),
            )
            boleto.seq = cursor.lastrowid or 0

    def save(self, boleto: Boleto) -> None:
        with self._storage.transaction():
            self._storage.execute(
                "UPDATE boleto SET active = ?, content = ? WHERE seq = ?",
                not boleto.situacao.is_closed,
                boleto.to_json(),
                boleto.seq,
            )

    def find(self, id_beneficiario: str, carteira: str, nosso_numero: str) -> list[Boleto]:
        """All boletos of that number, oldest first."""
        return self._select(
            "nosso_numero = ? AND carteira = ? AND id_beneficiario = ?", nosso_numero, carteira, id_beneficiario
        )

    def by_number(self, nosso_numero: str) -> list[Boleto]:
        """All boletos of that number in any account and carteira, oldest first."""
        return self._select("nosso_numero = ?", nosso_numero)

    def active(self) -> list[Boleto]:
        """Those neither settled nor written off."""
        return self._select("active")

    def all(self) -> list[Boleto]:
        return self._select("1")

    def last_number(self, id_beneficiario: str, carteira: str) -> int:
        """The highest nosso número of an account and carteira; 0 when there is none."""
        with self._storage.transaction():
            row = self._storage.first(
                "SELECT MAX(nosso_numero) AS last FROM boleto WHERE id_beneficiario = ? AND carteira = ?",
                id_beneficiario,
                carteira,
            )
        return int(row["last"]) if row and row["last"] else 0

    def _select(self, condition: str, *values: str) -> list[Boleto]:
        with self._storage.transaction():
            rows = self._storage.execute(
                f"SELECT seq, content FROM boleto WHERE {condition} ORDER BY seq",  # noqa: S608 - literals above
                *values,
            ).fetchall()
        return [Boleto.from_json(row["content"], row["seq"]) for row in rows]
