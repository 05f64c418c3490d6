"""An executed notebook as one file to read: its prose, its code, its charts. Nothing is fetched from anywhere.

Charts are drawn by the Vega that Streamlit brings, the same that draws the app's pages; it is laid into the file.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

VEGA = re.compile(r"application/vnd\.vegalite\..*json")
HERE = Path(__file__).parent
_LOADS = re.compile(r"import\(`\./(?P<file>embed[\w.-]+\.js)`\)\.then\(\w+=>\w+\.(?P<name>\w+)\)")
_NEIGHBOR = re.compile(r"""(?P<word>\b(?:from|import)\s*)(?P<quote>["'`])\./(?P<file>[\w.~-]+\.js)(?P=quote)""")


def to_html(notebook: Mapping[str, Any], title: str, others: Mapping[str, str]) -> str:
    """Return an executed notebook (nbformat 4) as a page. ``others`` are file names and titles to link to."""
    charts: list[Any] = []
    setup, *cells = notebook["cells"]
    # Imports stand first in a file, and after its title in a document.
    body = "\n".join(_cell(cell, charts) for cell in (cells[0], setup, *cells[1:]))
    file, name = vega_entry()
    links = " ".join(
        f"<strong>{escape(said)}</strong>" if said == title else f'<a href="{escape(link)}">{escape(said)}</a>'
        for link, said in others.items()
    )
    return (
        (HERE / "page.html")
        .read_text(encoding="utf-8")
        .replace("{title}", escape(title))
        .replace("{code-light}", HtmlFormatter(style="default").get_style_defs(".code"))
        .replace("{code-dark}", HtmlFormatter(style="github-dark").get_style_defs(".code"))
        .replace("{links}", links)
        .replace("{scripts}", json.dumps({"imports": vega_scripts()}) if charts else '{"imports": {}}')
        .replace("{entry}", f"{file}|{name}" if charts else "")
        .replace("{charts}", _inert(json.dumps(charts)))
        .replace("{body}", body)
    )


def _cell(cell: Mapping[str, Any], charts: list[Any]) -> str:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return f'<div class="prose">{_prose(source)}</div>'
    shown = "\n".join(_output(output, charts) for output in cell["outputs"])
    if "remove-input" in cell["metadata"].get("tags", ()):
        return shown
    code = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    code = f'<pre class="code">{code}</pre>'
    if cell["id"] == "setup":
        return f"<details><summary>Imports</summary>{code}</details>"
    return f"{code}\n{shown}"


def _output(output: Mapping[str, Any], charts: list[Any]) -> str:
    data = {
        kind: value if isinstance(value, dict) else "".join(value) for kind, value in output.get("data", {}).items()
    }
    for kind, value in data.items():
        if VEGA.fullmatch(kind):
            charts.append(json.loads(value) if isinstance(value, str) else value)
            return f'<figure class="chart" data-chart="{len(charts) - 1}"></figure>'
    if "text/markdown" in data:
        return f'<div class="prose">{_prose(data["text/markdown"])}</div>'
    if "text/html" in data:
        return f'<div class="shown">{data["text/html"]}</div>'
    text = data.get("text/plain") or "".join(output.get("text", ""))
    return f'<pre class="said">{escape(text)}</pre>' if text else ""


def _prose(text: str) -> str:
    return markdown.markdown(text, extensions=["tables", "fenced_code", "sane_lists"])


def _inert(text: str) -> str:
    """Return JSON that cannot end the script it stands in."""
    return text.replace("</", "<\\/")


@lru_cache(maxsize=1)
def vega_entry() -> tuple[str, str]:
    """Return the file that brings vega-embed, and the name that it is exported by.

    Raises:
        LookupError: Streamlit lays its scripts out in another way than this knows.

    """
    for loader in sorted(_scripts().glob("loadVegaEmbed.*.js")):
        if found := _LOADS.search(loader.read_text(encoding="utf-8")):
            return found["file"], found["name"]
    raise LookupError(f"no vega-embed in {_scripts()}: Streamlit {version('streamlit')} lays it out in another way")


@lru_cache(maxsize=1)
def vega_scripts() -> dict[str, str]:
    """Return the modules that vega-embed is made of by name, as addresses that hold them."""
    found: dict[str, str] = {}
    waiting: Sequence[str] = [vega_entry()[0]]
    while waiting:
        file, *waiting = waiting
        if file in found:
            continue
        text = (_scripts() / file).read_text(encoding="utf-8")
        waiting += [match["file"] for match in _NEIGHBOR.finditer(text)]
        # A module in an address has no neighbors to name by path; the page's import map knows them by name.
        text = _NEIGHBOR.sub(r"\g<word>\g<quote>\g<file>\g<quote>", text)
        found[file] = "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()
    return found


def _scripts() -> Path:
    # Found, not imported: a document needs no screen.
    origin = find_spec("streamlit").origin
    return Path(origin).parent / "static" / "static" / "js"
