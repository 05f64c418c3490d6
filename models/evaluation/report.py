"""The figures as a document: floors first, then each set with every method, mean and range."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from models.evaluation.billing import OURS as SHIPPED
from models.evaluation.billing import OURS_TUNED
from models.evaluation.calibrated import FEWEST, frame
from models.evaluation.floors import NAMES, measured
from models.evaluation.prior import DRAWN
from models.evaluation.scale import CHOSEN_ON, WHOLE
from models.forecast import COVERAGE

TITLES = {
    "billing": "Billing histories, family A",
    "transfer": "Billing histories, family B: apps of another kind",
    "harder": "Family A with twice the noise and incidents from the first day",
    "feedback": "What people's labels change (family B)",
    "calibration": "Calibration on clean histories (family A)",
    "forecast": "What the rest of a month will cost",
    "nab": "NAB's shared series",
    "microsoft": "Microsoft's shared series",
    "injected": "Real token spend with injected incidents",
}
WHY_MISSED = {
    ("calibration", "worst_factor"): "the worst are lines in their first week in the day after a deploy, a small group "
    "of few episodes: one deploy in five moves the level for good, and then the hours after it are unusual one after "
    "the other. In two histories that were looked into (seeds 1 and 21) two apps brought 47 of the 62 hours that "
    "crossed 1e-3.",
}  # why a floor is missed, where that is understood
COLUMNS = {
    "precision": ("P", 2), "recall": ("R", 2), "dollar_recall": ("$ recall", 2), "f1": ("F1", 2),
    "ttd_median": ("TTD median", 1), "ttd_p90": ("TTD p90", 1), "false_alerts": ("false/day/1,000 drawn", 2),
    "false_alerts_living": ("false/day/1,000 alive", 2),
}  # fmt: skip

SEEDS = len(WHOLE.testing)
FORETOLD = ("error", "inside", "width")
PROVENANCE = (
    "Where choices come from. The ranking that ships learned from drawn histories of family A and a third one, seeds "
    f"{', '.join(str(seed) for seed, *_ in DRAWN)}; the constants of the detector were chosen on seeds "
    f"{', '.join(map(str, CHOSEN_ON))} of families A and B, with their incidents in view. Figures of drawn histories "
    "are of other seeds, which nothing had been measured on before the detector stood as it is. The rule that raises "
    "the threshold of a lively account was made because family B had missed its floor (0.60) on seeds that were tested "
    "on then, and are no longer. The shared series have no held-out part: the constants for such series "
    "were chosen on the very files that are measured here, so that their figures say how well the detector fits them."
)
FARTHING = "Farthing"
RANKED_FROM = "models/prior_rows/candidates.parquet"
WHY_NOT = {
    ("injected", "the value itself"): "it needs a threshold per series, known afterwards: incidents were multiplied "
    "onto a client's hours, so that within one client they are the largest hours of two weeks, whatever came before. "
    "Average precision per series asks for no more; the last column asks for one threshold for all, as a bill does.",
}  # what beats the detector somewhere, and why; a method that is not here and wins is printed as unexplained


def document(results: dict[str, Any], changed: Iterable[str] = (), since: Iterable[str] = ()) -> str:
    """Return the whole document as Markdown.

    ``changed`` are files in which the detectors of its sections differ, ``since`` those that changed after the last.
    """
    later = f"Changed since then, and not measured again: {', '.join(since)}." if since else ""
    parts = [
        "# How good detection is",
        "Written by `make evaluate`; nothing here is typed by hand. Cells are the mean over seeds, with the range in "
        "brackets.",
        PROVENANCE,
        " ".join(filter(None, [versions(results, changed), later])),
        *left_out(results),
        floors_table(results),
        *missed(results),
    ]
    for name, title in TITLES.items():
        if name in results:
            parts += [f"## {title}", *SECTIONS[name](results[name]), *beaten(name, results[name])]
            parts.append(f"Measured on {results[name]['when']} in {results[name]['seconds']:.0f} s.")
    return "\n\n".join(parts) + "\n"


def versions(results: dict[str, Any], changed: Iterable[str] = ()) -> str:
    """Return which commit's detector the sections measured; ``changed`` are the files in which the commits differ."""
    commits = {name: str(result.get("commit", "unknown")) for name, result in results.items() if name != "forecast"}
    if len(set(commits.values())) == 1:
        return f"One detector throughout: that of commit {next(iter(commits.values()))}."
    said = "; ".join(
        f"{commit}: {', '.join(TITLES[name].split(':')[0] for name in commits if commits[name] == commit)}"
        for commit in dict.fromkeys(commits.values())
    )
    between = f" What changed between them: {', '.join(changed)}." if changed else ""
    if list(changed) == [RANKED_FROM]:
        between += " Only the ranking reads it: calibration and the shared series are the same with either."
    return f"Detectors measured, by commit: {said}.{between}"


def left_out(results: dict[str, Any]) -> list[str]:
    """Return which sections have no figures."""
    absent = [title for name, title in TITLES.items() if name not in results]
    return [f"Not measured yet: {'; '.join(absent)}."] if absent and results else []


def missed(results: dict[str, Any]) -> list[str]:
    """Return why floors are missed."""
    lines = [
        f"- {TITLES[floor.section].split(':')[0]}, {NAMES.get(floor.name, floor.name)}: "
        + WHY_MISSED.get((floor.section, floor.name), "not explained")
        for floor, got in measured(results)
        if not floor.is_met(got)
    ]
    return ["Missed, and why:", "\n".join(lines)] if lines else []


def beaten(name: str, result: dict[str, Any]) -> list[str]:
    """Return whether every baseline of a section stands behind the detector, and why one that does not is ahead."""
    measure, got = _yardstick(name, result)
    if not got:
        return []
    shipped = got.pop(SHIPPED, None)
    # On the family it ships for, as it ships; elsewhere every threshold is set on that family's tuning seeds.
    ours = got.get(OURS_TUNED) if name in ("transfer", "harder") else shipped or got.get(FARTHING)
    if ours is None:
        return []
    others = {other: value for other, value in got.items() if not other.startswith(FARTHING)}
    ahead = {other: value for other, value in others.items() if value > ours}
    if not ahead:
        best = max(others, key=lambda other: others[other])
        return [f"Every baseline is beaten in {measure}: {ours:.3f}, the best of them {others[best]:.3f} ({best})."]
    lines = [
        f"- {other} ({value:.3f} against {ours:.3f}): {WHY_NOT.get((name, other), 'not explained')}"
        for other, value in sorted(ahead.items(), key=lambda pair: -pair[1])
    ]
    return [f"Not beaten in {measure}:", "\n".join(lines)]


def _yardstick(name: str, result: dict[str, Any]) -> tuple[str, dict[str, float]]:
    """Return by what figure methods of a section are compared, and every method's."""
    if "mean" in result:
        return "mean average precision", dict(result["mean"])
    if name == "nab":
        return "NAB's standard score", {key: found["standard"]["one"] for key, found in result["methods"].items()}
    if name in ("billing", "transfer", "harder"):
        means = {key: float(np.mean([run["f1"] for run in runs])) for key, runs in result["methods"].items()}
        return "F1", means
    return "", {}


def floors_table(results: dict[str, Any]) -> str:
    """Return every measured floor with its figure."""
    lines = []
    for floor, got in measured(results):
        verdict = floor.verdict(got)
        shown = "-" if np.isnan(got) else f"{got:.{floor.digits}f}"
        sign = "<=" if floor.low else ">="
        named = NAMES.get(floor.name, floor.name)
        aims = [f"{sign} {floor.floor:g}", f"{sign} {floor.ambition:g}"]
        lines.append([TITLES[floor.section].split(":")[0], named, shown, *aims, verdict])
    return table(["set", "figure", "got", "floor", "ambition", ""], lines)


def table(heads: list[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def spread(values: Iterable[float], digits: int) -> str:
    """Return mean and range of some seeds' figures."""
    known = [value for value in values if not np.isnan(value)]
    if not known:
        return "-"
    mean, low, high = (f"{value:.{digits}f}" for value in (np.mean(known), min(known), max(known)))
    return mean if low == high else f"{mean} ({low}-{high})"


def _billing(result: dict[str, Any]) -> list[str]:
    rows = [
        [_ours(name), *(spread([run[key] for run in runs], digits) for key, (_, digits) in COLUMNS.items())]
        for name, runs in result["methods"].items()
    ]
    kinds = sorted({key for runs in result["methods"].values() for run in runs for key in run if key[:7] == "recall_"})
    recalls = [
        [_ours(name), *(spread([run.get(kind, np.nan) for run in runs], 2) for kind in kinds)]
        for name, runs in result["methods"].items()
    ]
    said = {
        key: spread([one[key] for one in result["explained"]], 2)
        for key in ("first", "among", "impact_close", "impact_error")
    }
    return [
        "Alerts of an app at most 24 h apart are one. An alert is right when it overlaps an incident of 25 USD or more "
        "(or the 24 h after it), neutral when only a smaller one. Every method passes the same impact gate with its "
        "own expected value. TTD in hours from an incident's first hour to the first flag. As shipped, a week's "
        "threshold is the one that ships or, where too much fell just short of it in the weeks before, a higher one. "
        "*Tuned* says that the threshold was set with the true incidents of tuning seeds in view: of all of them for a "
        "baseline, of the first for Farthing, whose stages are walked through once.",
        *seeds_told(result),
        table(["method", *(head for head, _ in COLUMNS.values())], rows),
        "Recall by kind of incident:",
        table(["method", *(kind.removeprefix("recall_").replace("_", " ") for kind in kinds)], recalls),
        f"Explanations: costliest line named first {said['first']}, one of the incident's lines {said['among']}; "
        f"impact within 25 % {said['impact_close']}, median error {said['impact_error']}.",
    ]


def _nab(result: dict[str, Any]) -> list[str]:
    rows = []
    for name, found in result["methods"].items():
        rows.append(
            [_ours(name), *(f"{found[p][k]:.1f}" for k in ("one", "folds") for p in ("standard", "low FP", "low FN"))]
        )
    heads = [f"{profile}{said}" for said in ("", ", 5-fold") for profile in ("standard", "low FP", "low FN")]
    ours = result["methods"]["Farthing"]
    beside = result["published"] | _on_complete(result)
    elsewhere = [[_ours(name), f"{beside[name]:.1f}"] for name in sorted(beside, key=lambda one: -beside[one])]
    proof = [
        [row["profile"], row["category"], f"{row['ours']:.3f}", f"{row['published']:.3f}"] for row in result["proof"]
    ]
    return [
        f"{result['files']} of NAB's 58 files, NAB's scoring rule: the others are not shared. The floors above are for "
        "all 58, among them harder categories; a figure over these says nothing of those. There are no held-out files "
        "either: the constants by which such series are judged were chosen on these, labels in view. First one "
        "threshold over all files with the labels in view, as NAB does; then the threshold of each fifth set on the "
        "other four (mean of five cuts). Baselines "
        "have no alert discipline of their own.",
        table(["method", *heads], rows),
        f"At the threshold it ships with: {ours['shipped']:.1f} standard. By category: "
        + ", ".join(f"{name} {value:.1f}" for name, value in ours["categories"].items())
        + ".",
        "Published standard scores of other detectors on the three complete categories among these files, weighed by "
        "windows. Theirs are from thresholds set on all 58 files, ours from one set on these, which is easier:",
        table(["detector", "standard"], elsewhere),
        "The scorer is NAB's: what the windowed Gaussian scores here, beside what NAB publishes of it:",
        table(["profile", "category", "here", "published"], proof),
    ]


def _on_complete(result: dict[str, Any]) -> dict[str, float]:
    """Return the detector's standard score on the categories that published scores are compared on."""
    scores, windows = result["methods"][FARTHING]["categories"], result["windows"]
    return {FARTHING: sum(scores[name] * count for name, count in windows.items()) / sum(windows.values())}


def _precision(result: dict[str, Any]) -> list[str]:
    rows = [
        [_ours(name), f"{value:.3f}", f"{result['pooled'][name]:.3f}"]
        for name, value in sorted(result["mean"].items(), key=lambda kv: -kv[1])
    ]
    return [
        f"Mean over {result['series']} series that have labels; every score from earlier rows only. The last column "
        "takes the rows of all series together: one threshold for all. There are no held-out series: the constants by "
        "which such series are judged were chosen on these, labels in view.",
        table(["method", "mean average precision", "all series together"], rows),
    ]


def _calibration(result: dict[str, Any]) -> list[str]:
    factors = frame(result).reset_index()
    rows = [
        [f"1e-{row['level']:.0f}", row["group"], *(f"{value:.2f}" for value in row.iloc[2:])]
        for _, row in factors.iterrows()
    ]
    return [
        "How often each evidence window crosses a level on histories without incidents, over how often it should: 1 is "
        f"honest. Look-alikes are in there, as they are in life. A cell of which fewer than {FEWEST} crossings are "
        "expected says little: it is shown, and is not the worst that the floor is about. "
        f"{_worst(result, deployed=False)}; {_worst(result, deployed=True)}.",
        *seeds_told(result),
        table(["p", "group", *map(str, factors.columns[2:])], rows),
    ]


def _worst(result: dict[str, Any], *, deployed: bool) -> str:
    """Return in words the worst cells that say something, with or without a deploy in the last day, by level."""
    cells = [row for row in result["table"] if row["nominal"] >= FEWEST and row["group"].endswith("24 h") is deployed]
    worst = {
        level: max(row["factor"] for row in cells if row["level"] == level)
        for level in sorted({row["level"] for row in cells})
    }
    if not worst:
        return "too few hours for a word" + ("" if deployed else " without a deploy")
    where = "in the day after a deploy" if deployed else "Without a deploy in the last day"
    return f"{where} the worst is " + " and ".join(f"{found:.2f} at 1e-{level:.0f}" for level, found in worst.items())


def _forecast(result: dict[str, Any]) -> list[str]:
    parts = [
        "Each day from the fourth week on the next 7, 14 and 21 days are forecast, as drafts of invoices and the "
        "month's end are. The error is the sum of absolute errors over the sum of what came; *inside* is the share of "
        "outcomes within the range; *width* is how wide ranges are, over what came. Apps that are gone are in neither: "
        "their 0 within 0 and 0 would flatter. The drawn incidents are in the days that are forecast. Cost centers are "
        f"the apps dealt out to twenty. Of centers and accounts {result.get('accounts', 1)} draws a seed are averaged "
        "(the seed, it plus 1,000, and so on): outcomes of one account's overlapping weeks are too few to count.",
        *seeds_told(result),
    ]
    rows, behind, held = [], [], {}
    for name, runs in result["tested"].items():
        ours = runs[0][-1]["method"]
        for place, row in enumerate(runs[0]):
            errors, inside, width = ([run[place].get(key, np.nan) for run in runs] for key in FORETOLD)
            cells = [spread(errors, 3), spread(inside, 2), spread(width, 2)]
            rows.append([name, f"{row['horizon']}", row["method"], *cells])
        means = {
            (row["method"], row["horizon"]): float(np.mean([run[place]["error"] for run in runs]))
            for place, row in enumerate(runs[0])
        }
        behind += [
            f"- {name}, {days} days: {method} ({error:.3f} against {means[ours, days]:.3f})"
            for (method, days), error in means.items()
            if error < means[ours, days]
        ]
        held |= {
            (name, row["horizon"]): float(np.mean([run[place]["inside"] for run in runs]))
            for place, row in enumerate(runs[0])
            if row["method"] == ours
        }
    parts.append(table(["of", "days", "method", *FORETOLD], rows))
    worst, best = min(held, key=lambda one: held[one]), max(held, key=lambda one: held[one])
    parts.append(
        f"The range is to hold {COVERAGE:.0%} of the outcomes. It holds {held[worst]:.0%} to {held[best]:.0%}, "
        f"least of all of {worst[0]} over {worst[1]} days, most of {best[0]} over {best[1]}."
    )
    said = ["Not beaten:", "\n".join(behind)] if behind else ["Naive and seasonal naive are beaten everywhere."]
    return [*parts, *said]


def seeds_told(result: dict[str, Any]) -> list[str]:
    """Return how many seeds a section's figures are of, and how many of the apps drawn are alive on a day."""
    seeds = result.get("seeds", {})
    said = [
        f"{len(seeds[role])} {role} seed{'s' if len(seeds[role]) > 1 else ''}: {', '.join(map(str, seeds[role]))}."
        for role in ("test", "tuning")
        if seeds.get(role)
    ]
    if len(seeds.get("test", ())) < SEEDS:
        said.append(f"Fewer than the {SEEDS} of the other sets.")
    runs = next(iter(result.get("methods", {}).values()), [])
    if runs and "living" in runs[0]:
        living = [f"{run['living']:.0f}" for run in runs]
        said.append(
            f"{seeds['apps']} apps are drawn for each; on a mean day {', '.join(living)} of them are alive. The floor "
            "of false alerts counts them all; what *alerts a day* means in the app counts the living."
        )
    return [" ".join(said)] if said else []


def _feedback(result: dict[str, Any]) -> list[str]:
    rows = [
        [name, *(spread([run[key] for run in runs], digits) for key, (_, digits) in COLUMNS.items())]
        for name, runs in result["methods"].items()
    ]
    return [
        "Labels are of alerts of days 28-59 of two histories; figures are of days 59-90 of five others, so that no app "
        "and no day stands on both sides. Every threshold is drawn anew each week from what came before it; stage 1's "
        "is set with the tuning seeds' true incidents in view.",
        *seeds_told(result),
        table(["labels", *(head for head, _ in COLUMNS.values())], rows),
    ]


def _ours(name: str) -> str:
    return f"**{name}**" if name.startswith("Farthing") else name


SECTIONS = {
    "billing": _billing, "transfer": _billing, "harder": _billing, "feedback": _feedback,
    "calibration": _calibration, "forecast": _forecast, "nab": _nab, "microsoft": _precision, "injected": _precision,
}  # fmt: skip
