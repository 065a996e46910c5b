"""Makes sure that Pango is there, which WeasyPrint needs: installed through apt-get when root, else the command is printed."""

import ctypes.util
import os
import shutil
import subprocess
import sys

PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
COMMANDS = {
    "Debian, Ubuntu": f"sudo apt-get install {' '.join(PACKAGES)}",
    "Fedora": "sudo dnf install pango",
    "macOS": "brew install pango",
}


def works() -> bool:
    """Return whether WeasyPrint can load its libraries, in a process of its own: a failed load leaves traces."""
    return subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True).returncode == 0


def main() -> int:
    """Install or explain; return the exit code."""
    if works():
        return 0
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installation de Pango (mise en page des PDF)…")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", *PACKAGES],
            env=environment,
            check=False,
            stdout=subprocess.DEVNULL,
        )
        if works():
            return 0
    missing = "" if ctypes.util.find_library("pango-1.0") else " (introuvable)"
    print(
        f"La bibliothèque Pango{missing} manque : elle met en page les PDF. Installez-la puis recommencez.",
        file=sys.stderr,
    )
    for system, command in COMMANDS.items():
        print(f"  {system} : {command}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
