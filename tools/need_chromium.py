"""Finds the Chromium that browser tests drive; installs it through apt-get when root, else Playwright's own.

The one without windows, which Playwright takes of itself, comes first: it is the same engine, and opens a context in a
third of the time, when the whole browser makes a window each time with its bar of tabs.
"""

import os
import shutil
import subprocess
import sys

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of an installed Chromium; None leaves the choice to Playwright."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install if needed; return the exit code."""
    may_install = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    # The whole browser serves where nothing can be installed; now and then it never answers that a page is closed.
    if shutil.which(SHELL) or (find() and not may_install):
        return 0
    if may_install:
        print("Installation de Chromium (tests dans un vrai navigateur)…")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
        for name in (SHELL, "chromium"):
            subprocess.run(
                ["apt-get", "install", "-y", "-qq", name],
                env=environment,
                check=False,
                stdout=subprocess.DEVNULL,
            )
            if find():
                return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
