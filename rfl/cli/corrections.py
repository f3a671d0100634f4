"""Commands that learn a correction of the matching engine from decisions, list corrections and put one to use."""

from collections.abc import Mapping
from typing import Any

import click

from rfl.cli.group import plain_errors
from rfl.services.calibration import calibrate
from rfl.services.corrections import list_corrections, use_correction
from rfl.services.unit import SYSTEM

NONE = "none"
AFTERWARDS = "Now match each caseload again: flask rfl matching run --society CODE, or the Matching page."


@click.command("calibrate")
def learn() -> None:
    """Learn a correction from the decided proposals of all societies; it is stored, not used."""
    with plain_errors():
        found = calibrate()
    for line in report_lines(found.report):
        click.echo(line)
    click.echo(f"Stored as correction {found.number}, not in use. To use it: flask rfl matching use {found.number}")


@click.command("corrections")
def show() -> None:
    """List the corrections, and which one is in use."""
    lines = list_corrections()
    for line in lines:
        state = "in use" if line.active else "not in use"
        fits = "" if line.fits else ", learned for another engine: not applied"
        judged = f"{line.report['same']} confirmed and {line.report['different']} rejected proposals"
        click.echo(f"{line.number}\t{line.created_at:%Y-%m-%d}\tengine {line.engine_version}\t{state}{fits}\t{judged}")
    if not any(line.active for line in lines):
        click.echo("No correction is in use; the program's own weights apply.")


@click.command("use")
@click.argument("number")
def use(number: str) -> None:
    """Compare with correction NUMBER from now on, or with `none`; can be changed back at any time."""
    if number != NONE and not number.isdigit():
        raise click.BadParameter("a number from `flask rfl matching corrections`, or none", param_hint="NUMBER")
    with plain_errors():
        label = use_correction(SYSTEM, None if number == NONE else int(number))
    click.echo(f"From now on engine {label} compares. Decisions stay as they are.")
    click.echo(AFTERWARDS)


def report_lines(report: Mapping[str, Any]) -> list[str]:
    """Return what was learned as lines for a terminal."""
    before, after = report["before"], report["after"]
    return [
        f"Learned from {report['same']} confirmed and {report['different']} rejected proposals.",
        f"Left out, for want of consent or of a key: {report['left_out']}.",
        "Scores of decided proposals, each by what was learned without it:",
        f"  mean loss in bits (0 is perfect)  {before['loss']:.3f} before, {after['loss']:.3f} with the correction",
        f"  average precision                 {before['ranking']:.3f} before, {after['ranking']:.3f} with it",
        *(_band_line("before", band) for band in before["bands"] if band["pairs"]),
        *(_band_line("with it", band) for band in after["bands"] if band["pairs"]),
        "Findings whose weight changes most:" if report["changed"] else "No single weight changes, only the scores.",
        *(_change_line(change) for change in report["changed"]),
        f"Scores: slope {report['slope']:.2f}, offset {report['offset']:+.2f} bits.",
    ]


def _band_line(when: str, band: Mapping[str, Any]) -> str:
    counts = f"{band['same']} of {band['pairs']} were one person ({band['same'] / band['pairs']:.0%})"
    return f"  {when:8} score {band['low']:.2f} to {band['high']:.2f}: {counts}; promised {band['promised']:.0%}"


def _change_line(change: Mapping[str, Any]) -> str:
    side = "more for" if change["bits"] > 0 else "more against"
    return f"  {change['words']} {abs(change['bits']):.1f} bits {side} one person"
