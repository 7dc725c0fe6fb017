import type { Topic } from '../../../text/topic.js';

const rule = (
  id: string,
  title: string,
  formula: string,
  what: string,
  fails: string,
  source: string,
): Topic => ({
  id,
  kind: 'rule elsewhere',
  title,
  formula,
  what,
  holds: 'On the platform it was made for, as a start.',
  fails,
  source,
});

/** How others size servers, for comparison. */
export const ELSEWHERE_TOPICS: readonly Topic[] = [
  rule(
    'heroku',
    'Heroku’s buildpack',
    'workers = min(memory / 256 MiB, 2 × cores + 1)',
    'Sets WEB_CONCURRENCY at start and logs which of the two bounds won.',
    'It assumes 256 MiB a worker and reads cgroup v1 only.',
    'heroku-buildpack-python',
  ),
  rule(
    'openshift',
    'OpenShift s2i',
    'workers = min((memory − 43 MiB) / 40 MiB, 2 × cores, 12)',
    'Bounds workers by memory, by cores and by a cap.',
    '40 MiB is far less than most applications use.',
    's2i-python-container',
  ),
  rule(
    'passenger',
    'Passenger',
    'processes = memory × 0.75 / memory per process',
    'Leaves a quarter of memory to everything else.',
    'It says nothing about latency.',
    'Passenger documentation, server optimization guide',
  ),
  rule(
    'puma',
    'Puma',
    'workers = cores, threads 3 to 5',
    'One worker a core, few threads, and pods of four workers or more.',
    'Made for Ruby; its busy workers delay accepting, which Gunicorn’s do not.',
    'Puma documentation, deployment',
  ),
  rule(
    'mod-wsgi',
    'mod_wsgi-express',
    'threads about 50 % busy',
    'Aims at half-busy threads in steady state.',
    'A share of busy threads means different latencies at different sizes.',
    'mod_wsgi documentation',
  ),
  rule(
    'tiangolo',
    'tiangolo/uvicorn-gunicorn',
    'workers = max(cores × WORKERS_PER_CORE, 2), at most MAX_WORKERS',
    'An image’s start script; WEB_CONCURRENCY overrides all of it.',
    'It takes the host’s cores inside a container.',
    'uvicorn-gunicorn-docker',
  ),
  rule(
    'cloud-run',
    'Cloud Run guide',
    '1 worker, 8 threads, timeout 0',
    'One process with threads, and the platform adds instances.',
    'The platform sends 80 requests at once to 8 threads unless its concurrency is lowered.',
    'Google Cloud documentation',
  ),
];
