import { type OptionType, parseOr, ValueError } from '../option.js';
import { cpu } from './cpu.js';
import { quoted } from './decimal.js';
import { memory } from './memory.js';
import { type Price, price } from './price.js';

/** What one replica may be: CPU, memory, and what it costs. */
export interface MachineShape {
  readonly name: string;
  readonly cores: number;
  readonly memoryMiB: number;
  /** null where none was given. */
  readonly price: Price | null;
}

const accepts = '[NAME=]CORES:MEM[:PRICE], such as 2:4GiB, 500m:512Mi:0.02/h or small=1:2GiB:36/month';

/** `[NAME=]CORES:MEM[:PRICE]`; without a name it is called by its size. */
export const machineShape: OptionType<MachineShape> = {
  name: 'shape',
  accepts,
  format({ name, cores, memoryMiB, price: cost }) {
    const size = `${cpu.format(cores)}:${memory.format(memoryMiB)}`;
    return `${name === size ? '' : `${name}=`}${size}${cost ? `:${price.format(cost)}` : ''}`;
  },
  parse(text) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? null : text.slice(0, equals).trim();
    if (name === '') throw new ValueError(`${quoted(text)} has an empty name; accepted: ${accepts}`);
    const [cores, mem, cost, ...more] = text.slice(equals + 1).split(':');
    if (cores === undefined || mem === undefined || more.length > 0)
      throw new ValueError(`${quoted(text)} is no shape; accepted: ${accepts}`);
    const part = <T>(type: OptionType<T>, what: string, of: string): T =>
      parseOr(type, of, (message) => new ValueError(`${what} of ${quoted(text)}: ${message}`));
    const shape = { cores: part(cpu, 'the cores', cores), memoryMiB: part(memory, 'the memory', mem) };
    return {
      name: name ?? `${cpu.format(shape.cores)}:${memory.format(shape.memoryMiB)}`,
      ...shape,
      price: cost === undefined ? null : part(price, 'the price', cost),
    };
  },
};
