"""What speaks for whose a resource was: kept as it came, matched later. Nothing here owns anything by itself."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from metering.admission.identity import LABEL_VALUE
from metering.admission.kubernetes import SHORTEST_PREFIX
from metering.admission.review import Admission
from metering.json_texts import NotJson, value_of
from warehouse.connect import Store

LONGEST, LONGEST_REFERENCE = 256, 1024  # characters
_YEARS = range(2000, 2200)
Kind = Literal["admission", "lease", "deploy", "commit", "session", "control_plane"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A record that names a resource, a time and an owner; ``reference`` says where to look: a commit, a ticket."""

    kind: Kind
    resource_id: str
    app_id: str
    starts_at: datetime
    is_prefix: bool = False
    ends_at: datetime | None = None
    team_id: str = ""
    cost_center: str = ""
    environment: str = ""
    lifecycle: str = ""
    created_by: str = ""
    reconcile_by: datetime | None = None
    reference: str = ""
    source: str = ""

    @property
    def evidence_id(self) -> str:
        """The same record of a source is the same evidence, however often it comes; what it says last stands."""
        said = (self.kind, self.source, self.resource_id, self.reference or self.starts_at.isoformat())
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:24]


class _Said(BaseModel):
    """A line of a file of evidence."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    resource_id: str = Field(min_length=1, max_length=LONGEST)
    app_id: str = Field(min_length=1, max_length=LONGEST)
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    is_prefix: bool = False
    environment: str = Field(default="", max_length=LONGEST)
    lifecycle: str = Field(default="", max_length=LONGEST)
    created_by: str = Field(default="", max_length=LONGEST)
    reference: str = Field(default="", max_length=LONGEST_REFERENCE)
    source: str = Field(default="", max_length=LONGEST)


def parse_evidence(said: Any, *, where: str) -> Evidence:
    """Return the evidence that a JSON object says; a team or a cost center is not taken from it.

    Raises:
        ValueError: a field is missing, unknown or unusable; the message names ``where`` and the field.

    """
    try:
        record = _Said.model_validate(said)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, part['loc'])) or 'it'}: {part['msg']}" for part in error.errors())
        raise ValueError(f"{where} is no evidence: {faults}") from None
    if strange := [at for at in (record.starts_at, record.ends_at) if at is not None and at.year not in _YEARS]:
        raise ValueError(
            f"{where} is no evidence: {strange[0]} is outside the years {_YEARS[0]} to {_YEARS[-1]}; "
            "what has no end says none"
        )
    if record.ends_at is not None and record.ends_at < record.starts_at:
        raise ValueError(f"{where} is no evidence: it ends {record.ends_at} before it starts {record.starts_at}")
    if record.is_prefix and len(record.resource_id) < SHORTEST_PREFIX:
        raise ValueError(
            f"{where} is no evidence: resource_id {record.resource_id!r} is the beginning of too many resources; "
            f"say at least {SHORTEST_PREFIX} characters, or the whole name without is_prefix"
        )
    return Evidence(**{name: getattr(record, name) for name in _Said.model_fields})


def read_evidence(content: bytes, *, name: str) -> list[Evidence]:
    """Return the evidence that a file of JSON lines holds.

    Raises:
        ValueError: a line is not JSON, or no evidence; the message names the file and the line.

    """
    records: list[Evidence] = []
    for number, line in enumerate(content.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            said = value_of(line)
        except NotJson as error:
            raise ValueError(f"{name}:{number} {error}") from None
        records.append(parse_evidence(said, where=f"{name}:{number}"))
    return records


def as_lines(records: Sequence[Evidence]) -> bytes:
    """Return evidence as the JSON lines that ``read_evidence`` reads."""
    names = tuple(_Said.model_fields)
    said = ({name: value for name in names if (value := getattr(record, name))} for record in records)
    return b"".join(json.dumps(one, default=datetime.isoformat).encode() + b"\n" for one in said)


def note(store: Store, records: Sequence[Evidence]) -> int:
    """Keep evidence and return how much of it was new or says more than before."""
    rows = {record.evidence_id: _row(record) for record in records}
    held = {
        row["evidence_id"]: row
        for row in store.rows(
            "SELECT * EXCEPT recorded_at FROM evidence WHERE evidence_id IN {ids:Array(String)}", {"ids": list(rows)}
        )
    }
    news = [row for name, row in rows.items() if held.get(name) != row]
    store.insert_rows("evidence_records", news)
    return len(news)


def of_admission(admission: Admission, *, at: datetime, source: str) -> Evidence:
    """Return what an admitted object says of itself as evidence."""
    said = admission.declared
    return Evidence(
        kind="admission",
        resource_id=admission.resource_id,
        is_prefix=admission.is_prefix,
        app_id=_label(said.app_id),
        team_id=_label(said.team_id),
        cost_center=_label(said.cost_center),
        environment=_label(said.environment),
        lifecycle=_label(said.lifecycle),
        created_by=said.created_by[:LONGEST],
        starts_at=at,
        reconcile_by=admission.reconcile_by,
        reference=admission.uid,
        source=source,
    )


def _label(said: str) -> str:
    """What is no value of a label names nobody."""
    return said if LABEL_VALUE.fullmatch(said) else ""


def _row(record: Evidence) -> dict[str, object]:
    names = [name for name in Evidence.__slots__ if name != "evidence_id"]
    return {"evidence_id": record.evidence_id, **{name: getattr(record, name) for name in names}}
