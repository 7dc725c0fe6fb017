"""The measured application: each request says how much CPU (of its thread) and how much waiting it needs.

GET /?c=<CPU in us>&s=<waiting in us>&k=<alternations>: k times c/k of CPU, then s/k of waiting; with ORDER=even in the
environment c/(k + 1) of CPU before, between and after the k waits. The CPU is burnt in pure Python, so the interpreter lock is held; the wait is time.sleep (gevent and eventlet patch it; the ASGI application awaits).
"""

import asyncio
import os
import time
from urllib.parse import parse_qs


def burn(microseconds):
    clock = time.thread_time_ns
    end = clock() + microseconds * 1000
    while clock() < end:
        pass


EVEN = os.environ.get("ORDER") == "even"


def demand(query):
    fields = parse_qs(query)
    cpu, wait, turns = (int(fields.get(name, [default])[0]) for name, default in (("c", "0"), ("s", "0"), ("k", "1")))
    return cpu // (turns + 1 if EVEN else turns), wait / turns / 1e6, turns


def wsgi(environ, start_response):
    cpu, wait, turns = demand(environ["QUERY_STRING"])
    for _ in range(turns):
        if cpu:
            burn(cpu)
        if wait:
            time.sleep(wait)
    if EVEN and cpu:
        burn(cpu)
    body = b"%d" % os.getpid()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


async def asgi(scope, receive, send):
    if scope["type"] != "http":
        return
    cpu, wait, turns = demand(scope["query_string"].decode())
    for _ in range(turns):
        if cpu:
            burn(cpu)
        if wait:
            await asyncio.sleep(wait)
    if EVEN and cpu:
        burn(cpu)
    body = b"%d" % os.getpid()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
