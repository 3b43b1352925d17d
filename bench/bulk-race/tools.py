"""The tools of the race, each as one would use it well for a long list."""

import shutil
from pathlib import Path

SPIDER = Path(__file__).with_name("spider.py")


class Tool:
    def __init__(self, name, what, needs, command):
        self.name = name
        self.what = what
        self.needs = needs
        self._command = command

    def missing(self, artifacts):
        program = self.program(artifacts)
        return not (shutil.which(program) if "/" not in program else Path(program).exists())

    def program(self, artifacts):
        return self.needs.format(artifacts=artifacts)

    def command(self, urls, folder, artifacts):
        return [self.program(artifacts), *self._command(urls, folder)]


def curl_command(urls, folder):
    config = folder / "config"
    with open(urls) as lines, open(config, "w") as out:
        for line in lines:
            out.write(f'url = "{line.strip()}"\noutput = "/dev/null"\n')
    return ["--disable", "--parallel", "--parallel-immediate", "--parallel-max", "300", "--no-progress-meter", "--fail", "--config", config]


TOOLS = [
    Tool("bare loop", "`AsCompletedAsync` over the file, 512 at once, nothing written", "{artifacts}/FrontierCosts/release/FrontierCosts",
         lambda urls, folder: ["bare", urls, "512"]),
    Tool("requests bulk", "512 at once, 4 a host; journal, records with SHA-256", "{artifacts}/RequestsAsync.Cli/release/requests",
         lambda urls, folder: ["bulk", urls, "-o", "out.jsonl", "-c", "512", "--progress", "plain"]),
    Tool("aria2c", "512 at once, a file each", "aria2c",
         lambda urls, folder: ["--no-conf", "--input-file", urls, "--dir", folder / "files", "--max-concurrent-downloads", "512", "--max-connection-per-server", "1", "--split", "1",
                               "--file-allocation=none", "--auto-save-interval=0", "--summary-interval=0", "--console-log-level=error", "--download-result=hide", "--show-console-readout=false"]),
    Tool("wget2", "64 threads, a file each", "wget2",
         lambda urls, folder: ["--no-config", "--quiet", "--max-threads", "64", "--no-directories", "--no-hsts", "--directory-prefix", folder / "files", "--input-file", urls]),
    Tool("curl", "`--parallel`, 300 at once (its most), thrown away", "curl", curl_command),
    Tool("scrapy", "512 at once, 4 a host; JSON lines with the length", "scrapy",
         lambda urls, folder: ["runspider", SPIDER, "-a", f"urls={urls}", "-O", "out.jsonl", "-s", "CONCURRENT_REQUESTS=512", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=4",
                               "-s", "ROBOTSTXT_OBEY=False", "-s", "LOG_LEVEL=ERROR", "-s", "TELNETCONSOLE_ENABLED=False", "-s", "COOKIES_ENABLED=False"]),
]

