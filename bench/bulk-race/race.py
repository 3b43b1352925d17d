"""Runs each tool over the same list of URLs, in turn, and prints what it took. Needs Python 3.9 and nothing else."""

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from server import HOSTS, Server, write_urls
from tools import TOOLS

def run(command, folder, limit):
    """The wall and CPU seconds of a command, its greatest resident size in MB, and its exit code; None where it took too long."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment["no_proxy"] = "*"
    with open(folder / "output.log", "wb") as log:
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        pid = 0
        try:
            while not pid and time.monotonic() - begun <= limit:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if not pid:
                    time.sleep(0.01)
        finally:
            if not pid:  # too slow, or this program was interrupted: nothing that it started stays
                os.killpg(process.pid, signal.SIGKILL)
                os.wait4(process.pid, 0)
        if not pid:
            return None
        process.returncode = os.waitstatus_to_exitcode(status)
        return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def race(options, server, urls_file, folder, results, problems):
    tools = [tool for tool in TOOLS if not options.only or tool.name in options.only.split(",")]
    offset = 0
    for tool in list(tools):
        if tool.missing(options.artifacts):
            print(f"left out: {tool.name} ({tool.needs} is not installed)", file=sys.stderr)
            tools.remove(tool)
    for turn in range(options.rounds):
        for tool in tools[turn % len(tools):] + tools[:turn % len(tools)]:
            place = folder / tool.name
            place.mkdir()
            ran = run(tool.command(urls_file, place, options.artifacts), place, options.limit)
            fetched, answers, offset = server.count(offset, options.urls)
            if ran is None:
                problems.append(f"{tool.name} did not end within {options.limit} s; {fetched} of {options.urls} were fetched")
            else:
                if fetched != options.urls or ran[3] != 0:
                    tail = (place / "output.log").read_bytes()[-300:].decode(errors="replace").strip()
                    problems.append(f"{tool.name} fetched {fetched} of {options.urls} ({answers} answers) and ended with {ran[3]}: {tail}")
                results.setdefault(tool.name, []).append((*ran, fetched))
                print(f"round {turn + 1}: {tool.name} {ran[0]:.1f} s, {fetched} fetched, {answers} answers", file=sys.stderr)
            shutil.rmtree(place, ignore_errors=True)


def table(options, results):
    print(f"{options.urls:,} URLs of {HOSTS:,} hosts, {options.rounds} rounds in turn, the median of each; {os.cpu_count()} cores for client and server\n")
    print("| | wall s | URLs/s | CPU s | peak MB | wall, to the bare loop | fetched |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    bare = results.get("bare loop") or []
    for tool in TOOLS:
        runs = results.get(tool.name)
        if not runs:
            continue
        wall, cpu, memory = (statistics.median(run[i] for run in runs) for i in range(3))
        # Round against round: what disturbed the machine for a while disturbed both.
        ratio = f"{statistics.median(run[0] / other[0] for run, other in zip(runs, bare)):.2f}" if len(bare) == len(runs) else "-"
        print(f"| {tool.name}: {tool.what} | {wall:.1f} | {options.urls / wall:,.0f} | {cpu:.1f} | {memory:.0f} | {ratio} | {min(run[4] for run in runs):,} |")


def main():
    parser = argparse.ArgumentParser(prog="bench/bulk-race/run")
    parser.add_argument("--urls", type=int, default=100_000, help="how many URLs (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each tool runs (3)")
    parser.add_argument("--only", help="names of tools, with commas between: " + ", ".join(tool.name for tool in TOOLS))
    parser.add_argument("--limit", type=int, default=1800, help="seconds that a run may take (1800)")
    parser.add_argument("--artifacts", type=Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results, problems = {}, []
    with tempfile.TemporaryDirectory(prefix="bulk-race-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker is another user where root starts it
        server = Server(folder)
        try:
            race(options, server, write_urls(folder, server, options.urls), folder, results, problems)
        except (KeyboardInterrupt, SystemExit):
            problems.append("Interrupted: the table is of what was measured by then.")
        finally:
            server.stop()
    table(options, results)
    for problem in problems:
        print(f"\n{problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
