import { UsageError } from '../host/errors.js';
import type { HandlerPart } from '../input/handlers/parts.js';
import type { Origins } from '../input/learnt.js';
import type { Values } from '../input/options.js';
import { lawMean } from '../math/laws/moments.js';
import { lawOf } from '../math/laws/two-moment.js';
import { mixedWorkload } from '../model/mixed/workload.js';
import type { RequestLaws, Workload } from '../model/types.js';
import { flagOf } from '../text/names.js';

/** Options that say what any request does. */
const OF_ANY = ['serviceTime', 'ioRatio', 'cpuTime', 'ioTime'] as const satisfies readonly (keyof Values)[];

/**
 * The values with the mean times of any request, where each part of mixed handlers has its own. Throws a {@link UsageError}
 * where the options say otherwise, and where handlers are mixed with what is not predicted of them.
 */
export function withTimesOfParts(values: Values, origins: Origins): Values {
  const { mix } = values.handlers ?? {};
  if (!mix) return values;
  if (values.dbPool !== undefined || values.dbTime !== undefined)
    throw new UsageError(
      `${flagOf(values.dbPool !== undefined ? 'dbPool' : 'dbTime')}: a line for database connections is not predicted of mixed handlers; leave it out, or give one kind of --handlers`,
    );
  const { looped, pooled } = mix;
  const { cpuTime, ioTime, ...others } = values;
  const [cpuMs, ioMs] = [meanOf(looped, pooled, 'cpuTime'), meanOf(looped, pooled, 'ioTime')];
  if (cpuMs === null || ioMs === null) return values;
  const typed = OF_ANY.find((name) => origins[name] && origins[name]?.source === origins.handlers?.source);
  if (typed)
    throw new UsageError(
      `${flagOf(typed)}: every part of --handlers has CPU and I/O of its own; leave it out, or those of a part`,
    );
  const { serviceTime: _, ioRatio: __, ...rest } = others;
  return { ...rest, cpuTime: cpuMs, ioTime: ioMs };
}

/** Mean over both parts; null where one does not say it. */
function meanOf(looped: HandlerPart, pooled: HandlerPart, name: 'cpuTime' | 'ioTime'): number | null {
  const [one, other] = [looped[name], pooled[name]];
  return one === undefined || other === undefined ? null : looped.share * one + pooled.share * other;
}

/** What each part of mixed handlers does: as its own values say, else as any request. */
export function ofMixedHandlers(
  workload: Workload,
  { handlers }: Values,
  ofAny: { readonly cpuCv: number; readonly ioCv: number },
): Workload {
  const { mix } = handlers ?? {};
  if (!mix) return workload;
  const lawsOf = ({ cpuTime, ioTime, cpuCv, ioCv }: HandlerPart): RequestLaws => ({
    cpu:
      cpuTime === undefined && cpuCv === undefined
        ? workload.cpu
        : lawOf(cpuTime ?? lawMean(workload.cpu), cpuCv ?? ofAny.cpuCv),
    io:
      ioTime === undefined && ioCv === undefined
        ? workload.io
        : lawOf(ioTime ?? lawMean(workload.io), ioCv ?? ofAny.ioCv),
  });
  const mixed = mixedWorkload(workload, {
    pooledShare: mix.pooled.share,
    looped: lawsOf(mix.looped),
    pooled: lawsOf(mix.pooled),
  });
  return { ...mixed, ioCalls: lawMean(mixed.io) > 0 ? Math.max(1, workload.ioCalls) : 0 };
}
