import { VERSION } from '../host/version.js';
import { whenRead } from '../model/predict.js';
import type { Predict } from '../model/types.js';
import type { Profile } from '../profile/types.js';
import type { Kind } from '../servers/server.js';
import { sortKinds, type Unsuitable } from '../servers/suitability.js';
import { configurationOf } from './configuration.js';
import { comparedKinds, wantedKinds } from './kinds.js';
import { modelsOf } from './models.js';
import {
  type Evaluated,
  inFlightPerWorker,
  mostWorkers,
  type Planning,
  startPlanning,
} from './search/candidate.js';
import { type Choice, choiceAsked, leanChoiceFor } from './search/choose.js';
import { givenConfiguration } from './search/given.js';
import { memoize } from './search/memoize.js';
import { asksAlike, recommend } from './search/recommend.js';
import { type Room, raisedOf, wantedRoom } from './search/room.js';
import { shape } from './search/shape.js';
import { compareStrategies, type UserStrategy } from './strategies.js';
import type { Configuration, PlanResult } from './types.js';
import { warningsOf } from './warnings/warnings.js';
import { type Explanation, explainChoice, explainGiven, explainRecommendation } from './why/choice.js';
import { derive } from './why/derivation.js';

export interface PlanOptions {
  /** Values of the user's own formulas. */
  readonly formulas?: readonly UserStrategy[];
}

const TOOL = { name: 'wcalc', version: VERSION } as const;

/**
 * The answer to a complete question: a recommendation, the given configuration beside it, how strategies and worker
 * classes compare, and why. Pure: asks `predict` for every configuration it looks at.
 */
export function plan(profile: Profile, predict: Predict, options: PlanOptions = {}): PlanResult {
  const planning = startPlanning(profile, memoize(predict));
  const { memoryMiB, perWorkerMiB } = profile.memory;
  return memoryMiB === null || perWorkerMiB === null ? onlyGiven(planning) : chosen(planning, options);
}

/** What every answer has: the question as it was understood, and the configuration that was given. */
function asked(planning: Planning, given: Evaluated | null) {
  const { profile } = planning;
  return {
    schemaVersion: 1 as const,
    tool: TOOL,
    inputs: profile.inputs,
    assumptions: profile.assumptions,
    origins: Object.fromEntries(Object.entries(profile.origins).map(([name, { where }]) => [name, where])),
    given: given && configurationOf(planning, given, ...explainGiven(planning, given)),
  };
}

/** Only a fixed configuration can be asked about without memory: there is nothing to choose. */
function onlyGiven(planning: Planning): PlanResult {
  const given = givenConfiguration(planning);
  const answer = asked(planning, given);
  return {
    ...answer,
    recommendation: null,
    leanest: null,
    strategies: [],
    classes: [],
    unsuitableClasses: [],
    warnings: warningsOf(planning, null, given),
    derivation: derive(planning, null, given),
    models: modelsOf(planning.profile, [answer.given]),
  };
}

/** Limits raised further than this are no advice for a class that is not recommended. */
const MOST_TIMES = 64;

function chosen(planning: Planning, options: PlanOptions): PlanResult {
  const { profile } = planning;
  const { kinds } = profile.server;
  const { unsuitable } = sortKinds(kinds, profile.server);
  const wanted = wantedKinds(profile);
  const compared = comparedKinds(profile);
  const unlimited = raisedOf(planning);
  const raised = raisedOf(planning, MOST_TIMES);
  const choices = compared.flatMap((kind) => choiceAsked(planning, kind) ?? []);
  const eligible = wanted ? choices.filter(({ kind }) => wanted.includes(kind)) : choices;
  const best = recommend(eligible, profile.ioKnown);
  const leanest = profile.lean ? null : leanestBeside(planning, best, eligible);
  const given = givenConfiguration(planning, best?.best.candidate);
  const answer = asked(planning, given);
  const recommendation =
    best && configured(planning, best, explainRecommendation(planning, unlimited, best, choices));
  return {
    ...answer,
    recommendation,
    leanest: leanest && configured(planning, leanest, explainChoice(planning, raised, leanest)),
    strategies: compareStrategies(planning, unlimited, options.formulas ?? []),
    classes: choices.map((choice) => classOf(planning, raised, choice)),
    unsuitableClasses: [
      ...unsuitable.filter(({ kind }) => !compared.includes(kind)),
      ...compared
        .filter((kind) => !choices.some((choice) => choice.kind === kind))
        .map((kind) => tooLarge(planning, kind)),
    ].map(({ kind: { server, workerClass }, reason }) => ({ server, workerClass, reason })),
    warnings: warningsOf(planning, best, given),
    derivation: derive(planning, best, given),
    models: modelsOf(profile, [recommendation, answer.given]),
  };
}

/** The choice of a class as it is printed, with the room that it keeps. */
function configured(planning: Planning, choice: Choice, explanation: Explanation): Configuration {
  const wanted = wantedRoom(planning.profile);
  const kept = (name: keyof Room): boolean | null => (wanted[name] ? choice.room[name] : null);
  return {
    ...configurationOf(planning, choice.best, ...explanation),
    room: {
      margin: kept('margin'),
      ceiling: kept('ceiling'),
      twoWorkers: kept('twoWorkers'),
      freeMemory: kept('freeMemory'),
    },
  };
}

/** The least memory that meets the objective; null where it is what is recommended. */
function leanestBeside(planning: Planning, best: Choice | null, eligible: readonly Choice[]): Choice | null {
  // Whether a class can meet the objective does not depend on the room, so neither does the tier of the answer.
  const choices = eligible.flatMap(({ kind }) =>
    best && asksAlike(kind, best.kind) ? (leanChoiceFor(planning, kind) ?? []) : [],
  );
  const leanest = recommend(choices, planning.profile.ioKnown);
  return leanest && JSON.stringify(leanest.best.candidate) !== JSON.stringify(best?.best.candidate)
    ? leanest
    : null;
}

/** What a class would run, its reason found when it is read. The reasons of settings stand once, with the recommendation. */
function classOf(planning: Planning, raised: Planning, choice: Choice): Configuration {
  const { settingReasons: _, ...configuration } = configured(planning, choice, UNREAD);
  whenRead(configuration, ['boundBy', 'why'], () => {
    const [boundBy, why] = explainChoice(planning, raised, choice);
    return { boundBy, why };
  });
  return configuration;
}

const UNREAD: Explanation = ['cpu', ''];

/** Why no configuration of a kind that suits can be run. */
function tooLarge(planning: Planning, kind: Kind): Unsuitable {
  const { by } = mostWorkers(planning.profile, inFlightPerWorker(planning, shape(planning, kind, 1)));
  const reason =
    by === 'memory'
      ? 'not even one worker fits into memory'
      : 'one worker with its requests in flight may hold more database connections than allowed; --db-pool bounds them';
  return { kind, reason };
}
