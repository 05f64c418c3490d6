import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Where the money goes")

with app.setup:
    import ibis
    import marimo as mo

    from charts.document import exact_table, in_document, said
    from charts.over_time import stacked_over_time
    from charts.pixels import pixels
    from charts.ranking import ranked_bars
    from metrics.exact import sum_money
    from queries.charged_period import charged_period
    from queries.daily_spend import daily_spend
    from queries.spend import spend
    from queries.top_movers import top_movers
    from queries.top_spend import top_spend
    from queries.total_cost import total_cost
    from warehouse.start import open_store
    from warehouse.tables import table


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    # Where the money goes

    *Spend exploration in two lines: one opens a store, one asks a question.*

    Every question that a page asks is a function of `queries/`: Ibis tables in, an Ibis table out, not executed. A
    notebook asks the same functions, so it cannot come to another number than the page, the invoice, or the API.
    """)
    return


@app.cell
def _():
    store = open_store()
    return (store,)


@app.cell
def _(store):
    by_team = store.arrow(daily_spend(table("charges"), by=["team_id"]))
    return (by_team,)


@app.cell(hide_code=True)
def _(by_team, store):
    mo.md(f"""
    That is all. The first line reads `FARTHING_STORE`: an embedded folder, a ClickHouse server, or the app that is
    running (`http://notebook:fa_…@127.0.0.1:8501`). Here it was `{store.location}`, and the answer is an Arrow table of
    {by_team.num_rows:,} rows whose money is `{by_team.schema.field("effective_cost").type}`: exact, until a chart
    needs pixels.
    """)
    return


@app.cell
def _(store):
    _largest = {"by": "team_id", "top": 7}
    by_day = store.arrow(top_spend(table("charges"), grain="day", **_largest))
    names = store.arrow(top_spend(table("charges"), **_largest))["team_id"].to_pylist()
    in_document(
        stacked_over_time(pixels(by_day), time="charge_date", value="effective_cost", series="team_id", order=names)
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## Does it add up?

    A breakdown is worth something only if its parts are the whole. Decimals are added as decimals, so the question has
    an answer, yes or no, and not a tolerance.
    """)
    return


@app.cell
def _(store):
    teams = store.arrow(spend(table("charges"), by=["team_id"]).order_by(ibis.desc("effective_cost")))
    _in_dollars = total_cost(table("charges"), where={"billing_currency": ["USD"]})
    whole = store.rows(_in_dollars)[0]["effective_cost"]
    left_over = whole - sum(teams["effective_cost"].to_pylist())
    exact_table(teams, {"team_id": "team", "effective_cost": "effective cost"}, totals=["effective_cost"])
    return left_over, whole


@app.cell(hide_code=True)
def _(left_over, whole):
    mo.md(f"""
    All teams together cost **{said(whole)}**, which is `{whole:f}` with all of its digits; what the table leaves
    over is **{said(left_over, None)}**. Shared platform costs are here still with whoever the platform's cost center
    belongs to; splitting them is another question (*Who should pay for what is shared?*).
    """)
    return


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## A question nobody wrote

    `daily_charges` is an Ibis table like any other. Group it, filter it, join it; the store runs what comes out. Two
    things to know: money is added by `metrics.exact` (plain Ibis arithmetic on decimals can lose digits), and costs of
    different currencies are never added.
    """)
    return


@app.cell
def _(store):
    _daily = table("daily_charges").filter(ibis._.billing_currency == "USD", ibis._.model != "")
    _daily = _daily.filter(_daily.pricing_status == "priced")  # what nobody priced costs something, nobody knows what
    by_model = store.arrow(
        _daily.group_by("model")
        .agg(cost=sum_money(_daily.effective_cost), apps=_daily.app_id.nunique())
        .order_by(ibis.desc("cost"), "model")
    )
    in_document(ranked_bars(pixels(by_model.slice(0, 12)), name="model", value="cost"))
    return (by_model,)


@app.cell(hide_code=True)
def _(by_model):
    first = by_model.slice(0, 1).to_pylist()[0]
    share = first["cost"] / sum(by_model["cost"].to_pylist())
    mo.md(f"""
    The dearest model is **{first["model"]}**: {said(first["cost"])}, {share:.0%} of what models cost, used by
    {first["apps"]} apps.
    """)
    return


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## What moved last week

    The question behind the *Overview*'s list of movers, with its own definition of a jump: three times the week
    before, and at least 50 dollars. An app younger than two weeks has no week to be compared with: it is new, and
    never a jump.
    """)
    return


@app.cell
def _(store):
    reach = store.rows(charged_period(table("charges")))[0]
    movers = store.arrow(top_movers(table("charges"), as_of=reach["last_usage_end"], limit=8))
    exact_table(
        movers,
        {
            "app_id": "app",
            "team_id": "team",
            "previous_cost": "week before",
            "current_cost": "last week",
            "change": "change",
            "is_new": "new",
            "is_spike": "jumped",
        },
    )
    return (movers,)


@app.cell(hide_code=True)
def _(movers):
    jumped = [row["app_id"] for row in movers.to_pylist() if row["is_spike"]]
    mo.md(
        f"""
    {"**" + ", ".join(jumped) + "** jumped." if jumped else "None of the costliest apps jumped."} Why, hour by hour, is
    the subject of *Did the detector see it?* (`notebooks/backtest.py`).
    """
    )
    return


if __name__ == "__main__":
    app.run()
