import { describe, expect, test } from 'vitest';
import { one, workload } from './kubernetes-objects.js';

describe('the balancer in front', () => {
  const backend = (name: string) => ({ rules: [{ http: { paths: [{ backend: { service: { name } } }] } }] });
  const ingress = (spec: object, annotations: object = {}, name = 'web') => ({
    kind: 'Ingress',
    metadata: { name: 'i', annotations },
    spec: { ...backend(name), ...spec },
  });
  const idle = (...fronts: object[]) => {
    const { idle: found } = one({}, ...fronts).traffic;
    return found && `${found.balancer} ${found.seconds}`;
  };

  test.each([
    [{ ingressClassName: 'alb' }, {}, 'the ALB 60'],
    [{}, { 'alb.ingress.kubernetes.io/scheme': 'x' }, 'the ALB 60'],
    [
      { ingressClassName: 'alb' },
      { 'alb.ingress.kubernetes.io/load-balancer-attributes': 'a=1,idle_timeout.timeout_seconds=120' },
      'the ALB 120',
    ],
    [{ ingressClassName: 'gce-internal' }, {}, "Google's load balancer 600"],
    [{}, { 'kubernetes.io/ingress.class': 'nginx' }, 'ingress-nginx 60'],
    [{ ingressClassName: 'my-nginx' }, {}, 'ingress-nginx 60'],
    [{ ingressClassName: 'traefik' }, {}, 'Traefik 90'],
    [{ ingressClassName: 'other' }, {}, null],
    [{}, {}, null],
  ])('%j %j keeps connections: %s', (spec, annotations, expected) => {
    expect(idle(ingress(spec, annotations))).toBe(expected);
  });

  test('leads here by a Service that selects these pods, or by its name alone', () => {
    const service = (selector: object) => ({ kind: 'Service', metadata: { name: 's' }, spec: { selector } });
    const nginx = ingress({ ingressClassName: 'nginx' }, {}, 's');
    expect(idle(nginx, service({ app: 'web' }))).toBe('ingress-nginx 60');
    expect(idle(nginx, service({ app: 'x' }))).toBeNull();
    expect(idle(nginx, service({}))).toBeNull();
    expect(idle(nginx)).toBe('ingress-nginx 60');
    const other = { ...workload(), metadata: { name: 'x' } };
    expect(idle(nginx, other)).toBeNull();
    expect(idle(ingress({ ingressClassName: 'nginx' }), other)).toBe('ingress-nginx 60');
    const old = ingress({
      ingressClassName: 'nginx',
      rules: [],
      defaultBackend: { service: { name: 'web' } },
    });
    expect(idle(old, other)).toBe('ingress-nginx 60');
    const oldest = ingress({
      ingressClassName: 'nginx',
      rules: [{ http: { paths: [{ backend: { serviceName: 'web' } }] } }],
    });
    expect(idle(oldest, other)).toBe('ingress-nginx 60');
  });
});
