const MIB = 1024 * 1024;

/** CPU as Kubernetes and Compose write it: `500m`, `0.5`, `2`. In cores; null where it is something else. */
export function cpuCores(text: string): number | null {
  const match = /^(\d+(?:\.\d*)?|\.\d+)(m?)$/.exec(text);
  if (!match) return null;
  const value = Number(match[1]) / (match[2] ? 1000 : 1);
  return value > 0 && Number.isFinite(value) ? value : null;
}

const KUBERNETES_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: MIB,
  Gi: 1024 * MIB,
  Ti: MIB * MIB,
};

/** Memory as Kubernetes writes it: `512Mi`, `1G` (decimal), plain bytes. In MiB. */
export const kubernetesMemoryMiB = (text: string): number | null => sized(text, KUBERNETES_UNITS);

const COMPOSE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  kb: 1024,
  m: MIB,
  mb: MIB,
  g: 1024 * MIB,
  gb: 1024 * MIB,
};

/** Memory as Compose writes it: `512m`, `1gb`; units are powers of 1024. In MiB. */
export const composeMemoryMiB = (text: string): number | null => sized(text.toLowerCase(), COMPOSE_UNITS);

function sized(text: string, units: Readonly<Record<string, number>>): number | null {
  const match = /^(\d+(?:\.\d*)?(?:e\d{1,2})?)\s*([a-zA-Z]*)$/.exec(text);
  const unit = match ? units[match[2]!] : undefined;
  const value = match && unit !== undefined ? (Number(match[1]) * unit) / MIB : 0;
  return value > 0 && Number.isFinite(value) ? value : null;
}

export function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Durations as Compose writes them: `30s`, `1m30s`, `500ms`. In seconds. */
export function composeSeconds(text: string): number | null {
  const units: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return null;
  const seconds = parts.reduce((sum, [, value, unit]) => sum + Number(value) * units[unit!]!, 0);
  return Number.isFinite(seconds) ? seconds : null;
}
