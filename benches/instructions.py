"""Instructions a byte of each stage, counted by callgrind: the same on a busy machine and a quiet one.

    python benches/instructions.py                                    against what is recorded
    python benches/instructions.py --record                           into benches/instructions.json
    python benches/instructions.py --corpus CORPUS.parquet            of counting in a corpus, with lexicons of its words
    python benches/instructions.py --functions analyze                of the functions of a stage, with all they call

The program is the example `instructions` of the release build that `cargo test --release` makes. It reads the built-in articles, and made-up text where many entries are counted.
valgrind shows every program the same processor, with AVX2 and without AVX-512, on every machine that has AVX2; symbols and debug information make no difference.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RECORD = ROOT / "benches" / "instructions.json"
ARTICLES = ROOT / "python" / "framescope" / "examples" / "articles.jsonl"
ENTRIES = [300, 5000, 50000]
# Options of a build that make other instructions of the same source: incremental building alone takes or adds a tenth.
ALTERS = ("CARGO_PROFILE_RELEASE_", "CARGO_INCREMENTAL", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS")
# The C library copies long stretches by one instruction that callgrind counts once for each byte; whether a list that grows is copied is the allocator's
# chance, which differs from run to run.
PLAIN_COPIES = {"GLIBC_TUNABLES": "glibc.cpu.x86_rep_movsb_threshold=2000000000:glibc.cpu.x86_rep_stosb_threshold=2000000000"}
MARKS = 3  # a stage: before it, after its first run, after its second, which counts
VALGRIND = ["valgrind", "--quiet", "--tool=callgrind", "--dump-before=getppid"]


def unable() -> str | None:
    """Why nothing can be counted here."""
    for program in ("valgrind", "cargo"):
        if not shutil.which(program):
            return f"{program} is not installed"
    if platform.machine() != "x86_64" or "avx2" not in Path("/proc/cpuinfo").read_text(encoding="utf-8"):
        return "figures are of x86_64 with AVX2"
    return None


def build(*, symbols: bool = False) -> Path:
    """The program, up to date, as a plain release build makes it; with names of functions, in a folder of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ALTERS)}
    command = ["cargo", "build", "--release", "--example", "instructions", "--message-format", "json-render-diagnostics"]
    if symbols:
        environment["CARGO_PROFILE_RELEASE_STRIP"] = "none"
        command += ["--target-dir", str(ROOT / "target" / "symbols")]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode:
        sys.exit("error: the example `instructions` does not build; what cargo said stands above")
    built = [json.loads(line).get("executable") for line in done.stdout.splitlines()]
    return Path(next(path for path in built if path))


def count(program: Path, arguments: list[str], folder: Path) -> dict[str, float]:
    """Instructions a byte of what one run of the program says it did."""
    out = folder / "-".join(["callgrind", *(a for a in arguments if "/" not in a)])
    command = [*VALGRIND, f"--callgrind-out-file={out}", str(program), *arguments]
    said = subprocess.run(command, env={**os.environ, **PLAIN_COPIES}, stdout=subprocess.PIPE, check=True, text=True).stdout
    found = {}
    for place, line in enumerate(said.splitlines(), 1):
        stage, _, size = line.rpartition(": ")
        dump = out.with_name(f"{out.name}.{place * MARKS}").read_text(encoding="utf-8")
        summary = re.search(r"^summary: (\d+)", dump, re.MULTILINE)
        assert summary, f"callgrind wrote no summary for {stage}"
        found[stage] = round(int(summary[1]) / int(size), 2)
    return found


def measure(program: Path, folder: Path, runs: list[list[str]]) -> dict[str, float]:
    """Of all stages of these runs, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        parts = pool.map(lambda arguments: count(program, arguments, folder), runs)
        return {stage: figure for part in parts for stage, figure in part.items()}


def counting(inputs: str) -> list[list[str]]:
    """Of texts and lexicons in a folder."""
    return [["count", inputs, str(entries)] for entries in ENTRIES]


def counted() -> dict[str, float]:
    """Of this build; what was counted once of the same program is not counted again."""
    program = build()
    key = hashlib.sha256(program.read_bytes() + ARTICLES.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]
    known = program.parent / f"instructions-{key}.json"
    if not known.exists():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([program, "write", folder], check=True)
            known.write_text(json.dumps(measure(program, Path(folder), [["stages"], *counting(folder)])), encoding="utf-8")
    return json.loads(known.read_text(encoding="utf-8"))


def tools() -> dict[str, str]:
    """What else figures depend on."""
    said = {
        tool: subprocess.run([tool, "--version"], capture_output=True, check=True, text=True).stdout
        for tool in ("rustc", "valgrind")
    }
    return {tool: re.findall(r"\d+\.\d+\.\d+", line)[0] for tool, line in said.items()}


def compare(now: dict[str, float], recorded: dict[str, Any]) -> list[str]:
    """A sentence for each stage that takes more than recorded, beyond the tolerance, and for those that one side lacks."""
    then, tolerance = recorded["per_byte"], recorded["tolerance"]
    wrong = [f"{stage}: recorded, and measured no more" for stage in then.keys() - now.keys()]
    wrong += [f"{stage}: measured, and not recorded" for stage in now.keys() - then.keys()]
    for stage in now.keys() & then.keys():
        change = now[stage] / then[stage] - 1
        if change > tolerance:
            wrong.append(
                f"{stage}: {now[stage]:.2f} instructions a byte, recorded are {then[stage]:.2f} ({change:+.1%}), "
                "a regression: mend it, or say why in the commit that records it"
            )
    if not wrong:
        return []
    wrong.sort()
    here = tools()
    if recorded["with"] != here:
        wrong.append(f"figures were recorded with {recorded['with']}, and this is {here}, which may be the reason")
    return [*wrong, "`make instructions` records what is measured now"]


def functions(stage: str) -> None:
    """Prints what the functions of the package take in a stage, with all they call."""
    program = build(symbols=True)
    with tempfile.TemporaryDirectory() as folder:
        figures = count(program, ["stages"], Path(folder))
        dump = Path(folder, f"callgrind-stages.{(list(figures).index(stage) + 1) * MARKS}")
        command = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(dump)]
        said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    total = re.search(r"([\d,]+) .*PROGRAM TOTALS", said)
    assert total, "callgrind_annotate wrote no totals"
    scale = figures[stage] / int(total[1].replace(",", ""))
    print(f"{figures[stage]:8.2f}  {stage}, instructions a byte")
    for line in said.splitlines():
        if match := re.match(r" *([\d,]+) .*?:(<?framescope::.*?) \[", line):
            figure = int(match[1].replace(",", "")) * scale
            if figure >= 0.5:
                print(f"{figure:8.2f}  {match[2]}")


def of_corpus(path: str, column: str, megabytes: float) -> None:
    """Prints the figures of counting in a corpus."""
    from corpus import read_corpus, write

    program = build()
    with tempfile.TemporaryDirectory() as folder:
        write(read_corpus(path, column, megabytes), ENTRIES, Path(folder))
        for stage, figure in measure(program, Path(folder), counting(folder)).items():
            print(f"{figure:8.2f}  {stage}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the figures to the repository")
    parser.add_argument("--corpus", help="a Parquet file")
    parser.add_argument("--column", default="text", help="its column of texts")
    parser.add_argument("--mb", type=float, default=4, help="how much of it, in megabytes")
    parser.add_argument("--functions", metavar="STAGE", help="tell its functions apart")
    options = parser.parse_args()
    if reason := unable():
        sys.exit(f"error: {reason}")
    if options.functions:
        functions(options.functions)
    elif options.corpus:
        of_corpus(options.corpus, options.column, options.mb)
    else:
        of_articles(recording=options.record)


def of_articles(*, recording: bool) -> None:
    """Prints the figures of all stages, and records or compares them."""
    now = counted()
    recorded: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    for stage, figure in now.items():
        print(f"{figure:8.2f}  {stage} (recorded {recorded['per_byte'].get(stage, '–')})")
    if recording:
        record = {"tolerance": recorded["tolerance"], "with": tools(), "per_byte": now}
        RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    elif wrong := compare(now, recorded):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
