import { wholeNumber } from '../../quantities.js';
import { quantity, type YamlNode } from '../../yaml-tree.js';
import type { Traffic } from '../service.js';
import { kindOfObject, nameOf } from './objects.js';

interface Around {
  readonly object: YamlNode;
  readonly pod: YamlNode;
  readonly fronts: readonly YamlNode[];
  readonly isOnly: boolean;
}

/** What sends requests to a container: the platform's own limit, the balancer in front, the probe that restarts it. */
export function trafficOf(container: YamlNode, around: Around): Traffic {
  const limit = quantity(around.pod.get('containerConcurrency'), wholeNumber, 'number');
  return {
    concurrency: limit?.known && limit.value === 0 ? null : limit && { name: 'containerConcurrency', limit },
    idle: idleOf(around),
    liveness: livenessOf(container),
  };
}

/** A probe over HTTP fails the container after so many failures in a row; of others nothing is said of requests. */
function livenessOf(container: YamlNode): Traffic['liveness'] {
  const probe = container.get('livenessProbe');
  if (!probe?.get('httpGet')) return null;
  const number = (name: string, fallback: number) => {
    const text = probe.get(name)?.text;
    return text === undefined ? fallback : wholeNumber(text);
  };
  const [period, failures, timeout] = [
    number('periodSeconds', 10),
    number('failureThreshold', 3),
    number('timeoutSeconds', 1),
  ];
  if (period === null || failures === null || timeout === null) return null;
  return { seconds: period * Math.max(0, failures - 1) + Math.max(period, timeout), at: probe.at };
}

/** Seconds that balancers keep idle connections to what is behind them, by their own defaults. */
const IDLE_SECONDS = { ALB: 60, GCLB: 600, nginx: 60, Traefik: 90 } as const;

/** The balancer of an Ingress that leads to the workload, where its kind is known. */
function idleOf(around: Around): Traffic['idle'] {
  const ingress = around.fronts.find(
    (object) => kindOfObject(object) === 'Ingress' && leadsTo(object, around),
  );
  if (!ingress) return null;
  const annotations = ingress.path('metadata', 'annotations')?.entries() ?? [];
  const name =
    ingress.path('spec', 'ingressClassName')?.text ??
    annotations.find(({ key }) => key === 'kubernetes.io/ingress.class')?.value.text ??
    '';
  const { at } = ingress.path('spec', 'ingressClassName') ?? ingress.get('kind') ?? ingress;
  if (/^alb$/.test(name) || annotations.some(({ key }) => key.startsWith('alb.ingress.kubernetes.io/'))) {
    const attributes = annotations.find(({ key }) => key.endsWith('/load-balancer-attributes'))?.value;
    const set = /idle_timeout\.timeout_seconds=(\d{1,5})/.exec(attributes?.text ?? '')?.[1];
    return {
      balancer: 'the ALB',
      seconds: set ? Number(set) : IDLE_SECONDS.ALB,
      at: set ? attributes!.at : at,
    };
  }
  if (/^gce/.test(name)) return { balancer: "Google's load balancer", seconds: IDLE_SECONDS.GCLB, at };
  if (/nginx/.test(name)) return { balancer: 'ingress-nginx', seconds: IDLE_SECONDS.nginx, at };
  return /traefik/.test(name) ? { balancer: 'Traefik', seconds: IDLE_SECONDS.Traefik, at } : null;
}

/** Whether an Ingress names a Service that selects the workload's pods; where that Service is not given, by its name. */
function leadsTo(ingress: YamlNode, { object, fronts, isOnly }: Around): boolean {
  const names = backendsOf(ingress);
  const services = fronts.filter((front) => kindOfObject(front) === 'Service' && names.has(nameOf(front)));
  if (services.length === 0) return names.has(nameOf(object)) || (isOnly && names.size > 0);
  const labels = object.path('spec', 'template', 'metadata', 'labels');
  return services.some((service) => {
    const selector = service.path('spec', 'selector')?.entries() ?? [];
    return selector.length > 0 && selector.every(({ key, value }) => labels?.get(key)?.text === value.text);
  });
}

function backendsOf(ingress: YamlNode): ReadonlySet<string> {
  const paths = (ingress.path('spec', 'rules')?.items() ?? []).flatMap(
    (rule) => rule.path('http', 'paths')?.items() ?? [],
  );
  const backends = [...paths.map((path) => path.get('backend')), ingress.path('spec', 'defaultBackend')];
  return new Set(
    backends.flatMap(
      (backend) => backend?.path('service', 'name')?.text ?? backend?.get('serviceName')?.text ?? [],
    ),
  );
}
