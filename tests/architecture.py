"""Reads the source and tells where it leaves the agreed shape; nothing is imported or run.

Every check takes the root of a tree and returns findings as sentences, so it can be tried on small trees.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LIMIT = 300  # lines; a file that needs a table of contents is two files
TEST_FILE_LIMIT = 480  # a test file is searched by the name of a test, not read from top to bottom
FUNCTION_LIMIT = 40  # lines, docstring included
TEMPLATE_LIMIT = 160  # lines

# What each part may know of the others; a door or a layer that is not named is refused.
ARROWS = {
    "matching": {"matching"},
    "rfl": set(),
    "rfl.domain": {"rfl.domain"},
    "rfl.models": {"rfl.models", "rfl.domain"},
    "rfl.exchange": {"rfl.exchange", "rfl.domain", "matching"},
    "rfl.security": {"rfl.security", "rfl.domain"},
    "rfl.services": {"rfl.services", "rfl.domain", "rfl.models", "rfl.exchange", "rfl.security", "matching"},
    "rfl.web": {"rfl.web", "rfl.services", "rfl.domain", "rfl.security", "rfl"},
    "rfl.jobs": {"rfl.jobs", "rfl.services", "rfl.domain", "rfl.security", "rfl"},
    "rfl.cli": {"rfl.cli", "rfl.services", "rfl.domain", "rfl.security", "rfl.demo", "rfl"},
    "rfl.demo": {"rfl.demo", "rfl.services", "rfl.security", "rfl.domain"},  # values of the domain, and their loader
    "app": {"rfl.web", "rfl.jobs", "rfl.cli"},  # the one place that knows all three doors
}
# Third-party packages a part may use; a part that is not named here may use any.
PACKAGES = {
    "rfl": set(),
    "rfl.domain": {"edtf", "hijridate", "persiantools"},  # pure calculators of dates
    "matching": {
        *("anyascii", "numpy", "numba"),
        *("babel", "charset_normalizer", "edtf", "pyarrow", "python_calamine"),  # only matching.lists reads files
    },
    "app": set(),
}
# Nobody below the doors knows that there is a web.
NO_WEB = {"matching", "rfl.domain", "rfl.exchange", "rfl.security", "rfl.services"}
WEB_PACKAGES = {"flask", "flask_login", "flask_wtf", "flask_babel", "werkzeug", "wtforms"}
# The public faces of the matching library, for those who may know it; nothing inside.
FACES = {"rfl.services": {"matching", "matching.encoding", "matching.lists"}, "rfl.exchange": {"matching.lists"}}
# Packages that one file wraps, so that they can be exchanged and their use be read in one place.
WRAPPED = {"rbcl": "rfl/exchange/rounds/blinding.py"}
COMMITTER = "rfl/services/unit.py"
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "stuff"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|WIP)\b|raise NotImplementedError|lorem ipsum", re.IGNORECASE)
OUTSIDE_HOST = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""")
IN_TAG = re.compile(r"<[a-zA-Z][^<>]*?\s(style|on[a-z]+)\s*=", re.DOTALL)
JINJA_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
TEMPLATE_NAME = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
ICON_CALL = re.compile(r"""\bicon\(\s*["']([\w-]+)["']""")


def sources(root: Path) -> Iterator[Path]:
    """The Python files of the product; revisions of the schema are frozen history."""
    for place in ("rfl", "matching"):
        yield from (path for path in sorted((root / place).rglob("*.py")) if "migrations" not in path.parts)
    if (root / "app.py").exists():
        yield root / "app.py"


def module_of(path: Path, root: Path) -> str:
    """The dotted name under which a file is imported."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """The part of the product that a module belongs to, or the outside package."""
    names = module.split(".")
    if names[0] == "rfl":
        return ".".join(names[:2])
    return names[0]


def imports_of(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Every imported module with its line, relative and delayed imports included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[: None if is_package and node.level == 1 else is_package - node.level]
                base = ".".join([*parents, *([node.module] if node.module else [])])
            if base == "rfl":  # `from rfl import models` is an arrow to rfl.models
                yield from ((node.lineno, f"rfl.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, base


def forbidden_arrows(root: Path) -> list[str]:
    """Imports that the shape does not allow."""
    return [
        f"{path.relative_to(root)}:{line}: {part_of(module)} must not import {target}"
        for path in sources(root)
        for module in [module_of(path, root)]
        for line, target in imports_of(parse(path), module, is_package=path.stem == "__init__")
        if not may_import(part_of(module), target)
    ]


def unwrapped(root: Path) -> list[str]:
    """Imports of a wrapped package anywhere but in its wrapper."""
    return [
        f"{name}:{line}: only {WRAPPED[part_of(target)]} imports {part_of(target)}"
        for path in sources(root)
        for name in [path.relative_to(root).as_posix()]
        for line, target in imports_of(parse(path), module_of(path, root), is_package=path.stem == "__init__")
        if WRAPPED.get(part_of(target), name) != name
    ]


def may_import(part: str, target: str) -> bool:
    """May this part know that module?"""
    other = part_of(target)
    if target == "rfl.__version__":
        return True
    if other in ARROWS or other.startswith("rfl"):
        if part in FACES and other == "matching":
            return target in FACES[part]
        return other in ARROWS.get(part, set())
    if other in sys.stdlib_module_names:
        return True
    return other in PACKAGES.get(part, {other}) and not (part in NO_WEB and other in WEB_PACKAGES)


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def second_committers(root: Path) -> list[str]:
    """Calls of commit() outside the one place that may."""
    return [
        f"{name}:{node.lineno}: only {COMMITTER} commits"
        for path in sources(root)
        for name in [path.relative_to(root).as_posix()]
        if name != COMMITTER
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]


def oversized(root: Path) -> list[str]:
    """Files and functions that have grown past the limits."""
    findings = []
    for path in [*sources(root), *sorted((root / "tests").rglob("*.py"))]:
        name, text = path.relative_to(root), path.read_text(encoding="utf-8")
        limit = TEST_FILE_LIMIT if name.parts[0] == "tests" else FILE_LIMIT
        if (lines := len(text.splitlines())) > limit:
            findings.append(f"{name}: {lines} lines; the limit is {limit}")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LIMIT:
                    findings.append(
                        f"{name}:{node.lineno}: {node.name} has {length} lines; the limit is {FUNCTION_LIMIT}"
                    )
    return findings


def undocumented(root: Path) -> list[str]:
    """Modules that do not say what they are."""
    return [str(path.relative_to(root)) for path in sources(root) if not ast.get_docstring(parse(path))]


def unfinished(root: Path) -> list[str]:
    """Words and file names that mean somebody meant to come back."""
    findings = []
    for path in [*sources(root), *templates(root), *own_assets(root)]:
        name = path.relative_to(root)
        if path.stem in EMPTY_NAMES:
            findings.append(f"{name}: a file is named after what it holds")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if found := UNFINISHED.search(line):
                findings.append(f"{name}:{number}: {found[0]}")
    return findings


def own_assets(root: Path) -> list[Path]:
    """Style sheets and scripts written here."""
    return sorted([*(root / "static" / "css").glob("*.css"), *(root / "static" / "js").glob("*.js")])


def templates(root: Path) -> list[Path]:
    """All templates."""
    return sorted(path for path in (root / "templates").rglob("*") if path.is_file())


def unsafe_templates(root: Path) -> list[str]:
    """Anything the content policy would block, or that would switch escaping off."""
    findings = []
    for path in templates(root):
        text = JINJA_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
        faults = {
            "|safe switches escaping off": re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text),
            "inline style": re.search(r"<style\b", text),
            "inline script": re.search(r"<script\b(?![^>]*\bsrc=)", text),
            "a javascript: address": re.search(r"javascript:", text, re.IGNORECASE),
            "another host": OUTSIDE_HOST.search(text),
            "inline attribute": IN_TAG.search(text),
        }
        findings += [
            f"{path.relative_to(root)}:{text.count(chr(10), 0, found.start()) + 1}: {fault}"
            for fault, found in faults.items()
            if found
        ]
        if (lines := text.count("\n")) > TEMPLATE_LIMIT:
            findings.append(f"{path.relative_to(root)}: {lines} lines; the limit is {TEMPLATE_LIMIT}")
    return findings


def unreferenced_templates(root: Path) -> list[str]:
    """Templates that no code and no other template names; errors/<status>.html are found by their number."""
    named = set()
    for path in [*sources(root), *templates(root)]:
        named |= set(TEMPLATE_NAME.findall(path.read_text(encoding="utf-8")))
    names = [path.relative_to(root / "templates").as_posix() for path in templates(root)]
    return [name for name in names if name not in named and not re.fullmatch(r"errors/\d{3}\.html", name)]


def unknown_icons(root: Path) -> list[str]:
    """Icons that templates draw but the sprite will not hold."""
    known = set((root / "static" / "icons.txt").read_text().split())
    return [
        f"{path.relative_to(root)}: {name}"
        for path in templates(root)
        for name in ICON_CALL.findall(path.read_text(encoding="utf-8"))
        if name not in known
    ]
