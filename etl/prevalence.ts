/**
 * How many young people no system identified, from the hub's own lists: a list is what the agencies of one system
 * identified in a closed period, under one definition and geography. What linkage left open is drawn from the stored
 * probabilities and goes into the same interval as chance and the choice of model. A refusal is a result, and is kept.
 */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../src/contracts/contracts.ts';
import { transaction } from '../src/db/transaction.ts';
import { Refused } from '../src/errors.ts';
import { version } from '../src/package-root.ts';
import { closeRun, openRun, performStage } from '../src/runs/ledger.ts';
import type { CaptureTable } from './estimate/capture-table.ts';
import type { Stratified } from './estimate/strata.ts';
import { type Answers, type Work, type WorkOut, workOut } from './prevalence/answer-work.ts';
import { declaredReferrals } from './prevalence/declared-referrals.ts';
import { drawnLinkages } from './prevalence/drawn-linkages.ts';
import { historyTable } from './prevalence/history-table.ts';
import { plain, type Settings, withQuality } from './prevalence/hub-answer.ts';
import { type Identified, readIdentified, type Stratum, stratumNamed } from './prevalence/identified.ts';
import {
  earlierAnswers,
  keepEstimate,
  type MadeOf,
  type StoredEstimate,
  storedEstimates,
} from './prevalence/kept-estimates.ts';
import { type Asked, definitionsOf, questionOf, TERM } from './prevalence/question.ts';
import { stratifiedTable } from './prevalence/stratified-table.ts';

export interface EstimateRequest extends Asked {
  readonly measurer: DataSource;
  readonly requestedBy: string;
  /** A characteristic, in each group of which an estimate is wanted. */
  readonly by?: string;
  readonly draws: number;
  readonly seed: number;
  /** Resamples within each draw. */
  readonly replicates: number;
  /** Who works answers out; without it, this thread. */
  readonly workOut?: WorkOut;
}

export async function estimateHub(request: EstimateRequest): Promise<readonly StoredEstimate[]> {
  const { measurer, requestedBy, today } = request;
  const contracts = loadContracts();
  const question = questionOf(contracts, request);
  const by = request.by === undefined ? undefined : stratumNamed(request.by);
  const run = await openRun(measurer, 'estimate', requestedBy);
  try {
    const found = await transaction(
      measurer,
      ({ client }) => readIdentified(client, contracts, question, { by, today }),
      { county: '*' },
    );
    if (found === undefined)
      throw new Refused('NOT_LINKED_YET', 'Nothing has been linked yet, so no list overlaps another.', {
        remedy: 'Run `npx tessera persons link`.',
      });
    if (by !== undefined && found.answers.size === 0)
      throw new Refused('NO_GROUPS', `No record of those identified tells ${by}.`, {
        remedy: 'Ask without --by, or take in the records of young people.',
      });
    const settings = settingsOf(request, found);
    const table = historyTable(found.bySystem, found.persons);
    const definitions = definitionsOf(contracts, question);
    const input = {
      period: request.period,
      county: request.county ?? 'all',
      region: request.region ?? 'all',
      known_on: found.knownOn,
      term: TERM,
      term_version: definitions[TERM] as number,
      definitions,
      linkage: found.linkage,
      table_hash: tableHash(table, found, by),
      code_version: version,
      seed: request.seed,
      draws: request.draws,
      lists: table.lists,
    };
    const inputHash = digest(input, by ?? 'all', settings);
    const ids = (strata: readonly string[]): readonly string[] =>
      strata.map((name) => digest(inputHash, name));
    await performStage(measurer, { run, name: 'estimate', inputHash }, async (progress) => {
      const work = workFor(table, found, by, request.draws, settings);
      const answers = await answersTo(request, work, settings);
      return transaction(measurer, async ({ client }) => {
        for (const [stratum, answer] of answers) {
          const [id] = ids([stratum]) as [string];
          await keepEstimate(client, run, { id, stratum, ...input } satisfies MadeOf, answer, work.hash);
        }
        const people = table.counts.reduce((sum, count) => sum + count, 0);
        const counts = { rowsIn: people, accepted: people, rejected: 0 };
        await progress.succeed(client, counts);
        return counts;
      });
    });
    await closeRun(measurer, run, 'succeeded');
    return await storedEstimates(measurer, ids(strataOf(found, by)));
  } catch (error) {
    await closeRun(measurer, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

function settingsOf({ seed, replicates }: EstimateRequest, { quality }: Identified): Settings {
  return { seed, replicates, referrals: declaredReferrals(), quality };
}

function workFor(
  table: CaptureTable,
  { bySystem, persons, links, answers }: Identified,
  by: Stratum | undefined,
  draws: number,
  settings: Settings,
): Work & { readonly hash: string } {
  const linkages = drawnLinkages(persons, links, draws, settings.seed);
  const { seed, replicates, referrals } = settings;
  const hashOf = (tables: readonly unknown[]): string =>
    digest(by ?? 'all', table.lists, tables, seed, replicates, referrals, version);
  if (by === undefined) {
    const drawn = linkages.map((linkage) => historyTable(bySystem, linkage));
    return { by, asLinked: table, drawn, hash: hashOf([table, ...drawn].map(plain)) };
  }
  const asLinked = stratifiedTable(bySystem, persons, answers);
  const drawn = linkages.map((linkage) => stratifiedTable(bySystem, linkage, answers));
  return { by, asLinked, drawn, hash: hashOf([asLinked, ...drawn].map(plainStrata)) };
}

/** Tables of a year that is over seldom change: what was worked out from the same ones stands. */
async function answersTo(
  { measurer, workOut: working = workOut }: EstimateRequest,
  { hash, ...work }: ReturnType<typeof workFor>,
  settings: Settings,
): Promise<Answers> {
  const earlier = await earlierAnswers(measurer, hash);
  if (earlier.size === 0) return working(work, settings);
  const again = [...earlier].map(async ([name, one]) => [name, await withQuality(one, settings)] as const);
  return new Map(await Promise.all(again));
}

/** Every value that some record tells: a group in which nobody was identified has an answer too, a refusal. */
function strataOf({ answers }: Identified, by: Stratum | undefined): readonly string[] {
  if (by === undefined) return ['all'];
  return [...new Set([...answers.values()].flat())].map((value) => `${by}=${value}`);
}

/** Of the counts that are estimated from; by strata also of those of each group. */
function tableHash(table: CaptureTable, found: Identified, by: Stratum | undefined): string {
  if (by === undefined) return digest(table.lists, [...table.counts]);
  const { parts, unknown } = plainStrata(stratifiedTable(found.bySystem, found.persons, found.answers));
  return digest(table.lists, parts, unknown);
}

function plainStrata({ strata, unknown }: Stratified) {
  const parts = Object.entries(strata).map(([name, { counts }]) => [name, [...counts]]);
  return { parts, unknown: [...unknown.counts] };
}

function digest(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
