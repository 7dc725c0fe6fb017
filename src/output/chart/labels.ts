/** Where a text stands: its anchor on its baseline, in units of the drawing. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

interface Label {
  readonly text: string;
  /** Where it may stand, the best first. */
  readonly places: readonly [Place, ...Place[]];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Surroundings {
  readonly bounds: Box;
  /** Points of what is drawn and better left uncovered. */
  readonly drawn: readonly { readonly x: number; readonly y: number }[];
  /** Texts that stand already. */
  readonly standing: readonly (Place & { readonly text: string })[];
}

/** About the width of a character, its height above the baseline and below it, in a sans-serif font of 12 units. */
const LETTER = { wide: 6.5, above: 10, below: 3 } as const;

/** What makes a place worse: text over text most, then text that sticks out, then each point that is covered. */
const COST = { overlap: 1000, outside: 50, covered: 3 } as const;

/** A place for each label, in order: inside the bounds, off the labels before it, and off what is drawn where there is room. */
export function placeLabels(labels: readonly Label[], { bounds, drawn, standing }: Surroundings): Place[] {
  const taken = standing.map(({ text, ...place }) => boxOf(text, place));
  return labels.map(({ text, places }) => {
    const cost = (place: Place): number => {
      const box = boxOf(text, place);
      const overlaps = taken.filter((other) => overlap(box, other)).length;
      const covered = drawn.filter(
        ({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom,
      ).length;
      return COST.overlap * overlaps + COST.outside * outside(box, bounds) + COST.covered * covered;
    };
    const [first, ...others] = places;
    const best = others.reduce((least, place) => (cost(place) < cost(least) ? place : least), first);
    taken.push(boxOf(text, best));
    return best;
  });
}

function boxOf(text: string, { x, y, anchor }: Place): Box {
  const wide = text.length * LETTER.wide;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2;
  return { left, right: left + wide, top: y - LETTER.above, bottom: y + LETTER.below };
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** How far a box sticks out, in all. */
const outside = (box: Box, bounds: Box): number =>
  Math.max(0, bounds.left - box.left) +
  Math.max(0, box.right - bounds.right) +
  Math.max(0, bounds.top - box.top) +
  Math.max(0, box.bottom - bounds.bottom);
