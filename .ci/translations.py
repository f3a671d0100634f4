"""Texts out of the code, catalogues up to date, and a check that nothing is left untranslated."""

import argparse
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
TEMPLATE = ROOT / "build" / "messages.pot"
PYBABEL = (sys.executable, "-m", "babel.messages.frontend", "-q")
EXTRACT = ("extract", "-F", "translations/babel.cfg", "--omit-header", "--no-location", "--no-wrap")
KEYWORDS = ("-k", "_l", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2", "-k", "lazy_pgettext:1c,2")
UPDATE = ("update", "--no-fuzzy-matching", "--ignore-obsolete", "--no-wrap", "--omit-header")


def extract() -> Catalog:
    """Collect every marked text of the code and the templates."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    call(*EXTRACT, *KEYWORDS, "--sort-output", "-o", str(TEMPLATE), ".")
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def call(*arguments: str) -> None:
    """Run one command of pybabel and stop when it fails."""
    subprocess.run([*PYBABEL, *arguments], cwd=ROOT, check=True)


def catalogues() -> dict[str, Path]:
    """The translated languages and their files."""
    return {path.parts[-3]: path for path in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))}


def update() -> int:
    """Bring every catalogue to the texts of today; new texts are left empty for a translator."""
    extract()
    for language in catalogues():
        call(*UPDATE, "-i", str(TEMPLATE), "-d", str(FOLDER), "-l", language)
    return 0


def compile_all() -> int:
    """Compile every catalogue beside its source."""
    # A catalogue without a header counts as fuzzy and would be skipped without a word; `check` finds fuzzy texts.
    call("compile", "--use-fuzzy", "-d", str(FOLDER))
    return 0


def check() -> int:
    """Count the texts that a reader of another language would meet in English or broken."""
    template = extract()
    faults = []
    for language, path in catalogues().items():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        for wanted in template:
            if wanted.id:
                faults += [f"{language}: {fault}" for fault in faults_of(wanted, catalogue)]
    for fault in faults[:40]:
        print(fault)
    print(f"{len(faults)} faults in {', '.join(catalogues()) or 'no'} catalogues of {len(template)} texts")
    return int(bool(faults) or not catalogues())


def faults_of(wanted: Message, catalogue: Catalog) -> list[str]:
    """What is wrong with the translation of one text: absent, unsure, empty, or placeholders changed."""
    found = catalogue.get(wanted.id, wanted.context)
    source = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
    if found is None:
        return [f"not in the catalogue: {source!r}"]
    forms = [found.string] if isinstance(found.string, str) else list(found.string)
    if found.fuzzy:
        return [f"marked as unsure: {source!r}"]
    if not all(forms):
        return [f"not translated: {source!r}"]
    return [f"{error}: {source!r}" for error in found.check(catalogue)]


def main() -> int:
    """Do one of the three things."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["update", "compile", "check"])
    acts = {"update": update, "compile": compile_all, "check": check}
    return acts[parser.parse_args().act]()


if __name__ == "__main__":
    sys.exit(main())
