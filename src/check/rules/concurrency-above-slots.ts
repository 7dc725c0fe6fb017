import { plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const concurrencyAboveSlots: Rule = {
  severity: 'warning',
  title: 'the platform sends more requests at once than can be served',
  summary: "the platform's limit of requests at once is above the slots of one copy",
  why: 'The platform starts another copy only when a copy has as many requests as its limit. Up to there they wait in this one, however long its requests take.',
  fix: "Set the platform's limit to workers × threads, so that it starts another copy instead of letting requests wait.",
  source: 'Knative and Cloud Run: containerConcurrency; App Engine: max_concurrent_requests; Fly: hard_limit',
  check({ deployment, workers, slotsPerWorker }) {
    const { concurrency } = deployment.traffic;
    if (!concurrency?.limit.known || !workers.value || slotsPerWorker === null) return null;
    const slots = workers.value * slotsPerWorker;
    const { name, limit } = concurrency;
    if (limit.value <= slots) return null;
    return {
      at: limit.at,
      message: `${name} lets ${plain(limit.value)} requests in at once, and ${plain(slots)} ${slots === 1 ? 'is' : 'are'} served at once: up to ${plain(limit.value - slots)} wait`,
      fix: `set ${name} to ${plain(slots)}`,
      numbers: { concurrency: limit.value, slots },
    };
  },
};
