import type { Rule } from '../rule.js';

export const djangoKeptConnections: Rule = {
  severity: 'warning',
  title: 'database connections kept by threads that come and go',
  summary: 'a Django application under ASGI keeps its database connections',
  why: 'Under ASGI each request in flight runs its synchronous code in a thread of its own, and each thread has a connection of its own. With CONN_MAX_AGE it stays open after the request, though the thread is not used again: under load the connections grow until the database refuses more.',
  fix: "Set CONN_MAX_AGE = 0, and let a pool keep connections: OPTIONS = {'pool': …} (Django 5.1 with psycopg), or PgBouncer.",
  source: 'Django docs: Databases, persistent connections; asgiref/sync.py; Django ticket 33497',
  check({ deployment: { django }, kind }) {
    if (kind.value?.application !== 'asgi' || !django || django.keptSeconds <= 0 || django.hasPool)
      return null;
    const isForEver = !Number.isFinite(django.keptSeconds);
    return {
      at: django.at,
      message: `connections are kept for ${isForEver ? 'ever' : `${django.keptSeconds} s`} after their request, and under ASGI each request in flight has one of its own`,
      fix: "set CONN_MAX_AGE = 0, and use OPTIONS = {'pool': True} or PgBouncer",
      numbers: { connMaxAgeSeconds: isForEver ? null : django.keptSeconds },
    };
  },
};
