import { mebibytes, milliseconds, percent, significant } from '../../../text/numbers.js';
import type { VariableName } from '../vary.js';

type Unit = 'req/s' | 'MiB' | 'ms' | '%' | '';

const UNITS: Readonly<Partial<Record<VariableName, Unit>>> = {
  rate: 'req/s',
  mem: 'MiB',
  perWorker: 'MiB',
  shared: 'MiB',
  perThread: 'MiB',
  master: 'MiB',
  serviceTime: 'ms',
  cpuTime: 'ms',
  ioTime: 'ms',
  overhead: 'ms',
  ioRatio: '%',
};

/** An input with the unit of its raw values, for axes. */
export function inputLabel(input: VariableName): string {
  const unit = UNITS[input];
  return unit && unit !== '%' ? `${input}, ${unit}` : input;
}

/** A value of an input for people. */
export function inputValue(input: VariableName, value: number): string {
  switch (UNITS[input]) {
    case 'req/s':
      return `${significant(value, 4)}/s`;
    case 'MiB':
      return mebibytes(value);
    case 'ms':
      return milliseconds(value);
    case '%':
      return percent(value);
    default:
      return significant(value, 4);
  }
}
