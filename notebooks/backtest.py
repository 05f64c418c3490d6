import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Did the detector see it?")

with app.setup:
    from datetime import timedelta

    import marimo as mo
    import pandas as pd

    from charts.document import exact_table, in_document, said
    from charts.flag_curve import flag_curve
    from charts.pixels import pixels
    from jobs.demo.planted import planted
    from metrics.exact import sum_money
    from models.baselines import WeekOverWeek
    from models.detector import SpikeDetector
    from models.incidents import incidents
    from queries.app_lifecycle_markers import app_lifecycle_markers
    from queries.charged_period import charged_period
    from queries.line_hours import line_hours
    from warehouse.start import open_store
    from warehouse.tables import table


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    # Did the detector see it?

    *The detector's backtest: every hour scored as if it were now, flags beside what really happened.*

    A detector is easy to praise on the incident it found. Here it walks through the whole history of a platform, each
    hour judged from the hours before it, and is then held against the list of what was planted: what it found, what it
    missed, and what it cried wolf about. One rule of thumb goes the same way beside it.
    """)
    return


@app.cell
def _():
    store = open_store()
    return (store,)


@app.cell
def _(store):
    reach = store.rows(charged_period(table("charges")))[0]
    start, end = reach["first_start"], reach["last_usage_end"]
    _costs = pixels(store.arrow(line_hours(table("charges"), start=start, end=end))).to_pandas()
    lines = pd.DataFrame(
        {
            "series_id": _costs["app_id"] + "/" + _costs["meter"],
            "app_id": _costs["app_id"],
            "line_type": _costs["meter"],
            "ts": _costs["time"],
            "value": _costs["amount"].clip(lower=0),
        }
    )
    _marks = app_lifecycle_markers(
        table("lifecycle"), start=start, end=end, kinds=("start", "stop", "scale", "deploy"), limit=1_000_000
    )
    events = store.arrow(_marks).to_pandas().query("app_id != ''").rename(columns={"time": "ts"})
    return end, events, lines, start


@app.cell(hide_code=True)
def _(end, events, lines, start):
    mo.md(f"""
    **{lines["series_id"].nunique():,} lines** (an app and a meter), hour by hour from {start:%B %-d} to
    {end:%B %-d}: {len(lines):,} hours with a cost, and {len(events):,} starts, stops, scalings and deploys. The models
    read floats; money that a person reads is asked for again, exactly.
    """)
    return


@app.cell
def _():
    rows = 25_000  # that one fit learns from: more take longer and change little here
    return (rows,)


@app.cell
def _(events, lines, rows):
    methods = {
        "Farthing's detector": SpikeDetector(bar="1h", rows=rows),
        "3x week over week": WeekOverWeek(bar="1h"),
    }
    scores = {name: method.score(lines, events) for name, method in methods.items()}
    flags = {name: incidents(scored, events, minimum_impact=25.0) for name, scored in scores.items()}
    return flags, scores


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    Both went through the same gate (25 dollars of excess, or well on the way there) and the same merging: flagged hours
    of an app that are no more than a day apart are one flag. Neither was tuned on this platform, or told what new apps
    declared.

    ## What happened, and who saw it

    A flag is right when it overlaps an incident, or begins in the 24 hours after it. The first two weeks teach; what
    began in them is not judged. A launch is expected: no incident, and a flag on it is a false alarm.
    """)
    return


@app.cell
def _(flags, start, store):
    grace, judged_from = timedelta(hours=24), start + timedelta(days=14)
    facts = [one for one in planted(store) if one.start >= judged_from]

    def seen(flag, fact):
        ended = flag.ended_at if pd.notna(flag.ended_at) else pd.Timestamp.max.tz_localize("UTC")
        return flag.app_id == fact.app_id and flag.started_at < fact.end + grace and ended > fact.start

    told = []
    for _fact in facts:
        _row = {"what": _fact.kind.replace("_", " "), "app": _fact.app_id, "from": _fact.start}
        for _name, _found in flags.items():
            _firsts = [flag.flagged_at for flag in _found.itertuples() if seen(flag, _fact)]
            _late = (min(_firsts) - _fact.start) / timedelta(hours=1) if _firsts else None
            if _fact.is_expected:
                _row[_name] = "quiet" if _late is None else "false alarm"
            else:
                _row[_name] = "missed" if _late is None else f"after {max(_late, 0):.0f} h"
        _row["is"] = _fact.cause
        told.append(_row)
    exact_table(
        told,
        {"what": "what", "app": "app", "from": "from (UTC)", **{name: name for name in flags}, "is": "why"},
    )
    return facts, judged_from, seen, told


@app.cell(hide_code=True)
def _(facts, flags, judged_from, seen):
    figures = {}
    for _name, _found in flags.items():
        _flags = [flag for flag in _found.itertuples() if flag.started_at >= judged_from]
        _real = [fact for fact in facts if not fact.is_expected]
        _right = [flag for flag in _flags if any(seen(flag, fact) for fact in _real)]
        _hit = [fact for fact in _real if any(seen(flag, fact) for flag in _flags)]
        figures[_name] = {
            "flags": len(_flags),
            "right": len(_right),
            "incidents": len(_real),
            "found": len(_hit),
            "precision": len(_right) / len(_flags) if _flags else None,
            "recall": len(_hit) / len(_real) if _real else None,
        }

    def _share(value):
        return "–" if value is None else f"{value:.0%}"

    mo.md(
        "## Precision and recall\n\n| method | flags | right | incidents | found | precision | recall |\n"
        "|---|---:|---:|---:|---:|---:|---:|\n"
        + "\n".join(
            f"| {name} | {one['flags']} | {one['right']} | {one['incidents']} | {one['found']} | "
            f"{_share(one['precision'])} | {_share(one['recall'])} |"
            for name, one in figures.items()
        )
        + "\n\nSo few incidents prove nothing about a detector; they show how one works. What it is worth is measured "
        "on labeled histories of 600 apps, several seeds and public series, beside seven baselines: `make evaluate`, "
        "`docs/evaluation.md`."
    )
    return (figures,)


@app.cell(hide_code=True)
def _(facts, figures, flags, judged_from, lines, seen):
    _ours, _rule = figures["Farthing's detector"], figures["3x week over week"]
    _real = [fact for fact in facts if not fact.is_expected]
    _wrong = [
        flag
        for flag in flags["Farthing's detector"].itertuples()
        if flag.started_at >= judged_from and not any(seen(flag, fact) for fact in _real)
    ]
    _asked = sum(any(seen(flag, fact) for fact in facts) for flag in _wrong)
    _said = "nothing to compare: no incident was planted, or nothing was flagged"
    if _ours["flags"] and _rule["flags"] and _real:
        _words = "ahead" if _ours["precision"] > _rule["precision"] else "behind"
        _words = "level" if _ours["precision"] == _rule["precision"] else _words
        _said = (
            f"the detector is {_words} in precision, {_ours['right']} of {_ours['flags']} flags right against "
            f"{_rule['right']} of {_rule['flags']}, and finds {_ours['found']} of {len(_real)} incidents, the rule of "
            f"thumb {_rule['found']}"
        )
    _began = lines.groupby("app_id")["ts"].min()
    _young = sum(flag.started_at < _began[flag.app_id] + timedelta(days=7) for flag in _wrong)
    _costly = max((flag.excess for flag in _wrong), default=None)
    _told = (
        f" Its {len(_wrong)} wrong flags, {_asked} of them on a launch that was expected and {_young} in the first "
        f"week of an app, whose rhythm nobody knew yet, are of {len({flag.app_id for flag in _wrong})} apps, the "
        f"largest over by {_costly:,.0f} dollars. Each is one that somebody would have looked at for nothing. A label "
        "*planned* or *no anomaly* on them is what the next version learns from."
        if _wrong
        else ""
    )
    worth = f"Here {_said}.{_told}"
    mo.md(f"### Was it worth it here?\n\n{worth}")
    return (worth,)


@app.cell(hide_code=True)
def _(facts):
    mo.md(
        "## One of them, hour by hour\n\nGray: the band that was expected. Red: the hours that were flagged."
        if facts
        else "The store holds no demo, so nobody planted anything: the flags above stand alone. Label them on "
        "*Anomalies*; `farthing detect --fit` learns from that."
    )
    return


@app.cell
def _(facts, flags, scores, seen):
    _name = "Farthing's detector"
    _pairs = [(flag, fact) for flag in flags[_name].itertuples() for fact in facts if seen(flag, fact)]
    shown = max((pair for pair in _pairs if not pair[1].is_expected), key=lambda pair: pair[0].excess, default=None)
    _chart = None
    if shown is not None:
        _flag, _fact = shown
        _view = _fact.start - timedelta(hours=60), _fact.end + timedelta(hours=24)
        _lines = scores[_name]
        _lines = _lines[_lines["series_id"].astype(str).isin(_flag.lines) & _lines["ts"].between(*_view)]
        _curve = _lines.groupby("ts", as_index=False).agg(
            cost=("value", "sum"),
            expected_cost=("expected", "sum"),
            lower_cost=("lower", "sum"),
            upper_cost=("upper", "sum"),
            is_flagged=("flag", "any"),
        )
        _chart = in_document(flag_curve(_curve.rename(columns={"ts": "time"})))
    _chart
    return (shown,)


@app.cell(hide_code=True)
def _(shown, store):
    cost, _told = None, ""
    if shown is not None:
        _flag, _fact = shown
        _meters = [line.removeprefix(f"{_flag.app_id}/") for line in _flag.lines]
        _where = {"app_id": [_fact.app_id], "meter": _meters}
        _hours = line_hours(table("charges"), start=_fact.start, end=_fact.end, where=_where)
        cost = store.rows(_hours.agg(cost=sum_money(_hours.amount)))[0]["cost"]
        _late = max((_flag.flagged_at - _fact.start) / timedelta(hours=1), 0)
        _told = f"""
    **{_fact.app_id}**, {_fact.start:%B %-d, %H:%M} to {_fact.end:%B %-d, %H:%M} UTC: {_fact.cause}. Its lines cost
    {said(cost)} in these hours (`{cost:f}`, the sum of their charges), and the first flag came
    {f"{_late:.0f} h later" if _late >= 1 else "within the first hour"}.
    """
    mo.md(_told)
    return (cost,)


if __name__ == "__main__":
    app.run()
