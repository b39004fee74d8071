"""`python build.py COMMAND` in a checkout → the same as `gongkai COMMAND` for this site; no command means build."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from gongkai.cli import start  # noqa: E402

if __name__ == "__main__":
    os.chdir(HERE)
    start()
