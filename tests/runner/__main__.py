"""`python -m tests.runner`: everything, or pytest with the given arguments."""

import os
import sys

from tests.runner import run_everything, steps

if len(sys.argv) == 1:
    sys.exit(run_everything())
os.execve(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]], steps.clean_environment())
