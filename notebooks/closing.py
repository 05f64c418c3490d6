import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="A month closed and audited")

with app.setup:
    import atexit
    import io
    import shutil
    import tempfile
    from contextlib import redirect_stderr
    from datetime import UTC, datetime, timedelta
    from decimal import Decimal
    from pathlib import Path

    import marimo as mo
    import pandas as pd

    from billing.bridge import bridge
    from billing.documents import draft_invoices
    from billing.issue import issue
    from billing.period import parse_period
    from charts.document import exact_table, in_document, said
    from charts.waterfall import change_waterfall
    from config.settings import Settings
    from jobs.closing import checklist, close
    from jobs.demo.run import run_demo
    from jobs.rating import sync_and_rate
    from jobs.verify import verify_all
    from metering.decode import decode_events
    from metering.door import admit, history_terms
    from queries.unpriced_usage import unpriced_usage
    from warehouse.histories import record
    from warehouse.start import open_store
    from warehouse.tables import table

    UNTIL = datetime(2026, 11, 5, tzinfo=UTC)  # always the same platform


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    # A month closed and audited

    *From draft to issued invoice, and what happens to whoever changes a number afterwards.*

    Closing is the one thing here that cannot be undone, so this notebook does it on a platform of its own: a small
    demonstration in a temporary folder, gone when the notebook ends. Your store is not opened. The commands for the
    real thing are named beside each step.
    """)
    return


@app.cell
def _():
    folder = Path(tempfile.mkdtemp(prefix="farthing-notebook-"))
    _ = atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return (folder,)


@app.cell
def _(folder):
    store = open_store(Settings(store=f"chdb://{folder / 'store'}", backups=folder / "backups"))
    with redirect_stderr(io.StringIO()):  # its progress
        run_demo(store, apps=16, days=35, seed=7, until=UNTIL)
    return (store,)


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## 1. The draft

    A draft can be asked for at any time; it is computed from the charges of this moment.
    `farthing invoice preview --period 2026-10`
    """)
    return


@app.cell
def _(store):
    month = parse_period("2026-10")
    drafts = draft_invoices(store, month)
    exact_table(
        [
            {"who": one.cost_center_name, "mode": one.mode, "lines": len(one.lines), "total": one.total}
            for one in drafts
        ],
        {"who": "cost center", "mode": "mode", "lines": "lines", "total": "total"},
        totals=["total"],
    )
    return drafts, month


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## 2. The checklist says no

    On the second of November somebody wants to close. `farthing invoice check --period 2026-10`
    """)
    return


@app.cell
def _(month, store):
    early = checklist(store, month, now=month.end + timedelta(days=1))
    exact_table(
        [{"check": item.name, "verdict": item.verdict.value, "found": item.detail} for item in early],
        {"check": "check", "verdict": "", "found": "found"},
    )
    return (early,)


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    Two things are in the way. An app tried a model that nobody has priced: its cost is not 0, it is unknown. And usage
    without an owner is still within its window; until that is over, evidence may come in. So the price is recorded,
    from the first of the month on, and the window is waited for.
    """)
    return


@app.cell
def _(month, store):
    unpriced = store.rows(unpriced_usage(table("charges"), start=month.start, end=month.end))
    _price = {"tier_starts": [], "tier_unit_prices": [], "pricing_block": 1_000_000, "pricing_unit": "1000000 Tokens"}
    record(
        store,
        "prices",
        [
            {
                "sku_id": row["sku_id"],
                "sku_price_id": f"{row['sku_id']}/agreed",
                "list_unit_price": Decimal("0.40"),
                "valid_from": month.start,
                **_price,
            }
            for row in unpriced
        ],
        by="ana",
    )
    rated = sync_and_rate(store)
    return rated, unpriced


@app.cell(hide_code=True)
def _(rated, unpriced):
    mo.md(f"""
    {len(unpriced)} SKUs got their price, and the {len(rated)} days that had used them were rated again; no other day
    was.

    ## 3. Closed

    Four days into November. `farthing invoice close --period 2026-10`
    """)
    return


@app.cell
def _(month, rated, store):
    assert rated
    closing = close(store, month, by="ana", now=month.end + timedelta(days=4))
    exact_table(
        [{"check": item.name, "verdict": item.verdict.value, "found": item.detail} for item in closing.checklist],
        {"check": "check", "verdict": "", "found": "found"},
    )
    return (closing,)


@app.cell(hide_code=True)
def _(closing):
    mo.md(f"""
    {closing.period} is closed, by {closing.closed_by}. What warns is kept with the closing; what is billed is frozen,
    line by line, with the generation of every day that it came from.

    ## 4. Issued

    Numbers have no gaps, and every invoice is kept as the bytes that were sent.
    `farthing invoice issue --period 2026-10`
    """)
    return


@app.cell
def _(closing, store):
    issued = issue(store, closing.period, by="ana")
    exact_table(
        [
            {"number": one.number, "who": one.cost_center, "total": one.total, "sha": one.document_digest[:16] + "…"}
            for one in issued
        ],
        {"number": "number", "who": "cost center", "sha": "SHA-256 of the document", "total": "total"},
        totals=["total"],
    )
    return (issued,)


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    How the month's charges become these totals, with nothing left over. `farthing invoice bridge --period 2026-10`
    """)
    return


@app.cell
def _(closing, issued, store):
    assert issued
    spans = bridge(store, closing.period)
    _steps = [
        {"step": span.name, "amount": float(span.amount), "is_total": at == 0 or span.name == "invoices"}
        for at, span in enumerate(spans)
        if span.amount
    ]
    _short = {
        "charges of usage and of apps": "charges of apps",
        "usage covered by reserved capacity": "covered by reserve",
        "reserved capacity nobody used": "reserve nobody used",
    }
    in_document(
        change_waterfall(pd.DataFrame(_steps), step="step", amount="amount", is_total="is_total", labels=_short)
    )
    return (spans,)


@app.cell(hide_code=True)
def _(issued, spans):
    steps = {span.name: span.amount for span in spans}
    mo.md(f"""
    Charges came to `{spans[0].amount:f}` and shared costs to `{spans[1].amount:f}`; {len(issued)} invoices say
    **{said(steps["invoices"])}**. The last step of the bridge is the difference: **{said(steps["difference"], None)}**.

    ## 5. An event comes late

    On November the fifth a gateway reports calls of October. It is too late for the invoice and not too late to be paid
    for.
    """)
    return


@app.cell
def _(closing, spans, store):
    assert spans
    _app = store.rows(
        "SELECT app_id FROM charges WHERE charge_date = {day:Date} AND app_id != '' AND meter = 'input_tokens' "
        "GROUP BY app_id ORDER BY sum(effective_cost) DESC LIMIT 1",
        {"day": closing.period.days[-1]},
    )[0]["app_id"]
    _late = {
        "type": "usage",
        "source": "gateway",
        "event_id": "reported-late",
        "time": "2026-10-31T22:15:00Z",
        "resource_id": "gateway-1",
        "app_id": _app,
        "meter": "input_tokens",
        "quantity": "40000000",
        "provider": "openai",
        "model": "gpt-4o",
    }
    for _kind, _staged in decode_events([_late]).items():
        admit(store, _kind, _staged, history_terms("notebook/late"))
    sync_and_rate(store)
    corrections = [
        {"cost center": draft.cost_center, "app": line.app_id, "SKU": line.sku_id, "amount": line.exact_amount}
        | {"corrects": line.corrects_invoice, "kind": line.line_kind}
        for draft in draft_invoices(store, closing.period.next)
        for line in draft.lines
        if line.corrects_period
    ]
    own = [row for row in corrections if row["kind"] == "usage"]
    exact_table(own, {name: name for name in ("corrects", "cost center", "app", "SKU", "amount")})
    return corrections, own


@app.cell(hide_code=True)
def _(corrections, own):
    _others = [row for row in corrections if row not in own]
    _moved = sum((row["amount"] for row in _others), Decimal(0))
    mo.md(f"""
    November's draft carries it as a correction that names the invoice it corrects. {len(_others)} smaller lines come
    with it: shared costs go by what everybody uses, so the late calls move {len(_others)} shares a little; together
    they move by `{_moved.normalize():f}`. October's invoices stay as they were sent.

    ## 6. Audited

    An auditor does not read our charges; charges are ours. Every invoice is billed again from raw events, with owners,
    rules and prices as they were known when the month was closed, and compared line by line: amount, quantity, number
    of events, and a digest of everything that is stored of them. What came late makes no difference.
    `farthing invoice verify FA-2026-10-0001`
    """)
    return


@app.cell
def _(corrections, issued, store):
    assert corrections
    audits = verify_all(store, issued)
    exact_table(
        [{"number": one.number, "lines": one.lines, "events": one.events, "equal": one.is_equal} for one in audits],
        {"number": "number", "lines": "lines", "events": "raw events", "equal": "equal"},
    )
    return (audits,)


@app.cell(hide_code=True)
def _(audits):
    mo.md(f"""
    {sum(one.is_equal for one in audits)} of {len(audits)} are equal: {sum(one.lines for one in audits):,} lines from
    {sum(one.events for one in audits):,} raw events.
    """)
    return


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## 7. Somebody changes a number

    Now somebody with access to the files goes around every door and makes one raw event of October a tenth larger. Only
    this notebook's own platform is touched.
    """)
    return


@app.cell
def _(audits, closing, issued, store):
    assert all(one.is_equal for one in audits)
    target = store.rows(
        "SELECT event_id, app_id, meter, quantity FROM usage WHERE time >= {first:Date} AND time < {last:Date} "
        "AND app_id IN (SELECT app_id FROM apps) AND meter = 'output_tokens' ORDER BY quantity DESC, event_id LIMIT 1",
        {"first": closing.period.first, "last": closing.period.next.first},
    )[0]
    store.command(
        "ALTER TABLE usage_events UPDATE quantity = quantity * 1.1 "
        "WHERE event_id = {event:String} AND meter = {meter:String}",
        {"event": target["event_id"], "meter": target["meter"]},
        {"mutations_sync": 2},
    )
    caught = [one for one in verify_all(store, issued) if not one.is_equal]
    named = sorted(
        {
            (finding.what, finding.detail)
            for one in caught
            for finding in one.findings
            if finding.what == "changed event" or target["meter"] in finding.detail
        }
    )
    exact_table([{"what": what, "detail": detail} for what, detail in named], {"what": "finding", "detail": "detail"})
    return caught, target


@app.cell(hide_code=True)
def _(caught, target):
    mo.md(f"""
    {len(caught)} invoices are no longer what their raw events say: that of **{target["app_id"]}**'s cost center, and
    those whose share of the shared costs hung on it. The line is named, what it would be now, and the event itself.
    Nobody had to know where to look.
    """)
    return


if __name__ == "__main__":
    app.run()
