/** What an answer is worked out from, by strata or not: the tables as linked, and as each drawn linkage makes them. Pure. */
import type { CaptureTable } from '../estimate/capture-table.ts';
import type { Stratified } from '../estimate/strata.ts';
import { answerFrom, answersByStratum, type HubAnswer, type Settings } from './hub-answer.ts';
import type { Stratum } from './identified.ts';

export type Work =
  | { readonly by: undefined; readonly asLinked: CaptureTable; readonly drawn: readonly CaptureTable[] }
  | { readonly by: Stratum; readonly asLinked: Stratified; readonly drawn: readonly Stratified[] };

/** By stratum, or of all. */
export type Answers = ReadonlyMap<string, HubAnswer>;

export type WorkOut = (work: Work, settings: Settings) => Promise<Answers>;

export const workOut: WorkOut = async (work, settings) => {
  if (work.by === undefined) return new Map([['all', await answerFrom(work.asLinked, work.drawn, settings)]]);
  const found = await answersByStratum(work.asLinked, work.drawn, settings);
  return new Map([...found].map(([value, answer]) => [`${work.by}=${value}`, answer]));
};
