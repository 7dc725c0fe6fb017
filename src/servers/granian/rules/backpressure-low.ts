import { plain } from '../../../text/sentences.js';
import { keptByProxy, type ServerRule } from '../../rule.js';

export const backpressureLow: ServerRule = {
  severity: 'warning',
  title: 'idle connections shut the others out',
  summary: 'backpressure leaves no room beside the connections that are kept open',
  why: 'Backpressure counts connections, not requests: one that a proxy keeps open holds its place while nothing runs on it. Where all places are held the worker stops accepting, health checks included, though its threads are idle.',
  fix: 'Set --backpressure above the connections that the proxy keeps and the requests wanted at once together, and bound those with --blocking-threads.',
  source: 'granian/server/common.py, src/workers.rs; mitodl/ol-infrastructure issue 5694',
  check({ connections, workers, threads, kind, question }) {
    const { value: backpressure } = connections;
    if (backpressure === null || workers.value === null || kind.value === null) return null;
    const kept = keptByProxy({ question, workers });
    const isWsgi = kind.value.application === 'wsgi';
    const wanted = isWsgi ? (threads.value ?? 1) : 1;
    const isSetLow = isWsgi && connections.layer !== null && backpressure <= wanted;
    if (question.proxyConnections === null ? !isSetLow : backpressure >= kept + wanted) return null;
    const most = question.proxyConnections === null ? '' : ` beside ${plain(kept)} that the proxy keeps open`;
    return {
      at: connections.layer === null ? workers.at : connections.at,
      message: `a worker holds at most ${plain(backpressure)} connections${most}, idle ones included, and ${isWsgi ? `has ${plain(wanted)} threads for them` : 'then stops accepting'}`,
      fix: `set --backpressure ${question.proxyConnections === null ? 4 * wanted : 2 * kept + wanted} or more`,
      numbers: { backpressure, wanted, proxyConnections: question.proxyConnections },
    };
  },
};
