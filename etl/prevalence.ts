/**
 * How many young people no system identified, from the hub's own lists: a list is what the agencies of one system
 * identified in a closed period, under one definition and geography. What linkage left open is drawn from the stored
 * probabilities and goes into the same interval as chance and the choice of model. A refusal is a result, and is kept.
 */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../src/contracts/contracts.ts';
import { termAsOf } from '../src/contracts/lookup.ts';
import { transaction } from '../src/db/transaction.ts';
import { Misuse, Refused } from '../src/errors.ts';
import { version } from '../src/package-root.ts';
import { closeRun, openRun, performStage } from '../src/runs/ledger.ts';
import { combined } from './estimate/adjusted.ts';
import type { CaptureTable } from './estimate/capture-table.ts';
import { type Estimation, estimate } from './estimate/estimate.ts';
import { requiredPairs } from './estimate/referrals.ts';
import type { Method } from './estimate/result.ts';
import { type TermQuestion, termQuery } from './persons/term-query.ts';
import { declaredReferrals } from './prevalence/declared-referrals.ts';
import { drawnLinkages } from './prevalence/drawn-linkages.ts';
import { historyTable } from './prevalence/history-table.ts';
import { type Identified, readIdentified } from './prevalence/identified.ts';

const TERM = 'identified';
/** The families that the verdict compares, and two lower bounds. */
const METHODS: readonly Method[] = [
  'chao-bc',
  'sample-coverage',
  'main-effects',
  'stepwise',
  'best-bic',
  'bic-average',
  'bma',
];
const LEVEL = 0.95;

export interface EstimateRequest {
  readonly measurer: DataSource;
  readonly requestedBy: string;
  /** A year that is over. */
  readonly period: string;
  /** A county's FIPS code; without it, the state. */
  readonly county?: string;
  readonly draws: number;
  readonly seed: number;
  /** Resamples within each draw. */
  readonly replicates: number;
  readonly today: string;
}

export interface StoredEstimate {
  readonly id: string;
  readonly period: string;
  readonly county: string;
  readonly term: string;
  readonly term_version: number;
  readonly linkage: number;
  readonly table_hash: string;
  readonly code_version: string;
  readonly seed: number;
  readonly draws: number;
  readonly lists: readonly string[];
  readonly refused: boolean;
  readonly reasons: readonly string[];
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export async function estimateHub(request: EstimateRequest): Promise<StoredEstimate> {
  const { measurer, requestedBy } = request;
  const question = questionOf(request);
  const contracts = loadContracts();
  const run = await openRun(measurer, 'estimate', requestedBy);
  try {
    const found = await transaction(
      measurer,
      ({ client }) => readIdentified(client, termQuery(contracts, question)),
      { county: '*' },
    );
    if (found === undefined)
      throw new Refused('NOT_LINKED_YET', 'Nothing has been linked yet, so no list overlaps another.', {
        remedy: 'Run `npx tessera persons link`.',
      });
    const table = historyTable(found.bySystem, found.persons);
    const input = {
      period: request.period,
      county: request.county ?? 'all',
      term: TERM,
      term_version: termAsOf(contracts, TERM, { on: question.on, ...countyOf(request) }).version,
      linkage: found.linkage,
      table_hash: digest(table.lists, [...table.counts]),
      code_version: version,
      seed: request.seed,
      draws: request.draws,
      lists: table.lists,
    };
    const id = digest(input, request.replicates, declaredReferrals());
    await performStage(measurer, { run, name: 'estimate', inputHash: id }, async (progress) => {
      const answer = await answerFrom(table, found, request);
      return transaction(measurer, async ({ client }) => {
        await keepEstimate(client, run, { id, ...input, ...answer });
        const people = table.counts.reduce((sum, count) => sum + count, 0);
        const counts = { rowsIn: people, accepted: people, rejected: 0 };
        await progress.succeed(client, counts);
        return counts;
      });
    });
    await closeRun(measurer, run, 'succeeded');
    return await storedEstimate(measurer, id);
  } catch (error) {
    await closeRun(measurer, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

function questionOf(request: EstimateRequest): TermQuestion & { readonly on: string } {
  const { period, today } = request;
  if (!/^(19|20)\d\d$/.test(period))
    throw new Misuse('PERIOD', '--period takes a year', {
      remedy: 'Give a year that is over, such as 2024.',
    });
  const [from, to] = [`${period}-01-01`, `${period}-12-31`];
  if (to >= today)
    throw new Refused('PERIOD_OPEN', `The period ${period} is not over, so its lists are not complete.`, {
      remedy: 'Give a year that is over.',
    });
  return { term: TERM, on: to, period: { from, to }, ...countyOf(request) };
}

function countyOf({ county }: EstimateRequest): { county?: string } {
  return county === undefined ? {} : { county };
}

interface Answer {
  readonly refused: boolean;
  readonly reasons: readonly string[];
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Everything behind the figure, for a statistician and for nobody outside. */
  readonly annex: unknown;
}

async function answerFrom(table: CaptureTable, found: Identified, request: EstimateRequest): Promise<Answer> {
  if (table.lists.length < 2)
    return refusal([`TOO_FEW_LISTS: ${table.lists.length} systems identified anybody`], { table });
  const known = declaredReferrals().filter(
    ({ from, to }) => table.lists.includes(from) && table.lists.includes(to),
  );
  const options = {
    level: LEVEL,
    seed: request.seed,
    replicates: request.replicates,
    required: requiredPairs(table, known),
  };
  const tables = drawnLinkages(found.persons, found.links, request.draws, request.seed).map((persons) =>
    historyTable(found.bySystem, persons),
  );
  const estimation: Estimation = await estimate(table, METHODS, { ...options, replicates: 0 });
  const over = estimation.verdict.refused ? null : combined(tables, options);
  const annex = {
    table: plain(table),
    draws: tables.map(plain),
    referrals: known,
    ...estimation,
    combined: over,
  };
  if (estimation.verdict.refused) return refusal(estimation.verdict.reasons, annex);
  if (over === null) return refusal(['LINKAGE_DRAWS: too many draws of the linkage give no estimate'], annex);
  return {
    refused: false,
    reasons: [],
    value: over.estimate,
    lower: over.lower,
    upper: over.upper,
    annex,
  };
}

function refusal(reasons: readonly string[], annex: unknown): Answer {
  return { refused: true, reasons, value: null, lower: null, upper: null, annex };
}

function plain({ lists, counts }: CaptureTable): { lists: readonly string[]; counts: number[] } {
  return { lists, counts: [...counts] };
}

async function keepEstimate(
  client: ClientBase,
  run: string,
  kept: Omit<StoredEstimate, 'id'> & { readonly id: string; readonly annex: unknown },
): Promise<void> {
  await client.query(
    `INSERT INTO measures.estimate (id, run_id, period, county, term, term_version, linkage, table_hash, code_version,
       seed, draws, lists, refused, reasons, value, lower, upper, annex)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      kept.id,
      run,
      kept.period,
      kept.county,
      kept.term,
      kept.term_version,
      kept.linkage,
      kept.table_hash,
      kept.code_version,
      kept.seed,
      kept.draws,
      kept.lists,
      kept.refused,
      kept.reasons,
      kept.value,
      kept.lower,
      kept.upper,
      JSON.stringify(kept.annex),
    ],
  );
}

async function storedEstimate(measurer: DataSource, id: string): Promise<StoredEstimate> {
  const [row] = await measurer.query<StoredEstimate[]>(
    `SELECT id, period, county, term, term_version, linkage, table_hash, code_version, seed::float8 AS seed, draws,
            lists, refused, reasons, value, lower, upper
     FROM measures.estimate WHERE id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('an estimate that was made is not there');
  return row;
}

function digest(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
