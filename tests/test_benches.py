"""The comparison with peers runs, and what it measures is the same work: framescope's counts are those of a plain dictionary of words and pairs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_framescope_agrees_with_a_dictionary_of_words():
    small = [
        "--mb",
        "0.2",
        "--entries",
        "300",
        "--rounds",
        "1",
        "--seconds",
        "0.1",
        "--only",
        "framescope (list)",
        "dict of words",
    ]
    command = [sys.executable, "benches/peers.py", *small]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    rows = {cells[1].strip(): cells for line in done.stdout.splitlines() if len(cells := line.split("|")) > 2}
    for peer in ("framescope (Arrow)", "framescope (list)", "dict of words"):
        assert rows[peer][10].strip() == "100.00%", done.stdout
