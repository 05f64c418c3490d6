"""What config/commitments.yml may say, and what is refused with a sentence that says how to mend it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from billing.commitment_files import COMMITMENTS, read_commitments

SOUND = {
    "sku_id": "instance_seconds/p5.48xlarge/us-east-1",
    "units_per_hour": "7200",
    "cost_per_hour": "118.00",
    "valid_from": "2026-01-01",
}


def written(folder: Path, **says: str) -> Path:
    entry = "".join(f"      {name}: {value}\n" for name, value in (SOUND | says).items())
    path = folder / "commitments.yml"
    path.write_text(f"commitments:\n  gpu:\n    -\n{entry}", encoding="utf-8")
    return path


def test_the_file_that_comes_with_it_is_sound() -> None:
    assert read_commitments(COMMITMENTS) == []


def test_an_entry_is_a_row_of_the_history(tmp_path: Path) -> None:
    (row,) = read_commitments(written(tmp_path, shares="{app/chat: 0.25, cost_center/cc-1: 0.75}"))
    assert (row["commitment_id"], row["units_per_hour"], row["cost_per_hour"]) == ("gpu", 7200, Decimal("118.00"))
    assert row["shares"] == {"app/chat": Decimal("0.25"), "cost_center/cc-1": Decimal("0.75")}


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"shares": "{app/chat: 0.5, cost_center/cc-1: 0.4}"}, "shares sum to 0.9, not to 1"),
        ({"shares": "{chat: 1}"}, "share 'chat' is of neither app/APP nor cost_center/COST_CENTER"),
        ({"shares": "{app/chat: 1.5}"}, "less than or equal to 1"),
        ({"sku_id": "gpu_hours/p5"}, "sku_id 'gpu_hours/p5' begins with no priced meter"),
        ({"sku_id": "requests"}, "begins with no priced meter"),
        ({"units_per_hour": "0"}, "units_per_hour: Input should be greater than 0"),
        ({"cost_per_hour": "-1"}, "cost_per_hour: Input should be greater than or equal to 0"),
        ({"valid_from": "2026-01-01T08:30:00Z"}, "valid_from 2026-01-01T08:30:00+00:00 is no full hour"),
        ({"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "valid_to 2026-01-01 is not after"),
        ({"units": "5"}, "units: Extra inputs are not permitted"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, says: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=f"commitments.gpu: .*{re.escape(told)}"):
        read_commitments(written(tmp_path, **says))
