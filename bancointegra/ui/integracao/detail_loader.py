"""Keeps the detail panel at the current título: reads it in the background, and makes or opens its PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bancointegra.domain.errors import AppError
from bancointegra.services.busca import BuscaService, TituloDetalhe
from bancointegra.services.impressao import ImpressaoService
from bancointegra.ui.integracao.detail_panel import DetailPanel
from bancointegra.ui.jobs import JobHandle, Jobs

_PAUSE_MS = 60


class DetailLoader(QObject):
    """``follow`` may be called at every key press: only the row one stays on is read."""

    pdf_opened = Signal(Path)
    failed = Signal(AppError)

    def __init__(
        self,
        panel: DetailPanel,
        jobs: Jobs,
        busca: BuscaService,
        impressao: ImpressaoService,
        today: Callable[[], date],
        open_path: Callable[[Path], None],
    ) -> None:
        super().__init__(panel)
        self._panel, self._jobs, self._busca, self._impressao = panel, jobs, busca, impressao
        self._today, self._open_path = today, open_path
        self._wanted: int | None = None
        self._detalhe: TituloDetalhe | None = None
        self._reading: JobHandle | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        panel.retry_requested.connect(self._read)
        panel.pdf_requested.connect(self._open_pdf)

    def follow(self, titulo_id: int | None) -> None:
        """Show this título, again if it is already shown; None: no título."""
        self._wanted = titulo_id
        if titulo_id is None or self._panel.isHidden():
            self._pause.stop()
            self._drop()
            self._panel.show_nothing()
            return
        self._pause.start()

    def _drop(self) -> None:
        if self._reading:
            self._reading.abandon()
            self._reading = None

    def _read(self) -> None:
        self._drop()
        titulo_id = self._wanted
        if titulo_id is None:
            return
        self._reading = self._jobs.run(
            lambda _ctx: self._busca.detalhe(titulo_id), owner=self, done=self._show, failed=self._show_error
        )

    def _show(self, detalhe: TituloDetalhe) -> None:
        self._reading = None
        self._detalhe = detalhe
        self._panel.show_detalhe(detalhe, self._today())

    def _show_error(self, error: AppError) -> None:
        self._reading = None
        self._panel.show_error(str(error))

    def _open_pdf(self, titulo_id: int) -> None:
        known = self._detalhe.titulo.pdf_path if self._detalhe and self._detalhe.titulo.id == titulo_id else ""

        def make_and_open() -> Path:
            saved = Path(known) if known else None
            path = saved if saved and saved.exists() else self._impressao.gerar_pdf(titulo_id)
            self._open_path(path)
            return path

        self._panel.set_pdf_busy(True)
        handle = self._jobs.run(
            lambda _ctx: make_and_open(), owner=self, done=self.pdf_opened.emit, failed=self.failed.emit
        )
        handle.ended.connect(lambda: self._panel.set_pdf_busy(False))
        handle.ended.connect(lambda: self.follow(self._wanted))
