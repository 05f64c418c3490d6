import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Who should pay for what is shared?")

with app.setup:
    import marimo as mo
    import pandas as pd

    from billing.allocation import bases_in_use
    from billing.period import period_of
    from charts.document import exact_table, in_document, said
    from charts.dots import side_by_side
    from charts.pixels import pixels
    from charts.ranking import ranked_bars
    from metrics.exact import sum_money
    from metrics.methods import parse_method
    from queries.allocation_comparison import allocation_comparison
    from queries.charged_period import charged_period
    from queries.pools import pools
    from queries.spend import spend
    from warehouse.start import open_store
    from warehouse.tables import table


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    # Who should pay for what is shared?

    *Methods of allocation compared on the same pools, and argued.*

    A load balancer serves everybody and names nobody. Whoever splits its bill decides who pays, so the method has to be
    argued before it is booked: what it measures, whom it spares, and whether every cent is still there afterwards.
    """)
    return


@app.cell
def _():
    store = open_store()
    return (store,)


@app.cell
def _(store):
    reach = store.rows(charged_period(table("charges")))[0]
    month = period_of(reach["last_usage_end"])
    month = month.previous if reach["first_start"] <= month.previous.start else month  # the last whole one
    return (month,)


@app.cell
def _(month, store):
    _pools = pools(table("charges"), table("allocation_rules"), start=month.start, end=month.end)
    _by_type = _pools.group_by("cost_type").agg(pool=sum_money(_pools.pool), pools=_pools.count())
    shared = store.arrow(_by_type.order_by(_by_type.pool.desc(), "cost_type"))
    in_document(ranked_bars(pixels(shared), name="cost_type", value="pool"))
    return (shared,)


@app.cell(hide_code=True)
def _(month, shared):
    whole = sum(shared["pool"].to_pylist())
    mo.md(f"""
    In {month.first:%B %Y} **{said(whole)}** of platform cost named no app, in {sum(shared["pools"].to_pylist()):,}
    pools: a day of load balancer is one pool, a month of support another. Each pool is split over the apps that were
    active in *its* period, so an app that lived for three days bears nothing of the other days.

    ## Three answers to one question

    | method | what it calls fair | whom it hurts |
    |---|---|---|
    | `even` | everybody who is there keeps the platform busy | small and short-lived apps |
    | `proportional:requests` | who is called more, uses more | many cheap calls |
    | `proportional:effective_cost` | who spends more, can bear more | few dear calls |

    The same pools, split three times, beside the rules that are in force. Nothing is changed by asking.
    """)
    return (whole,)


@app.cell
def _(month, store):
    methods = ["even", "proportional:requests", "proportional:effective_cost"]
    _bases = bases_in_use(store, [parse_method(text) for text in methods])
    _asked = {"start": month.start, "end": month.end, "methods": methods, "bases": _bases}
    _tables = [table(name) for name in ("charges", "lifecycle", "apps", "teams", "allocation_rules")]
    compared = store.arrow(allocation_comparison(*_tables, **_asked))
    by_app = store.arrow(allocation_comparison(*_tables, **_asked, by="app_id"))
    return by_app, compared, methods


@app.cell
def _(compared, methods):
    _drawn = pixels(compared).to_pandas()
    _drawn["method"] = _drawn["method"].str.replace("proportional:", "by ")  # there is little room in a legend
    _today = _drawn[_drawn["method_number"] == 1].assign(method="today", effective_cost=_drawn["todays_cost"])
    in_document(
        side_by_side(
            pd.concat([_today, _drawn]),
            name="team_id",
            series="method",
            value="effective_cost",
            order=["today", *(method.replace("proportional:", "by ") for method in methods)],
            first="today",
        )
    )
    return


@app.cell(hide_code=True)
def _(compared, methods):
    def _moved(method):
        rows = [row for row in compared.to_pylist() if row["method"] == method]
        gains, loses = min(rows, key=lambda row: row["change"]), max(rows, key=lambda row: row["change"])
        return (
            f"- `{method}`: **{gains['team_id']}** would pay {said(-gains['change'])} less than today, "
            f"**{loses['team_id']}** {said(loses['change'])} more."
        )

    mo.md("Who gains and who loses:\n\n" + "\n".join(_moved(method) for method in methods))
    return


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## Is every cent still there?

    An allocation that loses a cent a day is wrong on every invoice. Shares are cut at the 21st decimal, what division
    leaves over goes unit by unit to the largest remainders, and so the sums below are equal: not nearly, but in all of
    their digits.
    """)
    return


@app.cell
def _(compared, methods, whole):
    conserved = []
    for _method in methods:
        _rows = [row for row in compared.to_pylist() if row["method"] == _method]
        _sum = sum(row["effective_cost"] for row in _rows)
        conserved.append(
            {
                "method": _method,
                "sum": _sum,
                "left over": whole - _sum,
                "changes": sum(row["change"] for row in _rows),
            }
        )
    exact_table(
        conserved,
        {"method": "method", "sum": "sum of the shares", "left over": "pools − shares", "changes": "sum of changes"},
        places={"sum": None, "left over": None, "changes": None},
    )
    return (conserved,)


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## The argument

    Teams hide what methods do to small apps. A platform of short-lived apps should ask a sharper question: **how many
    apps would bear more of the shared costs than all they use themselves?** Nobody can plan with an app whose bill is
    mostly other people's load balancer.
    """)
    return


@app.cell
def _(by_app, methods, month, store):
    _own = store.rows(spend(table("charges"), by=["app_id"], start=month.start, end=month.end))
    own = {row["app_id"]: row["effective_cost"] or 0 for row in _own}
    burdened = []
    for _method in methods:
        _rows = [row for row in by_app.to_pylist() if row["method"] == _method and row["app_id"] in own]
        _more = [row for row in _rows if row["effective_cost"] > own[row["app_id"]]]
        burdened.append(
            {
                "method": _method,
                "apps": len(_rows),
                "burdened": len(_more),
                "largest": max(row["effective_cost"] for row in _rows),
                "smallest": min(row["effective_cost"] for row in _rows),
            }
        )
    exact_table(
        burdened,
        {
            "method": "method",
            "apps": "apps",
            "burdened": "pay more than they use",
            "smallest": "smallest share",
            "largest": "largest share",
        },
    )
    return (burdened,)


@app.cell(hide_code=True)
def _(burdened):
    kindest = min(burdened, key=lambda row: row["burdened"])
    harshest = max(burdened, key=lambda row: row["burdened"])
    mo.md(f"""
    Under `{harshest["method"]}` that is so for **{harshest["burdened"]} of {harshest["apps"]}** apps, under
    `{kindest["method"]}` for **{kindest["burdened"]}**. So:

    - what exists because apps exist (a control plane) may be split evenly: that is what it costs to have an app;
    - what is used up by calls belongs to requests, even where that costs a team its cheap traffic;
    - what nobody can measure (a support plan) goes by what everybody spends: it is the method that never makes a small
      app pay for being small;
    - and a floor (`floor:0.05:requests`) says both at once: a fee for being there, the rest by use.

    One more thing a method must survive is being explained. Each rule has an owner and a footnote that invoices print;
    `farthing allocate adopt` takes both, and where costs are booked a second person has to agree.
    """)
    return


if __name__ == "__main__":
    app.run()
