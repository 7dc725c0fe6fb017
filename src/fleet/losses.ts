import { errorShareOf } from '../model/error-shares.js';
import { toldPrediction } from '../plan/configuration.js';
import { judge, withoutCeiling } from '../plan/search/judge.js';
import type { ConfigurationPrediction } from '../plan/types.js';
import { facilityOf, type Look, predictionAt, type State } from './evaluate.js';
import type { Loss } from './plan-of-fleet.js';
import type { FleetPlanning } from './question.js';

const MOST = 8;

/** What those left do while 0, 1, 2 … replicas are gone, until the objective is missed or {@link MOST} are gone. */
export function lossesOf(question: FleetPlanning, look: Look): readonly Loss[] {
  const { workload, objective } = question.profile;
  const losses: Loss[] = [];
  for (let gone = 0; gone <= MOST && gone < look.replicas; gone++) {
    const serving = look.replicas - gone;
    const rate = workload.ratePerSecond! / serving;
    const prediction = predictionAt(question, { ...look, replicas: serving }, rate);
    const { met } = judge(prediction, withoutCeiling(objective), rate);
    losses.push({
      gone,
      serving,
      prediction: toldState(question, look, { serving, prediction }),
      meetsObjective: met,
    });
    if (!met) break;
  }
  return losses;
}

/** What one of those that serve does, with the published error of its model. */
export const toldState = (
  question: FleetPlanning,
  look: Look,
  { serving, prediction }: State,
): ConfigurationPrediction =>
  toldPrediction(
    question.profile.workload.ratePerSecond! / serving,
    prediction,
    errorShareOf(facilityOf(question, look)),
  );
