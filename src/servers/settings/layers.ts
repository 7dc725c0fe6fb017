import { type Reading, type Scalar, type Unknown, unknown } from '../../files/reading.js';
import type { Span } from '../../files/text-file.js';
import type { EffectiveSetting, Layer, Placed } from '../deployments/deployment.js';
import type { ArgsReading, CommandLine } from './command-line.js';

/** What one place says about settings. */
export interface SettingLayer {
  readonly layer: Layer;
  readonly settings: ReadonlyMap<string, Reading<Scalar>>;
  /** Values that the same place sets before and takes back. */
  readonly replaced?: ReadonlyMap<string, Reading<Scalar>>;
  /** What may set them again in the same place. */
  readonly mayReset?: ReadonlyMap<string, Unknown>;
  /** Why this place may set others too; null where it does not. */
  readonly mayAlsoSet: { readonly why: string; readonly at: Span } | null;
}

/** Settings in force, from the places in rising order of precedence. Where a place may hide more, what lies below it is unknown. */
export function effectiveSettings(
  { settings, sizing }: Pick<CommandLine, 'settings' | 'sizing'>,
  layers: readonly SettingLayer[],
): Map<string, EffectiveSetting> {
  const result = new Map<string, EffectiveSetting>();
  const downwards = [...layers].reverse();
  for (const name of Object.keys(settings)) {
    const placed = downwards.flatMap((layer): Placed[] => {
      const reading = layer.settings.get(name);
      const before = layer.replaced?.get(name);
      if (reading)
        return [reading, ...(before ? [before] : [])].map((one) => ({ layer: layer.layer, reading: one }));
      if (!layer.mayAlsoSet || !sizing.includes(name)) return [];
      return [{ layer: layer.layer, reading: unknown(layer.mayAlsoSet.why, layer.mayAlsoSet.at) }];
    });
    const [top, ...overridden] = placed;
    const mayReset = downwards.find(({ layer }) => layer === top?.layer)?.mayReset?.get(name);
    if (top) result.set(name, { ...top, overridden, ...(mayReset && { mayReset }) });
  }
  return result;
}

/** What words of a command line set. */
export const argsLayer = (
  layer: Layer,
  { settings, replaced, mayReset, opaque }: ArgsReading,
): SettingLayer => ({
  layer,
  settings,
  ...(replaced && { replaced }),
  ...(mayReset && { mayReset }),
  mayAlsoSet: opaque[0] ?? null,
});
