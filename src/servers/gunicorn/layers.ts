import { type Reading, type Scalar, unknown } from '../../files/reading.js';
import type { Span } from '../../files/text-file.js';
import type { EffectiveSetting, Layer, Placed } from '../deployments/deployment.js';
import { GUNICORN_SETTINGS, type SettingName, SIZING_SETTINGS } from './read-settings.js';

/** What one place says about settings. */
export interface SettingLayer {
  readonly layer: Layer;
  readonly settings: ReadonlyMap<SettingName, Reading<Scalar>>;
  /** Why this place may set others too; null where it does not. */
  readonly mayAlsoSet: { readonly why: string; readonly at: Span } | null;
}

/** Settings in force, from the places in rising order of precedence. Where a place may hide more, what lies below it is unknown. */
export function effectiveSettings(layers: readonly SettingLayer[]): Map<SettingName, EffectiveSetting> {
  const result = new Map<SettingName, EffectiveSetting>();
  const downwards = [...layers].reverse();
  for (const name of Object.keys(GUNICORN_SETTINGS) as SettingName[]) {
    const placed = downwards.flatMap((layer): Placed[] => {
      const reading = layer.settings.get(name);
      if (reading) return [{ layer: layer.layer, reading }];
      const isSizing = (SIZING_SETTINGS as readonly string[]).includes(name);
      if (!layer.mayAlsoSet || !isSizing) return [];
      return [{ layer: layer.layer, reading: unknown(layer.mayAlsoSet.why, layer.mayAlsoSet.at) }];
    });
    const [top, ...overridden] = placed;
    if (top) result.set(name, { ...top, overridden });
  }
  return result;
}
