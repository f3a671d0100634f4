"""Repeating groups of a form: rows are added and removed by plain submit buttons, so they need no script.

A button named `<prefix>rows` carries "add <group>" or "remove <group> <index>"; the form is then shown again with
everything that was typed.
"""

import re
from collections.abc import Iterator
from typing import Any

from wtforms import FieldList, Form, StringField

_INDEX = re.compile(r"-([0-9]{1,4})(?:-|$)")
_COMMAND = re.compile(r"(add|remove) ([a-z_]+)(?: ([0-9]{1,4}))?")


class Rows(FieldList):
    """A FieldList that takes only plain small numbers as row numbers; everything else in a name is ignored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what a FieldList takes; templates treat it as one."""
        super().__init__(*args, **kwargs)
        self.type = "FieldList"

    added = False  # whether the last row was asked for just now, so that it takes the cursor

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for key in formdata:
            if key.startswith(prefix) and (found := _INDEX.match(key, len(prefix))):
                yield int(found[1])

    @property
    def errors(self) -> list[Any]:
        """Return the reasons that stand on the rows at this moment, also those put there after validation."""
        return [row.errors for row in getattr(self, "entries", ()) if row.errors]

    @errors.setter
    def errors(self, _reasons: Any) -> None:
        """A group has no reasons of its own; WTForms sets an empty list here before it asks the rows."""


class RowsForm(Form):
    """A form with repeating groups; `rows` is the command of the button that was pressed."""

    rows = StringField()


def change_rows(form: Any) -> bool:
    """Add or remove the row that was asked for and return True; False when no row button was pressed.

    `form` is a RowsForm or the FormField round one. After True the form is shown again and nothing is saved. An
    unknown group, a row that is not there and a group that is full change nothing.
    """
    form = getattr(form, "form", form)
    if not form.rows.data:
        return False
    found = _COMMAND.fullmatch(form.rows.data)
    group = form[found[2]] if found and found[2] in form else None
    if found and isinstance(group, Rows):
        _change(group, found[1], int(found[3] or 0))
    return True


def _change(group: Rows, verb: str, index: int) -> None:
    if verb == "remove" and index < len(group.entries):
        group.pop_entry(index)
        while len(group.entries) < group.min_entries:
            group.append_entry()
    if verb == "add" and len(group.entries) < group.max_entries:
        group.append_entry()
        group.added = True
