"""What each type of event must say.

A type is data: the text fields that are staged, how they are parsed, which checks they must pass, and which columns
they become. ``door`` turns it into SQL. Every staged field is text, so that nothing is lost before it is judged.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse.recover import EVENT_TABLES

FACT_FIELDS = ("source", "event_id", "time", "resource_id", "app_id", "environment", "lease_id")

# The engine's parser would read month 00, minute 61 or the zone +99:99 as some other instant.
_INSTANT = (
    r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?"
    r"(Z|[+-](0\d|1[0-4]):?[0-5]\d)$"
)
_DIGITS = 20  # before the point: times any factor of the catalog they stay far inside the engine's 76
_SCIENTIFIC = r"^[+-]?\d{1,20}(\.\d{1,20})?[eE][+-]?\d{1,2}$"
_COUNT = r"^\d{1,18}$"
INPUT_METERS = ("input_tokens", "cache_read_tokens", "cache_write_tokens")  # what a call put in, for prices with tiers


@dataclass(frozen=True, slots=True)
class Check:
    """A reason to quarantine: ``fails`` and ``detail`` are SQL over staged fields and parsed names."""

    reason: str
    fails: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One type of event. ``parsed`` names may be used by later ``parsed`` entries, ``checks`` and ``columns``.

    ``payload`` is what makes two events of one identity the same, as SQL that also stands for what cannot be parsed:
    canonical values, so that 1.5 Core-Hours and 5400 Core-Seconds are no conflict. The time is never part of it: a
    retry with a new time stamp is the same event. ``kept`` is the same of what is stored; ``kept_as`` what else a stored
    value may have been before a default was put in its place.
    """

    name: str
    fields: tuple[str, ...]
    parsed: dict[str, str] = field(hash=False)
    checks: tuple[Check, ...]
    columns: dict[str, str] = field(hash=False)
    payload: tuple[str, ...]
    kept: tuple[str, ...]
    kept_as: dict[str, str] = field(default_factory=dict, hash=False)
    meter: str = "''"
    joins: str = ""

    @property
    def table(self) -> str:
        return EVENT_TABLES[self.name]

    @property
    def staged(self) -> tuple[str, ...]:
        """Every staged text field, in order."""
        return (*FACT_FIELDS, *self.fields)


def _instant(field_name: str) -> str:
    return f"if(match({field_name}, '{_INSTANT}'), parseDateTime64BestEffortOrNull({field_name}, 3, 'UTC'), NULL)"


def _number(field_name: str, scale: int) -> str:
    """Exactly the number written, or NULL: the engine's own parser cuts what does not fit its scale."""
    plain = _escape(rf"^[+-]?\d{{1,{_DIGITS}}}(\.\d{{1,{scale}}})?$")
    before, after = (
        f"length(extract({field_name}, '{_escape(digits)}'))" for digits in (r"^[+-]?0*(\d*)", r"\.(\d*?)0*[eE]")
    )
    exponent = f"toInt8OrZero(replaceOne(extract({field_name}, '[eE](.*)$'), '+', ''))"
    fits = f"{before} + {exponent} <= {_DIGITS} AND {after} - {exponent} <= {scale}"
    return (
        f"if(match({field_name}, '{plain}') OR (match({field_name}, '{_SCIENTIFIC}') AND {fits}), "
        f"toDecimal256OrNull({field_name}, {scale}), NULL)"
    )


def _count(field_name: str) -> str:
    return f"if(match({field_name}, '{_COUNT}'), toUInt64OrNull({field_name}), NULL)"


def _escape(pattern: str) -> str:
    return pattern.replace("\\", "\\\\")


_INSTANT, _SCIENTIFIC, _COUNT = _escape(_INSTANT), _escape(_SCIENTIFIC), _escape(_COUNT)

_FACT_CHECKS = (
    Check("malformed", "problem != ''", "problem"),
    Check("missing_field", "source = ''", "'source is missing'"),
    Check("missing_field", "event_id = ''", "'event_id is missing'"),
    Check(
        "bad_field",
        "lengthUTF8(event_id) > 128",
        "concat('event_id has ', toString(lengthUTF8(event_id)), ' characters; at most 128')",
    ),
    Check("bad_field", "length(source) > 256", "'source is longer than 256 bytes'"),
    Check(
        "bad_time",
        "parsed_time IS NULL",
        "concat('time ', toString(time), ' is not an instant with its zone, such as 2026-01-05T12:00:00Z')",
    ),
    Check(
        "too_old",
        "parsed_time < {oldest:DateTime64(3)}",
        "concat('time ', toString(time), ' is before ', toString({oldest:DateTime64(3)}), ' UTC')",
    ),
    Check(
        "too_far_ahead",
        "parsed_time > {newest:DateTime64(3)}",
        "concat('time ', toString(time), ' is after ', toString({newest:DateTime64(3)}), ' UTC')",
    ),
)

USAGE = EventType(
    name="usage",
    fields=(
        "meter", "quantity", "unit", "provider", "model", "instance_type", "region", "is_spot", "is_estimated",
        "call_input_tokens",
    ),
    # One join, because planning each costs a small batch more than all of its rows. Without a unit it is the meter's own.
    joins="LEFT JOIN (SELECT meter AS known_meter, any(sku_by) AS sku_by, "
    "CAST((groupArray(toString(unit)), groupArray(meter_units.factor)), 'Map(String, Decimal(38, 12))') AS factors "
    "FROM meter_units GROUP BY meter) AS known ON staged.meter = known.known_meter",
    parsed={
        "has_unit": "unit = '' OR mapContains(factors, unit)",
        "factor": "if(unit = '', toDecimal128(1, 12), factors[unit])",
        "reported": _number("quantity", 18),
        "canonical": "reported * factor",
        "call_tokens": f"if(call_input_tokens = '', toUInt64(tokens_of_call), {_count('call_input_tokens')})",
    },
    checks=(
        *_FACT_CHECKS,
        Check("unknown_meter", "known_meter = ''", "concat('meter ', toString(meter), ' is not in the catalog (config/meters.yml)')"),
        Check("unknown_unit", "NOT has_unit", "concat(toString(meter), ' is not counted in ', toString(unit))"),
        Check("bad_quantity", "reported IS NULL", "concat('quantity ', toString(quantity), ' is not a decimal number of at most 20 digits before the point and 18 after it')"),
        Check("bad_quantity", "reported <= 0", "concat('quantity ', toString(quantity), ' is not above zero', if(reported = 0, ': nothing was used', ''))"),
        Check("bad_quantity", "canonical >= toDecimal256('1e18', 0)", "concat('quantity ', toString(quantity), ' is beyond 1e18 canonical units')"),
        Check("bad_quantity", "canonical != round(canonical, 9)", "concat('quantity ', toString(quantity), ' has more than 9 decimals in the canonical unit')"),
        Check("bad_field", "call_tokens IS NULL", "concat('call_input_tokens ', toString(call_input_tokens), ' is not a count')"),
        Check("bad_field", "is_spot NOT IN ('', 'true', 'false') OR is_estimated NOT IN ('', 'true', 'false')", "'is_spot and is_estimated are true or false'"),
    ),
    meter="meter",
    columns={
        "meter": "meter",
        "quantity": "CAST(canonical AS Decimal(38, 9))",
        "sku_id": "arrayStringConcat(arrayConcat([toString(meter)], arrayFilter(a -> a != '', arrayMap(a -> "
        "multiIf(a = 'provider', toString(provider), a = 'model', toString(model), a = 'instance_type', "
        "toString(instance_type), toString(region)), sku_by))), '/')",
        "provider": "provider",
        "model": "model",
        "instance_type": "instance_type",
        "region": "region",
        "is_spot": "is_spot = 'true'",
        "is_estimated": "is_estimated = 'true'",
        "call_input_tokens": "assumeNotNull(call_tokens)",
    },
    payload=(
        "canonical", "provider", "model", "instance_type", "region", "is_spot = 'true'", "is_estimated = 'true'",
        "call_tokens",
    ),
    kept=(
        "quantity", "provider", "model", "instance_type", "region", "is_spot = 1", "is_estimated = 1",
        "call_input_tokens",
    ),
)  # fmt: skip

LIFECYCLE = EventType(
    name="lifecycle",
    fields=("action", "attributes"),
    parsed={},
    checks=(
        *_FACT_CHECKS,
        Check("bad_field", "action NOT IN ('start', 'stop', 'scale', 'deploy')", "concat('action ', toString(action), ' is none of start, stop, scale, deploy')"),
    ),
    columns={"action": "action", "attributes": "attributes"},
    payload=("action", "attributes"),
    kept=("action", "attributes"),
)  # fmt: skip

REQUEST = EventType(
    name="request",
    fields=("request_id", "bytes_in", "bytes_out", "duration_ms", "status"),
    parsed={
        "count_in": f"if(bytes_in = '', toUInt64(0), {_count('bytes_in')})",
        "count_out": f"if(bytes_out = '', toUInt64(0), {_count('bytes_out')})",
        "duration": f"if(duration_ms = '', toDecimal256(0, 9), {_number('duration_ms', 9)})",
        "code": f"if(status = '', toUInt64(0), {_count('status')})",
    },
    checks=(
        *_FACT_CHECKS,
        Check("bad_field", "count_in IS NULL OR count_out IS NULL", "'bytes_in and bytes_out are counts'"),
        Check("bad_field", "duration IS NULL OR duration < 0 OR duration >= toDecimal256('1e12', 0)", "concat('duration_ms ', toString(duration_ms), ' is not a duration')"),
        Check("bad_field", "duration != round(duration, 3)", "concat('duration_ms ', toString(duration_ms), ' has more than 3 decimals')"),
        Check("bad_field", "code IS NULL OR code > 999", "concat('status ', toString(status), ' is not a status code')"),
    ),
    columns={
        "request_id": "request_id",
        "bytes_in": "assumeNotNull(count_in)",
        "bytes_out": "assumeNotNull(count_out)",
        "duration_ms": "CAST(assumeNotNull(duration) AS Decimal(18, 3))",
        "status": "toUInt16(assumeNotNull(code))",
    },
    payload=("request_id", "count_in", "count_out", "duration", "code"),
    kept=("request_id", "bytes_in", "bytes_out", "duration_ms", "status"),
)  # fmt: skip

ALERT = EventType(
    name="alert",
    fields=("name", "severity", "ends_at", "labels"),
    parsed={"ended": _instant("ends_at")},
    checks=(
        *_FACT_CHECKS,
        Check("missing_field", "name = ''", "'name is missing'"),
        Check("bad_time", "ends_at != '' AND (ended IS NULL OR ended < parsed_time)", "concat('ends_at ', toString(ends_at), ' is not an instant after the start')"),
    ),
    columns={
        "name": "name",
        "severity": "severity",
        "starts_at": "assumeNotNull(parsed_time)",
        "ends_at": "ended",
        "labels": "labels",
    },
    payload=("name", "severity", "ended", "labels"),
    kept=("name", "severity", "ends_at", "labels"),
)  # fmt: skip

_TERM = "charge_category = 'Purchase' AND term_ends != ''"
_LONGEST_TERM_DAYS = 3660

PLATFORM_COST = EventType(
    name="platform_cost",
    fields=(
        "cost_type", "charge_category", "period_end", "provider", "service_name", "region", "currency", "amount",
        "list_cost", "contracted_cost", "effective_cost", "billed_cost", "attributes",
    ),
    parsed={
        "ended": _instant("period_end"),
        # A purchase with a term says what is billed; what it costs comes day by day over the term.
        "term_begins": "trim(BOTH '\"' FROM JSONExtractRaw(attributes, 'term_start'))",
        "term_ends": "trim(BOTH '\"' FROM JSONExtractRaw(attributes, 'term_end'))",
        "term_began": f"if(term_begins = '', parsed_time, {_instant('term_begins')})",
        "term_ended": _instant("term_ends"),
        **{
            f"parsed_{cost}": _number(f"if({cost} = '', if({_TERM}, '0', amount), {cost})", 21)
            for cost in ("list_cost", "contracted_cost", "effective_cost")
        },
        "parsed_billed_cost": _number("if(billed_cost = '', amount, billed_cost)", 21),
    },
    checks=(
        *_FACT_CHECKS,
        Check("missing_field", "cost_type = ''", "'cost_type is missing'"),
        Check("bad_field", "charge_category NOT IN ('', 'Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment')", "concat('charge_category ', toString(charge_category), ' is none of Usage, Purchase, Tax, Credit, Adjustment')"),
        Check("bad_time", "ended IS NULL OR ended <= parsed_time", "concat('period_end ', toString(period_end), ' is not an instant after the start')"),
        Check("bad_currency", "NOT match(currency, '^[A-Z]{3}$')", "concat('currency ', toString(currency), ' is not an ISO 4217 code')"),
        Check("bad_amount", "parsed_list_cost IS NULL OR parsed_contracted_cost IS NULL OR parsed_effective_cost IS NULL OR parsed_billed_cost IS NULL", "'amount (or list_cost, contracted_cost, effective_cost and billed_cost) is not a decimal number'"),
        Check("bad_time", f"{_TERM} AND (term_ended IS NULL OR term_began IS NULL OR term_ended <= term_began)", "'term_start and term_end of a purchase are instants with their zone, one after the other'"),
        Check("bad_time", f"{_TERM} AND dateDiff('day', term_began, term_ended) > {_LONGEST_TERM_DAYS}", "'the term of a purchase is longer than ten years'"),
        Check("bad_amount", f"{_TERM} AND parsed_effective_cost != 0", "'a purchase with a term has no effective_cost of its own: it is spread over the term'"),
    ),
    columns={
        "cost_type": "cost_type",
        "charge_category": "if(charge_category = '', 'Usage', charge_category)",
        "charge_period_end": "assumeNotNull(ended)",
        "provider": "provider",
        "service_name": "service_name",
        "region": "region",
        "billing_currency": "currency",
        **{
            cost: f"assumeNotNull(parsed_{cost})"
            for cost in ("list_cost", "contracted_cost", "effective_cost", "billed_cost")
        },
        "attributes": "attributes",
    },
    payload=(
        "cost_type", "charge_category", "ended", "provider", "service_name", "region", "currency", "parsed_list_cost",
        "parsed_contracted_cost", "parsed_effective_cost", "parsed_billed_cost", "attributes",
    ),
    kept=(
        "cost_type", "charge_category", "charge_period_end", "provider", "service_name", "region", "billing_currency",
        "list_cost", "contracted_cost", "effective_cost", "billed_cost", "attributes",
    ),
    kept_as={"charge_category": "if(charge_category = 'Usage', '', charge_category)"},
)  # fmt: skip

EVENT_TYPES = {kind.name: kind for kind in (USAGE, LIFECYCLE, REQUEST, ALERT, PLATFORM_COST)}
PARSED_TIME = _instant("time")
