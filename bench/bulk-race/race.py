"""Runs each tool over the same list of URLs, in turn, and prints what it took. Needs Python 3.9 and nothing else."""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools import TOOLS

HOSTS = 1000
BODY = '{"id":12345,"name":"A thing of no great size","tags":["one","two","three"],"price":12.5,"text":"Some words, so that it is as long as many answers are."}'


def addresses():
    return [f"127.0.{i // 250}.{i % 250 + 1}" for i in range(HOSTS)]


class Server:
    """nginx with one worker on a thousand addresses of loopback; its access log is the judge of what was fetched."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "access.log"
        self.port = free_port()
        listens = "\n".join(f"listen {address}:{self.port} backlog=4096;" for address in addresses())
        config = folder / "nginx.conf"
        config.write_text(f"""
            daemon off; worker_processes 1; worker_rlimit_nofile 65536; pid {folder}/nginx.pid; error_log {folder}/error.log error;
            events {{ worker_connections 16384; }}
            http {{
                client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
                log_format race "$request_uri $status"; access_log {self.log} race buffer=256k flush=200ms;
                keepalive_requests 100000000; keepalive_timeout 120s; tcp_nodelay on;
                server {{ {listens} location /f/ {{ default_type application/json; return 200 '{BODY}'; }} }}
            }}""")
        self.process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(config)], stderr=subprocess.PIPE)
        self.wait()

    def wait(self):
        for _ in range(200):
            if self.process.poll() is not None:
                sys.exit(f"nginx did not start: {self.process.stderr.read().decode()}")
            try:
                socket.create_connection(("127.0.3.250", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        sys.exit("nginx does not listen")

    def count(self, offset, urls):
        """How many of the URLs were answered with 200 since a place in the log, how many answers there were, and where the log ends."""
        time.sleep(0.6)
        seen = bytearray(urls)
        lines = 0
        with open(self.log, "rb") as log:
            log.seek(offset)
            for line in log:
                match = re.match(rb"/f/(\d+) 200$", line.strip())
                lines += 1
                if match and int(match[1]) < urls:
                    seen[int(match[1])] = 1
            return sum(seen), lines, log.tell()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


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
    parser.add_argument("--no-build", action="store_true", help="take what was built before")
    parser.add_argument("--artifacts", type=Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results, problems = {}, []
    with tempfile.TemporaryDirectory(prefix="bulk-race-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker is another user where root starts it
        server = Server(folder)
        try:
            urls_file = folder / "urls.txt"
            hosts = addresses()
            with open(urls_file, "w") as urls:
                for i in range(options.urls):
                    urls.write(f"http://{hosts[i % HOSTS]}:{server.port}/f/{i}\n")
            race(options, server, urls_file, folder, results, problems)
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
