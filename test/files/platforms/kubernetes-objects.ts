import { objectsOf } from '../../../src/files/platforms/kubernetes/objects.js';
import { readKubernetes } from '../../../src/files/platforms/kubernetes/workloads.js';
import type { ServiceReading } from '../../../src/files/platforms/service.js';
import { sourceOf } from '../../../src/files/text-file.js';
import { contextOf } from './told.js';

/** The containers of these objects. */
export const read = (...documents: object[]) => {
  const source = sourceOf('k.yaml', documents.map((one) => JSON.stringify(one)).join('\n---\n'));
  return readKubernetes({ objects: objectsOf(source, contextOf()) }, contextOf());
};

interface Workload {
  readonly kind?: string;
  readonly container?: object;
  readonly pod?: object;
  readonly spec?: object;
  readonly annotations?: object;
}

const LABELS = { app: 'web', tier: 'front' };
/** A workload of one container, and what is said of it. */
export const workload = ({
  kind = 'Deployment',
  container = {},
  pod = {},
  spec = {},
  annotations = {},
}: Workload = {}) => ({
  kind,
  metadata: { name: 'web' },
  spec: {
    ...spec,
    template: {
      metadata: { labels: LABELS, annotations },
      spec: { containers: [{ name: 'app', ...container }], ...pod },
    },
  },
});

export const one = (workloadOf: Workload, ...around: object[]): ServiceReading =>
  read(workload(workloadOf), ...around)[0]!;
