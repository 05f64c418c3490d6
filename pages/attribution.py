"""Attribution: how were owners found, what still waits for one, and whose is it?"""

from charts.over_time import stacked_over_time
from queries.attribution_coverage import attribution_coverage
from queries.reconciliation_history import reconciliation_history
from ui.attribution import RULES, bring_evidence, cards, finance, history, pending, waiting_of
from ui.drawing import draw
from ui.frame import header, panel
from ui.inputs import pick_period
from ui.session import ask
from ui.states import charges_until, nothing_here
from ui.viewer import enter

viewer = enter("attribution")
until = charges_until(viewer, "Attribution")
with header("Attribution", until):
    period = pick_period("last-30-days")
inside = {"start": period.start, "end": period.end}
waiting, left_over = waiting_of("pending"), waiting_of("unresolved")

cards(ask(attribution_coverage, "daily_charges", **inside), waiting, left_over, period)

with panel("How owners were found", f"Effective cost by day and rule, {period.label}. {RULES}"):
    by_day = ask(attribution_coverage, "daily_charges", grain="day", **inside)
    if by_day.num_rows:
        draw(
            stacked_over_time,
            by_day,
            time="charge_date",
            value="effective_cost",
            series="attribution_rule",
            key="coverage",
            alt_text="Effective cost by day and by the rule that found its owner",
        )
    else:
        nothing_here()

with panel(
    "Waiting for an owner",
    "On the default cost center until somebody, or sure evidence, says whose it is. Tick rows to give them to an app.",
):
    pending(viewer, waiting)
    bring_evidence(viewer)

with panel("For finance", "The window is over: it stays on the default cost center unless somebody says otherwise."):
    finance(viewer, left_over)

with panel("What was decided", "Newest first. Undoing appends: nothing is edited, and the hours are rated again."):
    history(viewer, ask(reconciliation_history, "reconciliation_words"))
