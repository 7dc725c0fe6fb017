import { isData } from '../../data.js';
import { at, numberAt, scaled, share, throughput } from '../reading/data.js';
import type { DocumentFormat } from './format.js';

/** What `vegeta report -type=json` writes; times in ns. */
export const vegetaReport: DocumentFormat = {
  kind: 'document',
  name: 'vegeta report',
  recognises: (data) => isData(data.latencies) && 'rate' in data && 'requests' in data,
  read(data, place) {
    const time = (name: string): number | null => scaled(numberAt(data, 'latencies', name), 1e-6);
    const [requests, offered] = [numberAt(data, 'requests'), numberAt(data, 'rate')];
    const [attackNs, waitNs] = [numberAt(data, 'duration'), numberAt(data, 'wait')];
    const wholeNs = attackNs !== null && waitNs !== null ? attackNs + waitNs : null;
    const good = numberAt(data, 'success');
    const rate = requests !== null && wholeNs ? requests / (wholeNs * 1e-9) : offered;
    const cut = isData(at(data, 'status_codes')) ? numberAt(data, 'status_codes', '0') : null;
    return [
      {
        source: place.file,
        tool: 'vegeta',
        loop: 'open',
        users: null,
        offeredPerSecond: offered,
        seconds: scaled(wholeNs, 1e-9),
        requests,
        throughputPerSecond: throughput(rate, place, 'rate'),
        errorShare: good === null ? null : 1 - Math.min(1, good),
        times: {
          meanMs: time('mean'),
          p50Ms: time('50th'),
          p90Ms: time('90th'),
          p95Ms: time('95th'),
          p99Ms: time('99th'),
          maxMs: time('max'),
        },
        notes:
          (share(cut, requests) ?? 0) > 0.01
            ? [`${cut} requests got no answer at all; their times are those of giving up`]
            : [],
      },
    ];
  },
};
