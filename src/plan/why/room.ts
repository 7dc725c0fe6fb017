import { mebibytesUp, percent, sized } from '../../text/sentences.js';
import type { Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import { errorOf, shareOfCapacity } from '../search/judge.js';
import { NO_ROOM, type Room, wantedRoom } from '../search/room.js';
import { shape } from '../search/shape.js';
import { cureOf, cureText, memoryNeeded } from './cure.js';
import { memoryFor } from './without-rate.js';

/** What of the room that an operator leaves gave way, and what it would take: a sentence each. */
export function whatGaveWay(planning: Planning, unlimited: Planning, choice: Choice): readonly string[] {
  const wanted = wantedRoom(planning.profile);
  const lost = (name: keyof Room): boolean => wanted[name] && !choice.room[name];
  const hasObjective = choice.met === true;
  return [
    ...(hasObjective && lost('margin') ? [marginLost(planning, unlimited, choice)] : []),
    ...(hasObjective && lost('ceiling') ? [ceilingLost(planning, unlimited, choice)] : []),
    ...(lost('twoWorkers') && choice.best.candidate.workers < 2 ? [secondLost(planning, choice)] : []),
    ...(lost('freeMemory') ? freeMemoryLost(planning, choice) : []),
  ];
}

function marginLost(planning: Planning, unlimited: Planning, choice: Choice): string {
  const { room, kind, best } = choice;
  const cure = cureOf(planning, unlimited, kind, { ...room, margin: true, freeMemory: false });
  const errors = planning.profile.objective.limits.flatMap(
    ({ metric }) => errorOf(best.errors, metric) ?? [],
  );
  const error = errors.length > 0 ? ` (up to ${percent(Math.max(...errors))})` : '';
  return `It is nearer to the limit than the model's error${error}: ${cure ? `${cureText(cure)} would keep that margin` : 'no number of workers or cores that was tried would keep that margin'}.`;
}

function ceilingLost(planning: Planning, unlimited: Planning, choice: Choice): string {
  const { room, kind, best } = choice;
  const { objective, workload } = planning.profile;
  const cure = cureOf(planning, unlimited, kind, { ...room, ceiling: true, freeMemory: false });
  const use = percent(shareOfCapacity(best.prediction, workload.ratePerSecond)!);
  return `The rate takes ${use} of the capacity, more than the ${percent(objective.ceiling!)} that leave room for bursts${cure ? `: ${cureText(cure)} would leave it` : ''}.`;
}

function secondLost(planning: Planning, { best, kind }: Choice): string {
  const two = shape(planning, kind, 2, best.candidate.threads);
  const need = memoryNeeded(planning, two, NO_ROOM);
  const { memoryMiB } = planning.profile.memory;
  const why =
    memoryMiB !== null && need > memoryMiB
      ? `${sized(2, two.threads)} need ${mebibytesUp(need)}`
      : 'a second would break another limit';
  return `A single worker leaves nobody to serve while it restarts: ${why}.`;
}

function freeMemoryLost(planning: Planning, { best }: Choice): readonly string[] {
  const { memoryMiB } = planning.profile.memory;
  if (memoryMiB === null) return [];
  const need = memoryNeeded(planning, best.candidate, { freeMemory: true });
  if (!Number.isFinite(need) || need <= memoryMiB) return [];
  const free = 1 - memoryFor(planning, best.candidate) / memoryMiB;
  const shown = free > 1e-9 ? `Only ${percent(free)}` : 'None';
  return [
    `${shown} of the memory stays free, less than the tenth that workers should have to grow: ${mebibytesUp(need)} would leave it.`,
  ];
}
