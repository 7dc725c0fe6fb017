import type { KnownLine } from '../known.js';
import {
  applicationLoadBalancer,
  classicLoadBalancer,
  networkLoadBalancer,
} from './elastic-load-balancing.js';
import { endOfRequest, endOfRequestByLogger } from './end-of-request.js';
import { envoy } from './envoy.js';
import { gin } from './gin.js';
import { granian } from './granian.js';
import { haproxy } from './haproxy.js';
import { ingressNginx } from './ingress-nginx.js';
import { traefik } from './traefik.js';
import { uvicorn } from './uvicorn.js';
import { uwsgi } from './uwsgi.js';

/** Formats of plain lines that are known as a whole. */
export const LINE_FORMATS: readonly KnownLine[] = [
  ingressNginx,
  traefik,
  applicationLoadBalancer,
  classicLoadBalancer,
  networkLoadBalancer,
  envoy,
  haproxy,
  uwsgi,
  granian,
  gin,
  uvicorn,
  endOfRequestByLogger,
  endOfRequest,
];
