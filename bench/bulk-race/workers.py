"""Several `requests bulk work` on one PostgreSQL: how many URLs they do together. Needs Python 3.9 and Debian's postgresql-15."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from server import HOSTS, Server, free_port, write_urls

BINARIES = "/usr/lib/postgresql/15/bin"


class Database:
    """A PostgreSQL of its own with the settings that it comes with, durable ones: what is committed is on the disk."""

    def __init__(self, folder):
        self.data = folder / "data"
        self.port = free_port()
        self.run("initdb", "-D", self.data, "-U", "crawler", "-A", "trust", "-E", "UTF8", "--no-locale")
        self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", folder / "postgres.log", "-o", f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=")
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "crawler", "crawl")
        self.url = f"postgres://crawler@127.0.0.1:{self.port}/crawl"

    def query(self, text):
        return self.run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "crawler", "-d", "crawl", "-AtX", "-c", text).strip()

    def stop(self):
        self.run("pg_ctl", "stop", "-w", "-D", self.data, "-m", "immediate")

    def run(self, program, *arguments):
        command = [f"{BINARIES}/{program}", *map(str, arguments)]
        if os.geteuid() == 0:  # which the server refuses to run as
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
        # What pg_ctl starts would hold a pipe open.
        output = subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(f"{program} ended with {done.returncode}: {done.stdout or ''}")
        return done.stdout or ""


def work(options, database, folder):
    """The seconds that all workers took together, and for each its CPU seconds, greatest resident size in MB and exit code."""
    environment = dict(os.environ, REQUESTS_FRONTIER=database.url, no_proxy="*")
    command = [options.artifacts / "RequestsAsync.Cli/release/requests", "bulk", "work", "--job", "race", "-c", "256", "--progress", "plain"]
    begun = time.monotonic()
    processes = []
    for i in range(options.workers):
        with open(folder / f"worker-{i}.log", "wb") as log:
            processes.append(subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True))
    ended = []
    try:
        for process in processes:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            ended.append((usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode))
    finally:
        for process in processes:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    return time.monotonic() - begun, ended


def measure(options, folder):
    server = Server(folder)
    database = None
    try:
        urls = write_urls(folder, server, options.urls)
        scratch = folder / "postgres"
        scratch.mkdir()
        if os.geteuid() == 0:
            shutil.chown(scratch, "postgres", "postgres")
        database = Database(scratch)
        begun = time.monotonic()
        subprocess.run([options.artifacts / "RequestsAsync.Cli/release/requests", "bulk", "submit", urls, "--job", "race"], env=dict(os.environ, REQUESTS_FRONTIER=database.url),
                       check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        submitted = time.monotonic() - begun
        transactions = int(database.query("select xact_commit from pg_stat_database where datname = 'crawl'"))
        wall, workers = work(options, database, folder)
        fetched, answers, _ = server.count(0, options.urls)
        transactions = int(database.query("select xact_commit from pg_stat_database where datname = 'crawl'")) - transactions
        size = int(database.query("select pg_database_size('crawl')"))
    finally:
        if database:
            database.stop()
        server.stop()
    print(f"{options.urls:,} URLs of {HOSTS:,} hosts on PostgreSQL, {options.workers} workers; {os.cpu_count()} cores for database, server and workers\n")
    print("| | |\n|---|--:|")
    print(f"| submitted in | {submitted:.1f} s ({options.urls / submitted:,.0f}/s) |")
    print(f"| worked off in | {wall:.1f} s |")
    print(f"| URLs/s, all workers together | {options.urls / wall:,.0f} |")
    print(f"| CPU time of the workers | {sum(worker[0] for worker in workers):.1f} s |")
    print(f"| peak memory of a worker | {max(worker[1] for worker in workers):.0f} MB |")
    print(f"| transactions | {transactions:,} ({transactions / wall:,.0f}/s) |")
    print(f"| the database afterwards | {size / 1e6:,.0f} MB |")
    print(f"| URLs that the server has answered, answers | {fetched:,}, {answers:,} |")
    for i, worker in enumerate(workers):
        if worker[2] != 0:
            print(f"\nworker {i} ended with {worker[2]}: {(folder / f'worker-{i}.log').read_text()[-400:]}")
    return 0 if fetched == options.urls and all(worker[2] == 0 for worker in workers) else 1


def main():
    parser = argparse.ArgumentParser(prog="bench/bulk-race/workers")
    parser.add_argument("--urls", type=int, default=200_000, help="how many URLs (200000)")
    parser.add_argument("--workers", type=int, default=2, help="how many workers (2)")
    parser.add_argument("--artifacts", type=Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if not Path(BINARIES).exists():
        sys.exit("PostgreSQL is needed: apt-get install postgresql-15")
    with tempfile.TemporaryDirectory(prefix="bulk-workers-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the servers are other users where root starts them
        return measure(options, folder)


if __name__ == "__main__":
    sys.exit(main())
