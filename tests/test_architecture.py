"""The code keeps its agreed shape; each check is first shown a tree that breaks it."""

from pathlib import Path

import pytest

from tests import architecture

ROOT = Path(__file__).resolve().parent.parent
CHECKS = [
    architecture.forbidden_arrows,
    architecture.unwrapped,
    architecture.second_committers,
    architecture.oversized,
    architecture.undocumented,
    architecture.unfinished,
    architecture.unsafe_templates,
    architecture.unreferenced_templates,
    architecture.unknown_icons,
]
SOUND = {
    "app.py": '"""The app."""\nfrom rfl.web import create_app\n',
    "rfl/__init__.py": '"""Casework."""\n',
    "rfl/domain/cases.py": '"""Cases."""\nimport enum\nimport edtf\nfrom rfl.domain.text import N_\n',
    "rfl/models/case.py": '"""Rows."""\nimport sqlalchemy\nfrom ..domain import cases\n',
    "rfl/exchange/lists.py": '"""Lists."""\nfrom matching.lists import fold_words\n',
    "rfl/exchange/rounds/blinding.py": '"""Blinding."""\nimport rbcl\n',
    "rfl/services/unit.py": '"""Commits."""\ndef end(session): session.commit()\n',
    "rfl/services/review.py": '"""Reviews."""\nfrom rfl import models\nfrom matching import propose\n',
    "rfl/web/pages.py": '"""Pages."""\nfrom rfl.services import review\npage("a/page.html")\n',
    "matching/__init__.py": '"""Matching."""\nfrom matching.names import compare\n',
    "matching/names.py": '"""Names."""\nimport numpy\n',
    "templates/a/page.html": '{% extends "base.html" %}\n{{ icon("flag") }}<p class="on time">words</p>\n',
    "templates/base.html": '<script src="{{ asset("x.js") }}" defer></script>\n',
    "templates/errors/404.html": '{% extends "base.html" %}\n',
    "static/icons.txt": "flag\n",
}
LONG_FUNCTION = '"""Long."""\ndef grow():\n' + "    x = 1\n" * 40
BROKEN = [
    (
        "forbidden_arrows",
        "matching/names.py",
        '"""N."""\nfrom rfl.domain import cases\n',
        "must not import rfl.domain",
    ),
    ("forbidden_arrows", "matching/names.py", '"""N."""\nimport flask\n', "must not import flask"),
    (
        "forbidden_arrows",
        "rfl/domain/cases.py",
        '"""C."""\nimport sqlalchemy\n',
        "must not import sqlalchemy",
    ),
    (
        "forbidden_arrows",
        "rfl/domain/cases.py",
        '"""C."""\nfrom rfl import models\n',
        "must not import rfl.models",
    ),
    (
        "forbidden_arrows",
        "rfl/domain/cases.py",
        '"""C."""\nfrom ..models import x\n',
        "must not import rfl.models",
    ),
    (
        "forbidden_arrows",
        "rfl/domain/cases.py",
        '"""C."""\nfrom .. import models\n',
        "must not import rfl.models",
    ),
    (
        "forbidden_arrows",
        "rfl/models/case.py",
        '"""R."""\nimport rfl.services.review\n',
        "must not import rfl.services",
    ),
    (
        "forbidden_arrows",
        "rfl/exchange/csv.py",
        '"""F."""\nfrom rfl.models import x\n',
        "must not import rfl.models",
    ),
    (
        "forbidden_arrows",
        "rfl/exchange/csv.py",
        '"""F."""\nfrom matching.lists.columns import x\n',
        "must not import matching.lists.columns",
    ),
    ("forbidden_arrows", "rfl/security/keys.py", '"""K."""\nfrom flask import g\n', "must not import flask"),
    (
        "forbidden_arrows",
        "rfl/services/review.py",
        '"""R."""\nfrom flask import g\n',
        "must not import flask",
    ),
    (
        "forbidden_arrows",
        "rfl/services/review.py",
        '"""R."""\nimport matching.names\n',
        "must not import matching.n",
    ),
    (
        "forbidden_arrows",
        "rfl/web/pages.py",
        '"""P."""\nfrom rfl.models import x\n',
        "must not import rfl.models",
    ),
    (
        "forbidden_arrows",
        "rfl/web/pages.py",
        '"""P."""\nfrom rfl.jobs import x\n',
        "must not import rfl.jobs",
    ),
    (
        "forbidden_arrows",
        "rfl/jobs/work.py",
        '"""J."""\ndef f():\n    from rfl.web import x\n',
        "must not import rfl.web",
    ),
    ("forbidden_arrows", "rfl/cli.py", '"""C."""\nfrom rfl.web import x\n', "must not import rfl.web"),
    (
        "forbidden_arrows",
        "rfl/store/db.py",
        '"""S."""\nfrom rfl.domain import x\n',
        "must not import rfl.domain",
    ),
    ("forbidden_arrows", "app.py", '"""A."""\nimport rfl.services\n', "must not import rfl.services"),
    (
        "unwrapped",
        "rfl/exchange/rounds/steps.py",
        '"""S."""\nfrom rbcl import x\n',
        "only rfl/exchange/rounds/blinding.py imports rbcl",
    ),
    (
        "second_committers",
        "rfl/web/pages.py",
        '"""P."""\ndb.session.commit()\n',
        "only rfl/services/unit.py commits",
    ),
    ("oversized", "rfl/cli.py", '"""C."""\n' + "x = 1\n" * 300, "301 lines"),
    ("oversized", "rfl/cli.py", LONG_FUNCTION, "grow has 41 lines"),
    ("undocumented", "matching/dates.py", "x = 1\n", "matching/dates.py"),
    ("unfinished", "rfl/web/utils.py", '"""U."""\n', "named after what it holds"),
    ("unfinished", "templates/a/page.html", "<p>todo</p>", "todo"),
    ("unfinished", "static/js/x.js", "// FIXME\n", "FIXME"),
    ("unsafe_templates", "templates/a/page.html", "{{ words | safe }}", "|safe"),
    ("unsafe_templates", "templates/a/page.html", "\n<p style='color:red'>", ":2: inline attribute"),
    ("unsafe_templates", "templates/a/page.html", '<a class="x"\n onclick="f()">', "inline attribute"),
    ("unsafe_templates", "templates/a/page.html", "<style>p {}</style>", "inline style"),
    ("unsafe_templates", "templates/a/page.html", "<script>f()</script>", "inline script"),
    ("unsafe_templates", "templates/a/page.html", '<a href="javascript:f()">', "javascript"),
    ("unsafe_templates", "templates/a/page.html", '<img src="https://example.org/x.png">', "another host"),
    ("unsafe_templates", "templates/a/page.html", "<p>\n" * 161, "161 lines"),
    ("unreferenced_templates", "templates/a/forgotten.html", "<p>", "a/forgotten.html"),
    ("unknown_icons", "templates/a/page.html", "{{ icon('flaggg') }}", "flaggg"),
]


def plant(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_code_keeps_its_shape(check):
    assert check(ROOT) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_sound_tree_has_no_findings(check, tmp_path):
    assert check(plant(tmp_path, SOUND)) == []


@pytest.mark.parametrize(("check", "name", "text", "finding"), BROKEN)
def test_a_broken_tree_is_found_out(check, name, text, finding, tmp_path):
    findings = getattr(architecture, check)(plant(tmp_path, SOUND | {name: text}))
    assert len(findings) == 1
    assert finding in findings[0]


def test_every_check_is_shown_to_fail():
    assert {check.__name__ for check in CHECKS} == {check for check, *_ in BROKEN}
