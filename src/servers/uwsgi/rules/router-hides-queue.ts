import type { ServerRule } from '../../rule.js';

export const routerHidesQueue: ServerRule = {
  severity: 'note',
  title: 'the queue that is tuned is not the one that fills',
  summary: 'http starts a router process, and listen is set',
  why: 'With http = a process of its own accepts everything and connects to the workers. listen then bounds only the inner socket: overload shows as time-outs of the router after 60 s, not as refused connections.',
  fix: 'Use http-socket behind a proxy, so that the workers accept by themselves.',
  source: 'plugins/http/http.c; unbit/uwsgi issue 2250',
  check({ deployment, backlog }) {
    const http = deployment.settings.get('http');
    if (!http || backlog.layer === null) return null;
    return {
      at: http.reading.at,
      message: 'the router process accepts all connections, and listen bounds only what is behind it',
      fix: 'use http-socket instead of http, behind a proxy',
      numbers: { listen: backlog.value },
    };
  },
};
