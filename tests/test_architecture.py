"""Imports run one way; Streamlit stays where it belongs; nothing outgrows its walls."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Right may import left (and itself).
LAYERS = [
    {"config"},
    {"warehouse"},
    {"metrics"},
    {"queries"},
    {"models", "billing", "charts"},
    {"metering", "ui", "jobs"},
    {"pages", "notebooks"},
    {"app"},
]
OURS = set().union(*LAYERS)
MAY_SEE_STREAMLIT = {"ui", "pages", "app"}
WALLS = {"pages": 120, "queries": 80}


def modules() -> list[Path]:
    return [path for name in sorted(OURS) for path in [*(ROOT / name).rglob("*.py"), *ROOT.glob(f"{name}.py")]]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    level = next(index for index, layer in enumerate(LAYERS) if room(path) in layer)
    allowed = set().union(*LAYERS[: level + 1])
    assert imported(path) & OURS <= allowed


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_stays_in_the_screens(path: Path) -> None:
    assert "streamlit" not in imported(path) or room(path) in MAY_SEE_STREAMLIT


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.py")), ids=lambda path: path.name)
def test_notebooks_need_no_screen(path: Path) -> None:
    assert not imported(path) & {"ui", "pages", "streamlit"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_outgrows_its_walls(path: Path) -> None:
    wall = WALLS.get(room(path), 400)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= wall
