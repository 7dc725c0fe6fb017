const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `21/Nov/2026:02:29:24 +0000`: the common log format, with or without fractions and zone. */
const CLF = /^\[?(\d\d)\/(\w{3})\/(\d{4})[: ](\d\d):(\d\d):(\d\d)([.,]\d+)? ?(Z|[+-]\d\d:?\d\d)?\]?$/;
/** ISO 8601, also with a blank, slashes, a comma or, in Gin's way, a dash where other programs write them. */
const ISO =
  /^\[?(\d{4})[-/](\d\d)[-/](\d\d)(?:T| (?:- )?)(\d\d):(\d\d):(\d\d)([.,]\d+)? ?(Z|[+-]\d\d:?\d\d|UTC)?\]?$/;
/** `Sun Mar 25 14:31:22 2012`: C's ctime. */
const CTIME = /^(?:\w{3} )(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/;
const LONGEST_TEXT = 50;
const EPOCH = /^\d+(?:\.\d+)?(?:e\+?\d+)?$/i;

/**
 * A time stamp in ms since 1970; NaN where the text is none. Times without a zone are taken as UTC. A plain number is a time
 * since 1970 in the unit given; where none is given, its size tells seconds, ms, µs and ns apart.
 */
export function timeOf(text: string, msPerUnit: number | null): number {
  if (text.length > LONGEST_TEXT) return Number.NaN;
  const clf = CLF.exec(text);
  if (clf) return instant(clf[3]!, month(clf[2]!), clf[1]!, clf, 4);
  const iso = ISO.exec(text);
  if (iso) return instant(iso[1]!, Number(iso[2]) - 1, iso[3]!, iso, 4);
  if (EPOCH.test(text)) return Number(text) * (msPerUnit ?? unitOfEpoch(Number(text)));
  const ctime = CTIME.exec(text);
  return ctime ? instant(ctime[6]!, month(ctime[1]!), ctime[2]!, ctime.slice(0, 6), 3) : Number.NaN;
}

/** A reader of time stamps that remembers the last one, for neighbouring lines often share it. */
export function timeReader(msPerUnit: number | null): (text: string) => number {
  let last = '';
  let lastMs = Number.NaN;
  return (text) => {
    if (text !== last) {
      last = text;
      lastMs = timeOf(text, msPerUnit);
    }
    return lastMs;
  };
}

const month = (name: string): number => {
  const at = MONTHS.indexOf(name);
  return at % 3 === 0 ? at / 3 : -1;
};

/** Hours, minutes, seconds, fraction and zone stand in the match from `at` on. */
function instant(year: string, month: number, day: string, match: readonly string[], at: number): number {
  const [hours, minutes, seconds] = [Number(match[at]), Number(match[at + 1]), Number(match[at + 2])];
  if (month < 0 || month > 11 || Number(day) < 1 || Number(day) > 31) return Number.NaN;
  if (hours > 23 || minutes > 59 || seconds > 60) return Number.NaN;
  const fraction = match[at + 3] === undefined ? 0 : Number(`0.${match[at + 3]!.slice(1)}`) * 1000;
  // Date.UTC takes the years 0 to 99 as those of the last century.
  const date = new Date(0).setUTCFullYear(Number(year), month, Number(day));
  return date + ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction - zoneMs(match[at + 4]);
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

/** Seconds since 1970 have ten digits for another two centuries. */
function unitOfEpoch(value: number): number {
  if (value < 1e11) return 1e3;
  if (value < 1e14) return 1;
  return value < 1e17 ? 1e-3 : 1e-6;
}
