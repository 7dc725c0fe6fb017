import { known, type Scalar } from '../../files/reading.js';
import { literal } from '../../files/shell/command-text.js';
import { type StartReading, type StartText, variableLayer } from '../manual.js';
import { assumingNone, prefixedLayers, readLine } from '../settings/read-line.js';
import { UVICORN_LINE } from './command-line.js';

const PREFIX = 'UVICORN_';

/**
 * What a start of Uvicorn sets. `WEB_CONCURRENCY` is the default of `workers` in its configuration, and so lies under
 * `UVICORN_WORKERS` and the command line (uvicorn/config.py). An `--env-file` is read after the options, and carries none.
 */
export function readStart(start: StartText): StartReading {
  const command = literal(start.words[0]);
  if (command === 'run' || command === 'dev') return readFastapi(start, command);
  const { environment } = start.outer;
  const reading = readLine(UVICORN_LINE, start, [
    ...variableLayer(environment, 'WEB_CONCURRENCY', 'workers', start.at),
    ...prefixedLayers(UVICORN_LINE, environment, PREFIX),
  ]);
  return { ...reading, assumes: assumingNone(environment, PREFIX) };
}

/** `fastapi run` starts Uvicorn with options of its own; `fastapi dev` reloads. `UVICORN_*` is not read. */
function readFastapi(start: StartText, command: 'run' | 'dev'): StartReading {
  const reload = new Map([['reload', known<Scalar>(command === 'dev', start.at)]]);
  return readLine(UVICORN_LINE, { ...start, words: start.words.slice(1) }, [
    ...variableLayer(start.outer.environment, 'WEB_CONCURRENCY', 'workers', start.at),
    { layer: `fastapi ${command}`, settings: reload, mayAlsoSet: null },
  ]);
}
