import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="The same month at other prices")

with app.setup:
    from datetime import timedelta
    from decimal import Decimal

    import ibis
    import marimo as mo
    import pandas as pd

    from billing.period import period_of
    from charts.document import exact_table, in_document, said
    from charts.over_time import lines_over_time
    from charts.pixels import pixels
    from charts.waterfall import change_waterfall
    from jobs.rate import rate_rules_of
    from queries.change_steps import change_steps
    from queries.charged_period import charged_period
    from queries.price_changes import price_changes
    from queries.repriced import repriced
    from queries.spend import spend
    from warehouse.start import open_store
    from warehouse.tables import table


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    # The same month at other prices

    *A price change replayed: what this month would have cost, and how much of a difference is price, how much use.*

    Every charge keeps the quantity it is for and the price it met, each dated. So a month can be priced again from any
    moment's price book, or from one that nobody has agreed to yet, without changing a row in the store.
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
    inside = {"start": month.start, "end": month.end}
    changes = store.rows(
        price_changes(table("charges"), table("prices"), **inside)
        .drop("app_id")
        .distinct()
        .order_by("changed_at", "sku_id")
    )
    exact_table(
        changes,
        {
            "changed_at": "when (UTC)",
            "sku_id": "SKU",
            "previous_price": "before",
            "list_unit_price": "after",
            "pricing_unit": "for",
        },
    )
    return changes, inside, month


@app.cell(hide_code=True)
def _(changes, month):
    mo.md(
        f"These prices changed in {month.first:%B %Y}. What was used before each moment met the old price, what was "
        f"used after it the new one, to the minute."
        if changes
        else f"No price of anything that was used changed in {month.first:%B %Y}. The replays below stand all the same."
    )
    return


@app.cell
def _(changes, inside, store):
    _watched = {"sku_id": sorted({row["sku_id"] for row in changes})} if changes else None
    _measures = ["effective_cost", "cost_per_1m_tokens"]
    by_day = store.arrow(spend(table("charges"), measures=_measures, grain="day", where=_watched, **inside))
    in_document(
        lines_over_time(
            pixels(by_day),
            time="charge_date",
            value="cost_per_1m_tokens",
            unit="USD per 1M tokens",
            height=200,
        )
    )
    return


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## The month without the change

    The question: the same usage, the same discounts and markups, at the prices that were in force when the month began.
    """)
    return


@app.cell
def _(inside, month, store):
    rules = rate_rules_of(store)
    replayed = store.arrow(
        repriced(table("charges"), table("prices"), prices_as_of=month.start, rate_rules=rules, **inside)
    )
    exact_table(
        [row for row in replayed.to_pylist() if row["change"]],
        {
            "sku_id": "SKU",
            "quantity": "quantity",
            "price_now": "dearest price met",
            "price_then": "price then",
            "cost_now": "as it was",
            "cost_then": "at those prices",
            "change": "difference",
        },
        totals=["cost_now", "cost_then", "change"],
        places={"quantity": None, "price_now": 4, "price_then": 4},
    )
    return replayed, rules


@app.cell(hide_code=True)
def _(month, replayed):
    whole = replayed.slice(0, 1).to_pylist()[0]
    mo.md(f"""
    {month.first:%B} cost {said(whole["all_cost_now"])}; at the prices of its first day it would have cost
    **{said(whole["all_cost_then"])}**, {said(abs(whole["all_change"]))} {"more" if whole["all_change"] > 0 else "less"}
    (`{whole["all_change"]:f}`, the sum of the differences by SKU to the last digit). Platform costs come from no price
    book and stay what they are.
    """)
    return (whole,)


@app.cell(hide_code=True)
def _():
    mo.md(r"""
    ## Price or use?

    A replay keeps the quantities, so all of its difference is price. Two periods differ in both. The weeks after the
    change beside as long a time before it, for the SKUs that changed:
    """)
    return


@app.cell
def _(changes, month, store):
    turn = changes[-1]["changed_at"] if changes else month.start + (month.end - month.start) / 2
    turn = turn.replace(hour=0, minute=0, second=0) + timedelta(days=1)  # from the next whole day on
    skus = sorted({row["sku_id"] for row in changes})
    length = min(month.end - turn, turn - month.start - timedelta(days=1))
    after = {"start": turn, "end": turn + length}
    before = {"previous_start": turn - timedelta(days=1) - length, "previous_end": turn - timedelta(days=1)}
    where = {"sku_id": skus} if skus else None
    steps = store.rows(change_steps(table("charges"), **after, **before, where=where))
    in_document(
        change_waterfall(
            pd.DataFrame({**row, "amount": float(row["amount"])} for row in steps),
            step="step",
            amount="amount",
            is_total="is_total",
        )
    )
    return after, before, length, steps, where


@app.cell
def _(after, before, month, rules, steps, store, where):
    effect = {row["step"]: row["amount"] for row in steps}

    def replay(chosen):
        _asked = repriced(
            table("charges"), table("prices"), prices_as_of=month.start, rate_rules=rules, where=chosen, **after
        )
        return sum((row["change"] for row in store.rows(_asked)), Decimal(0))

    _early = {"start": before["previous_start"], "end": before["previous_end"]}
    _there = store.rows(spend(table("charges"), by=["app_id"], where=where, **_early))
    stayed = {**(where or {}), "app_id": [row["app_id"] for row in _there]}
    of_all, of_those = replay(where), replay(stayed)
    left = effect["after"] - sum(effect[name] for name in ("before", "price", "volume", "mix", "new", "gone"))
    return effect, left, of_all, of_those


@app.cell(hide_code=True)
def _(effect, left, length, of_all, of_those):
    mo.md(f"""
    {length.days} days each. From {said(effect["before"])} to {said(effect["after"])}: price {said(effect["price"])},
    volume {said(effect["volume"])}, mix {said(effect["mix"])}, new apps {said(effect["new"])}, apps that are gone
    {said(effect["gone"])}; what the steps leave over is **{said(left, None)}**.

    Both ways must agree. At the old prices the later days would have cost {said(of_all)} more, of which `{of_those:f}`
    for apps that were there before; the price effect is `{effect["price"]:f}`. Together that is
    **{said(of_those + effect["price"], None)}**: what one says was saved, the other says it would have cost. (The rest
    is of apps that are new since; the steps count all of their cost as new. A markup would show here as well: steps are
    of effective cost, replays of what is billed.)

    ## A price nobody has agreed to yet

    The price book is a table, and a question takes tables. So an offer is an expression: nothing is recorded, no day is
    rated, and nobody else sees it. Say the provider of the dearest SKU offers a fifth less:
    """)
    return


@app.cell
def _(inside, month, replayed, rules, store):
    dearest = max((row for row in replayed.to_pylist() if row["price_then"]), key=lambda row: row["cost_now"])
    offer = (dearest["price_now"] * Decimal("0.8")).normalize()
    _book = table("prices")
    _asked_price = ibis.ifelse(
        _book.sku_id == dearest["sku_id"], ibis.literal(offer, "decimal(38, 12)"), _book.list_unit_price
    )
    _offered = _book.mutate(list_unit_price=_asked_price)
    offered = store.arrow(repriced(table("charges"), _offered, prices_as_of=month.end, rate_rules=rules, **inside))
    exact_table(
        [row for row in offered.to_pylist() if row["change"]],
        {
            "sku_id": "SKU",
            "quantity": "quantity",
            "price_then": "price in the offer's book",
            "cost_now": "as it was",
            "cost_then": "under the offer",
            "change": "difference",
        },
        totals=["cost_now", "cost_then", "change"],
        places={"quantity": None, "price_then": 4},
    )
    return dearest, offer, offered


@app.cell(hide_code=True)
def _(dearest, offer, offered):
    row = next(row for row in offered.to_pylist() if row["sku_id"] == dearest["sku_id"])
    mo.md(f"""
    `{dearest["sku_id"]}` at {said(offer, 4)} instead of {said(dearest["price_now"], 4)}: **{said(row["change"])}** for
    the month. Other rows are the change from above: the offer's book is that of the month's end, so what became cheaper
    on the way is cheaper there from the first day.
    """)
    return


if __name__ == "__main__":
    app.run()
