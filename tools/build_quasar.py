"""Build the part of Quasar that our pages use: the frame of a NiceGUI page and its notifications.

    python -m tools.build_quasar

NiceGUI loads all of Quasar, 160 kB compressed, of which our pages, made of native elements, show the layout and
`ui.notify` only: 20 kB. What is written in `app/quasar/` is served in its place (`app/lighter.py`), as long as it is of the
version that NiceGUI carries. To use another component of Quasar, name it in `COMPONENTS` (and its classes in `CLASSES`),
then run this again; the same after a new version of NiceGUI. A test says when.

It needs `npm`, and tinycss2 (which comes with WeasyPrint).
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nicegui
import tinycss2

OUTPUT = Path(__file__).resolve().parent.parent / "app" / "quasar"
NICEGUI = Path(nicegui.__file__).parent / "static"
ESBUILD = "0.25.12"
COMPONENTS = {
    "QLayout": "components/layout/QLayout.js",
    "QPageContainer": "components/page/QPageContainer.js",
    "QPage": "components/page/QPage.js",
}
PLUGINS = {
    "Dark": "plugins/dark/Dark.js",
    "IconSet": "plugins/icon-set/IconSet.js",
    "Lang": "plugins/lang/Lang.js",
    "Notify": "plugins/notify/Notify.js",
    "Platform": "plugins/platform/Platform.js",
    "Screen": "plugins/screen/Screen.js",
}
HELPERS = {
    "getCssVar": "utils/css-var/get-css-var.js",
    "setCssVar": "utils/css-var/set-css-var.js",
    "installQuasar": "install-quasar.js",
}
CLASSES = (
    "layout",
    "page",
    "notification",
    "btn",
    "icon",
    "spinner",
    "ripple",
    "focus",
    "transition",
    "body",
    "loading-bar",
)
SHEETS = ("quasar.unimportant.prod.css", "quasar.important.prod.css")
_PALETTE = re.compile(r"\.(?:text|bg)-[a-z-]+-\d+\b")


def main() -> int:
    """Write the script and the style sheets."""
    OUTPUT.mkdir(exist_ok=True)
    version = _version()
    with tempfile.TemporaryDirectory() as name:
        (OUTPUT / "quasar.umd.prod.js").write_text(_script(Path(name), version), encoding="utf-8")
    for sheet in SHEETS:
        text = (NICEGUI / sheet).read_text(encoding="utf-8")
        (OUTPUT / sheet).write_text(_trimmed(text), encoding="utf-8")
    for path in sorted(OUTPUT.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


def _version() -> str:
    found = re.search(
        r"Quasar Framework v([\d.]+)", (NICEGUI / "quasar.umd.prod.js").read_text(encoding="utf-8")[:300]
    )
    if found is None:
        raise SystemExit("NiceGUI's Quasar does not say its version")
    return found[1]


def _script(folder: Path, version: str) -> str:
    """Bundle what is named above, as the global `Quasar`, on the global `Vue`."""
    imports = {**COMPONENTS, **PLUGINS, **HELPERS}
    lines = [f"import {name} from 'quasar/src/{path}'" for name, path in imports.items()]
    lines += [
        f"const components = {{ {', '.join(COMPONENTS)} }}",
        f"const plugins = {{ {', '.join(PLUGINS)} }}",
        "const install = (app, options) => installQuasar(app, { components, plugins, ...options })",
        f"window.Quasar = {{ version: '{version}', install, lang: Lang, iconSet: IconSet, getCssVar, setCssVar, "
        "...components, ...plugins }",
    ]
    (folder / "entry.js").write_text("\n".join(lines), encoding="utf-8")
    (folder / "vue.cjs").write_text("module.exports = window.Vue", encoding="utf-8")
    npm = [
        "npm",
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        f"quasar@{version}",
        f"esbuild@{ESBUILD}",
    ]
    subprocess.run(npm, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    server_side = ("SSR", "SSR_SERVER", "SSR_CLIENT", "SSR_PWA")
    build = ["npx", "esbuild", "entry.js", "--bundle", "--minify", "--format=iife", "--alias:vue=./vue.cjs"]
    build += ["--legal-comments=none", f'--define:__QUASAR_VERSION__="{version}"']
    build += [f"--define:__QUASAR_{name}__=false" for name in server_side]
    done = subprocess.run(build, cwd=folder, check=True, capture_output=True, text=True)
    return f"/*! Quasar Framework v{version}, in part, (c) Razvan Stoenescu, MIT License */\n{done.stdout}"


def _trimmed(sheet: str) -> str:
    """Drop the rules of the components that are not kept, and the coloured classes."""
    return "/*! Quasar, in part, (c) Razvan Stoenescu, MIT License */\n" + "".join(
        _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
    )


def _rules(rules: list) -> list[str]:  # type: ignore[type-arg]
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [
                one for one in re.split(r",(?![^(]*\))", tinycss2.serialize(rule.prelude)) if _used(one)
            ]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.at_keyword in ("media", "supports", "layer") and rule.content:
            inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{''.join(inner)}}}")
        elif rule.type == "at-rule" and not (
            rule.at_keyword.endswith("keyframes")
            and "q-" in tinycss2.serialize(rule.prelude)
            and not _used("." + tinycss2.serialize(rule.prelude).strip())
        ):
            kept.append(rule.serialize())
    return kept


def _used(selector: str) -> bool:
    names = re.findall(r"\.q-([a-z]+(?:-bar)?)", selector)
    return not _PALETTE.search(selector) and all(name.startswith(CLASSES) for name in names)


if __name__ == "__main__":
    sys.exit(main())
