"""``farthing serve`` refuses what would let anybody in, before anything is opened."""

from __future__ import annotations

import pytest

from config.sign_in import sign_in
from jobs.commands.serve import serve


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.7", "::"])
def test_demo_sign_in_is_not_served_to_others(address: str) -> None:
    assert not sign_in().is_configured
    with pytest.raises(ValueError, match="identity provider"):
        serve(address=address)
