"""The server that bulk jobs are measured against, and the list of its URLs."""

import re
import signal
import socket
import subprocess
import sys
import time

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


def write_urls(folder, server, count):
    """A list of so many URLs, the hosts in turn."""
    path = folder / "urls.txt"
    hosts = addresses()
    with open(path, "w") as urls:
        for i in range(count):
            urls.write(f"http://{hosts[i % HOSTS]}:{server.port}/f/{i}\n")
    return path
