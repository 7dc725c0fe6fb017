#!/usr/bin/env python3
"""Measures the latencies of a real server under open-loop Poisson load, case by case.

usage: measure.py [CASES.jsonl] [--out DIRECTORY]     (default: cases.jsonl beside this program, ./measured)

Writes DIRECTORY/measured.jsonl, DIRECTORY/traces/ID.csv.gz and DIRECTORY/machine.json. Needs Linux, gcc, taskset, at
least two CPUs, and the servers of the cases (README.md has Debian's packages). A case is one line of JSON: id, server
(gunicorn where none is named; uvicorn, hypercorn, daphne, uwsgi, waitress, mod_wsgi), workers, threads, cores, rate,
seconds, cpu and io (a law in us: det:MEAN, exp:MEAN, logn:MEAN:CV, h2:MEAN:CV), slices, seed. class is Gunicorn's;
handlers says where an ASGI server without classes runs the application's code (async, threads:N, django), loop its
event loop (asyncio or uvloop); connections sets worker_connections, thunder_lock is uWSGI's; order "even" spreads the
CPU around the waits instead of before them; pinned keeps each worker process to one of the CPUs.
"""

import argparse
import contextlib
import csv
import gzip
import json
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from servers import command_of, server_of, version_of

HERE = Path(__file__).resolve().parent
WARMUP_SECONDS = 3
TICK = os.sysconf("SC_CLK_TCK")
# Above these a case is marked as noisy: CPUs used by others, and taken by the machine's host.
OTHER_CPU_LIMIT = 0.1
STEAL_LIMIT = 0.05


def main():
    parser = argparse.ArgumentParser(description="Latencies of real servers, case by case.")
    parser.add_argument("cases", nargs="?", type=Path, default=HERE / "cases.jsonl")
    parser.add_argument("--out", type=Path, default=Path("measured"))
    asked = parser.parse_args()
    cases = [json.loads(line) for line in asked.cases.read_text().splitlines() if line.strip()]
    cpus = sorted(os.sched_getaffinity(0))
    if len(cpus) < 2:
        sys.exit("measure.py: at least two CPUs are needed, one for the client")
    (asked.out / "traces").mkdir(parents=True, exist_ok=True)
    (asked.out / "machine.json").write_text(json.dumps(machine(cpus), indent=2) + "\n")
    with ahead_of_other_sessions(), tempfile.TemporaryDirectory() as folder, \
            (asked.out / "measured.jsonl").open("w") as results:
        load = Path(folder) / "load"
        subprocess.run(["gcc", "-O2", "-o", load, HERE / "load.c", "-lm"], check=True)
        for case in cases:
            row, requests = measure(case, load, cpus, Path(folder))
            write_trace(asked.out / "traces" / f"{case['id']}.csv.gz", requests)
            results.write(json.dumps(row) + "\n")
            results.flush()
            print(f"{row['id']}: mean {row['mean']} ms, p95 {row['p95']} ms, noisy {row['noisy']}", flush=True)


@contextlib.contextmanager
def ahead_of_other_sessions():
    """Linux shares the CPU between sessions first (autogroup), and heeds `nice` only within each."""
    group = Path("/proc/self/autogroup")
    if os.geteuid() != 0 or not group.exists():
        yield
        return
    before = group.read_text().rsplit(maxsplit=1)[-1]
    group.write_text("-20")
    try:
        yield
    finally:
        group.write_text(before)


def machine(cpus):
    return {"python": platform.python_version(), "kernel": platform.release(),
            "machine": platform.machine(), "cpus": len(cpus)}


def measure(case, load, cpus, folder):
    """One case: start the server, load it, read its latencies and its CPU, stop it."""
    port = free_port()
    server_cpus = cpus[: case["cores"]]
    client_cpus = cpus[case["cores"]:] or cpus
    server = subprocess.Popen(pinned(server_cpus, command_of(case, port, folder)), cwd=HERE,
                              env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "ORDER": case.get("order", ""),
                                   "HANDLERS": case.get("handlers", "async")},
                              stdout=subprocess.DEVNULL)
    try:
        wait_until_it_answers(port)
        time.sleep(1)
        if case.get("pinned"):
            for n, worker in enumerate(children(server.pid)):
                keep_to(server_cpus[n % len(server_cpus)], worker)
        answers = folder / "answers.csv"
        client = pinned(client_cpus, [load, port, case["rate"], case["seconds"], WARMUP_SECONDS, case["seed"],
                                      case["cpu"], case["io"], case["slices"], answers])
        before, (busy, stolen), client_used, began = cpu_seconds(server.pid), machine_seconds(), client_seconds(), time.time()
        run = subprocess.run(client, capture_output=True, text=True, check=True)
        seconds = time.time() - began
        used = {pid: seconds - before.get(pid, 0) for pid, seconds in cpu_seconds(server.pid).items()}
        now_busy, now_stolen = machine_seconds()
        other = now_busy - busy - sum(used.values()) - (client_seconds() - client_used)
        sent = json.loads(run.stderr)
        with answers.open() as rows:
            requests = [row for row in csv.DictReader(rows) if row["status"] == "200"]
        return {**case, "version": version_of(server_of(case)),
                **statistics_of(case, requests, sent, used, other / seconds, (now_stolen - stolen) / seconds)}, requests
    finally:
        stop(server)


def pinned(cpus, command):
    """On these CPUs only; ahead of everything else where that is allowed."""
    first = ["nice", "-n", "-20"] if os.geteuid() == 0 else []
    return [*first, "taskset", "-c", ",".join(map(str, cpus)), *map(str, command)]


def keep_to(cpu, process):
    """Every thread of the process on this CPU; those that it starts later, too."""
    for thread in Path(f"/proc/{process}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {cpu})


def statistics_of(case, requests, sent, used, other, steal):
    latencies = sorted(float(row["lat_ms"]) for row in requests)
    cpu = [int(row["cpu_us"]) / 1000 for row in requests]
    io = [int(row["io_us"]) / 1000 for row in requests]
    percentile = lambda p: round(latencies[min(len(latencies) - 1, int(p * len(latencies)))], 3)
    by_worker = {}
    for row in requests:
        by_worker[row["pid"]] = by_worker.get(row["pid"], 0) + 1
    split = case.get("class") == "gthread" and case["workers"] > 1 and "connections" not in case
    return {"n": len(requests), "bad": sent["bad"], "lag_ms": sent["mean_lag_ms"],
            "other_cpu": round(other, 3), "steal": round(steal, 3),
            "demand_cpu_ms": round(statistics.mean(cpu), 4), "demand_io_ms": round(statistics.mean(io), 4),
            "cv_cpu": round(statistics.pstdev(cpu) / (statistics.mean(cpu) or 1), 4),
            "cv_io": round(statistics.pstdev(io) / (statistics.mean(io) or 1), 4),
            # The warm-up's requests used CPU too, so all that were sent share it.
            "cpu_ms_per_req": round(by_those(used, by_worker) * 1000 / sent["sent"], 4),
            "front_ms_per_req": round((sum(used.values()) - by_those(used, by_worker)) * 1000 / sent["sent"], 4),
            "mean": round(statistics.mean(latencies), 3), "p50": percentile(0.5), "p90": percentile(0.9),
            "p95": percentile(0.95), "p99": percentile(0.99),
            "share": sorted(by_worker.values(), reverse=True),
            "noisy": other > OTHER_CPU_LIMIT or steal > STEAL_LIMIT, "skewed": split}


def by_those(used, by_worker):
    """CPU seconds of the processes that answered requests; the others are masters, and Apache before its daemons."""
    return sum(used[int(pid)] for pid in by_worker if int(pid) in used)


def write_trace(path, requests):
    ranks = {pid: n + 1 for n, pid in enumerate(sorted({row["pid"] for row in requests}, key=int))}
    with gzip.open(path, "wt", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["at_ms", "cpu_ms", "io_ms", "latency_ms", "worker"])
        for row in requests:
            out.writerow([row["at_ms"], int(row["cpu_us"]) / 1000, int(row["io_us"]) / 1000, row["lat_ms"], ranks[row["pid"]]])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(port):
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("measure.py: the server does not answer; see its messages above")


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_seconds(pid):
    """CPU that the process and its descendants have used, by process; threads that have ended count too."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    used = {pid: (int(after_name[11]) + int(after_name[12])) / TICK}
    for child in children(pid):
        used |= cpu_seconds(child)
    return used


def client_seconds():
    times = os.times()
    return times.children_user + times.children_system


def machine_seconds():
    """Busy and stolen CPU seconds of the whole machine since it started."""
    user, nice, system, _, _, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + irq + softirq) / TICK, steal / TICK


def stop(server):
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(8)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    if shutil.which("gcc") is None or shutil.which("taskset") is None:
        sys.exit("measure.py: gcc and taskset are needed")
    main()
