"""Aviso de versão: at most once a day, the version file is read; nothing is downloaded or run because of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bancointegra.domain.ports import Clock, VersaoProvider
from bancointegra.domain.versao import PreferenciasVersao, VersaoPublicada, is_mais_nova


class AvisoVersaoService:
    """``instalada`` is the version that runs; ``load`` and ``save`` keep the preferences of the workstation."""

    def __init__(
        self,
        *,
        provider: VersaoProvider,
        clock: Clock,
        instalada: str,
        load: Callable[[], PreferenciasVersao],
        save: Callable[[PreferenciasVersao], None],
    ) -> None:
        self._provider = provider
        self._clock = clock
        self._load, self._save = load, save
        self.instalada = instalada

    @property
    def preferencias(self) -> PreferenciasVersao:
        """As they are now."""
        return self._load()

    def configurar(self, ativa: bool, endereco: str, chave: str) -> VersaoPublicada | None:
        """Keep where and whether to look; when on, look now. Returns a newer version.

        Nothing is kept when looking fails. Raises ``InputError``, ``AppError``.
        """
        chosen = PreferenciasVersao(ativa, endereco.strip(), chave.strip())
        found = self._provider.publicada(chosen.endereco, chosen.chave) if ativa else None
        self._save(replace(chosen, consultada_em=self._today() if ativa else ""))
        return self._newer(found)

    def consultar_no_dia(self) -> VersaoPublicada | None:
        """A newer version, when the notice is on and today nobody looked yet; else None.

        A day on which the file was not reached counts as looked. Raises ``AppError``.
        """
        preferencias = self._load()
        if not preferencias.ativa or preferencias.consultada_em == self._today():
            return None
        self._save(replace(preferencias, consultada_em=self._today()))
        return self._newer(self._provider.publicada(preferencias.endereco, preferencias.chave))

    def _newer(self, found: VersaoPublicada | None) -> VersaoPublicada | None:
        return found if found and is_mais_nova(found.versao, self.instalada) else None

    def _today(self) -> str:
        return self._clock.today().isoformat()
