"""``farthing rate``: price what arrived, was re-owned or re-priced."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from jobs.output import Format, show

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def rate(
    start: Day = None,
    end: Day = None,
    again: Annotated[bool, typer.Option(help="Rebuild every day with events, dirty or not.")] = False,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Bring the price book up to date, then rate the dirty days in [start, end): all of them by default."""
    from jobs.rating import sync_and_rate
    from warehouse.start import open_store

    with open_store() as store:
        days = sync_and_rate(
            store,
            start=start.date() if start else None,
            end=end.date() if end else None,
            again=again,
            on_day=lambda day, left: typer.echo(f"rated {day.charge_date}, {left} days left", err=True),
        )
    show(
        [
            {
                "charge_date": day.charge_date,
                "events": day.events,
                "charges": day.charges,
                "seconds": f"{day.seconds:.2f}",
            }
            for day in days
        ],
        form,
    )
