"""What a person does in a browser: wait until a page is drawn, read a figure, take a picture."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

SCREENSHOTS = os.environ.get("FARTHING_SCREENSHOTS", "")


def drawn(page: Page, title: str) -> None:
    """Wait until a page of this title stands and nothing runs any more."""
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def figure(page: Page, label: str) -> str:
    """Return the figure on the card of this label, as a person reads it."""
    card = page.get_by_test_id("stMetric").filter(has_text=label)
    return card.get_by_test_id("stMetricValue").inner_text().strip()


def dollars(amount: str) -> str:
    """Return an exact amount as cards show it."""
    return f"${Decimal(amount):,.2f}"


def picture(page: Page, name: str) -> None:
    """Save the whole page where FARTHING_SCREENSHOTS says, if it says so."""
    if not SCREENSHOTS:
        return
    size = page.viewport_size
    height = page.get_by_test_id("stMain").evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(height + 20, 6000)})
    page.wait_for_timeout(1500)  # charts and tables draw themselves anew
    page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")
    page.set_viewport_size(size)
