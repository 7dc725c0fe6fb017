import { mebibytes } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { versionText } from '../../version.js';
import { EXTRA_COPY } from '../facts.js';

export const extraCopy: ServerRule = {
  severity: 'warning',
  title: 'one copy of the application more',
  summary: 'this version keeps a copy of the application in the parent process',
  why: 'From 0.47 to 0.49 the parent imports the application too and keeps it: the server takes the memory of one worker more than it has workers.',
  fix: 'Upgrade to 0.50 or later.',
  source: 'uvicorn docs/release-notes.md; uvicorn/main.py',
  check({ version, workers, question }) {
    const { perWorkerMiB } = question.memory;
    if (version < EXTRA_COPY.since || version > EXTRA_COPY.until || (workers.value ?? 0) < 2) return null;
    return {
      at: workers.at,
      message: `Uvicorn ${versionText(version)} keeps a copy of the application in its parent${perWorkerMiB === null ? '' : `, about ${mebibytes(perWorkerMiB)} more`}`,
      fix: 'upgrade to 0.50 or later',
      numbers: { version: versionText(version), perWorkerMiB },
      byVersion: true,
    };
  },
};
