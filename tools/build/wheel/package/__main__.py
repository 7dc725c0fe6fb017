"""Runs the installed executable: for ``python -m wcalc``, and for its second name ``worker-calc``."""

import os
import subprocess
import sys
import sysconfig


def executable():
    name = "wcalc" + (sysconfig.get_config_var("EXE") or "")
    schemes = [scheme for scheme in sysconfig.get_scheme_names() if scheme.endswith("_user")]
    # An environment's own first, then where pip install --user puts programs, then beside the second name.
    folders = [
        sysconfig.get_path("scripts"),
        *(sysconfig.get_path("scripts", scheme) for scheme in schemes),
        os.path.dirname(os.path.abspath(sys.argv[0])),
    ]
    for folder in folders:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    sys.exit("wcalc: its executable is in none of " + ", ".join(folders) + "; reinstall the package")


def main():
    command = [executable()] + sys.argv[1:]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
