"""The measured application: each request says how much CPU (of its thread) and how much waiting it needs.

GET /?c=<CPU in us>&s=<waiting in us>&k=<alternations>: k times c/k of CPU, then s/k of waiting; with ORDER=even in the
environment c/(k + 1) of CPU before, between and after the k waits. The CPU is burnt in pure Python, so the interpreter lock is held; the wait is time.sleep (gevent and eventlet patch it; the ASGI application awaits).

HANDLERS in the environment says where the ASGI application does so: async (on the loop), threads:N (in Starlette's pool of
N threads, as its def endpoints), django (in a thread of each request, as Django 4 and later run sync views).
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


def work(query):
    cpu, wait, turns = demand(query)
    for _ in range(turns):
        if cpu:
            burn(cpu)
        if wait:
            time.sleep(wait)
    if EVEN and cpu:
        burn(cpu)


async def work_on_loop(query):
    cpu, wait, turns = demand(query)
    for _ in range(turns):
        if cpu:
            burn(cpu)
        if wait:
            await asyncio.sleep(wait)
    if EVEN and cpu:
        burn(cpu)


async def work_in_pool(query):
    from anyio.to_thread import current_default_thread_limiter
    from starlette.concurrency import run_in_threadpool

    current_default_thread_limiter().total_tokens = int(POOL)
    await run_in_threadpool(work, query)


async def work_in_own_thread(query):
    from asgiref.sync import ThreadSensitiveContext, sync_to_async

    async with ThreadSensitiveContext():
        await sync_to_async(work, thread_sensitive=True)(query)


HANDLERS, _, POOL = os.environ.get("HANDLERS", "async").partition(":")
WORK = {"async": work_on_loop, "threads": work_in_pool, "django": work_in_own_thread}[HANDLERS]


def wsgi(environ, start_response):
    work(environ["QUERY_STRING"])
    body = b"%d" % os.getpid()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


async def asgi(scope, receive, send):
    if scope["type"] != "http":
        return
    await WORK(scope["query_string"].decode())
    body = b"%d" % os.getpid()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
