import { type OptionType, ValueError } from './option.js';
import { count, duration } from './types.js';

/** One station of a closed network: the service a job needs there per visit to the network. */
export interface StationDemand {
  readonly demandMs: number;
  /** Servers of the station; `delay` where there is never a queue. */
  readonly servers: number | 'delay';
}

const servers = count();

/** `400ms@8`: a service demand and the servers that share it. */
export const demand: OptionType<StationDemand> = {
  name: 'demand',
  accepts: 'a duration, with @servers or @delay where it is not one server: 200ms, 400ms@8, 1s@delay',
  format: (v) => `${duration.format(v.demandMs)}${v.servers === 1 ? '' : `@${v.servers}`}`,
  parse(text) {
    const parts = text.trim().split('@');
    if (parts.length > 2) throw new ValueError(`"${text}" is not a demand; accepted: ${this.accepts}`);
    const [time = '', at = '1'] = parts;
    return {
      demandMs: duration.parse(time),
      servers: at.trim() === 'delay' ? 'delay' : servers.parse(at.trim()),
    };
  },
};
