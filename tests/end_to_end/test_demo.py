"""``bancointegra demo`` where there is no screen: the route, its pictures and its report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2

from tests.program_starter import ROOT


def test_the_route_leaves_pictures_pdfs_and_a_report(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environ |= {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home")}
    result = subprocess.run(
        [sys.executable, "-m", "bancointegra", "demo", "--saida", str(tmp_path / "demo")],
        env=environ,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert result.returncode == 0, result.stderr
    assert "Sem tela" in result.stdout
    report = json.loads((tmp_path / "demo" / "report.json").read_text(encoding="utf-8"))
    assert report["falhas"] == []
    assert report["mensagens"] == ["Boletos registrados com sucesso!", "Boletos consultados com sucesso!"]
    assert sorted(titulo["situacao"] for titulo in report["titulos"]) == ["LIQUIDADO", "REGISTRADO", "REGISTRADO"]
    assert len(list((tmp_path / "demo" / "telas").glob("*.png"))) == len(report["telas"]) == 5
    for titulo in report["titulos"]:
        with pypdfium2.PdfDocument(titulo["pdf"]) as pdf:
            text = pdf[0].get_textpage().get_text_bounded()
        assert titulo["linha_digitavel"] in "".join(char for char in text if char.isdigit())
