"""Pages run in the test's process by Streamlit's own AppTest, on a small real store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from config.settings import ROOT, Settings
from jobs.loop import JobLoop
from tests.sample_platform import build
from ui.session import serve
from warehouse.connect import Store
from warehouse.start import open_store

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def platform() -> Iterator[Store]:
    """The sample platform, in a store that all tests of pages share and none changes."""
    name = f"test_{os.getpid()}_platform"
    opened = open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={name}"))
    build(opened)
    yield opened
    opened.command(f"DROP DATABASE {name} SYNC")
    opened.close()


@pytest.fixture
def open_page(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Return a function that opens a page as somebody: ``open_page("health", "On-call", period="Last 7 days")``.

    It reads the ``platform`` where the test asks for one, and the test's own ``store`` otherwise.
    """
    served = request.getfixturevalue("platform" if "platform" in request.fixturenames else "store")

    def open_(screen: str, viewing_as: str = "Analyst", jobs: JobLoop | None = None, **parameters: str) -> AppTest:
        serve(served, jobs)
        app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
        app.query_params["viewing_as"] = viewing_as
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        return app if screen == "overview" else app.switch_page(f"../pages/{screen}.py").run()

    yield open_
    serve(None)
    st.cache_resource.clear()
