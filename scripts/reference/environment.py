"""Runs a program of this directory with the libraries of `requirements.txt`, in `.tools/reference`."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1] / ".tools/reference"
PYTHON = HOME / "bin/python"
INSTALLED = HOME / "requirements.txt"


def enter():
    """Starts the program anew in the environment, unless it already runs there."""
    if Path(sys.prefix).resolve() == HOME.resolve():
        return
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if not INSTALLED.exists() or INSTALLED.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"]
        subprocess.run(pip, check=True)
        INSTALLED.write_text(wanted, encoding="utf-8")
    os.execv(PYTHON, [str(PYTHON), *sys.argv])
