/**
 * Finds the persons among all agencies' rows, as the linker, who reads tokens and no content: read, apply the model
 * or learn one, score what changed, cluster, and make it current together with its history in one transaction.
 */
import { createHash } from 'node:crypto';
import type { ClientBase, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { transaction } from '../src/db/transaction.ts';
import { Refused } from '../src/errors.ts';
import { closeRun, openRun, performStage, type StageInProgress } from '../src/runs/ledger.ts';
import { defaultLimits } from './link/blocking.ts';
import { DEFAULT_THRESHOLD, stopwatch } from './link/link.ts';
import { type EarlierLinkage, lastLinkage, readEarlierState } from './persons/earlier-state.ts';
import { keepLinks } from './persons/keep-links.ts';
import { keepPersons } from './persons/keep-persons.ts';
import { keepReview } from './persons/keep-review.ts';
import { type LinkageReport, linkageReport, reportOf } from './persons/linkage-report.ts';
import { type LinkageRows, readLinkageRows, rowsHash } from './persons/linkage-rows.ts';
import { readOpinions } from './persons/opinions.ts';
import { reviewPairs } from './persons/review-pairs.ts';
import { currentModel, keepModel, type StoredModel } from './persons/stored-model.ts';
import { findPersons, type LinkageTerms, type Tonight, trainOn } from './persons/tonight.ts';

/** Raised when the same rows under the same model would be linked otherwise: the next night then scores everything. */
const METHOD = 2;

export interface LinkageRequest {
  readonly linker: DataSource;
  readonly requestedBy: string;
  /** Records are linked when this or more likely to be one person. */
  readonly threshold?: number;
  /** The largest block that is compared within. */
  readonly cap?: number;
  /** Learn the model anew, and score everything with it. */
  readonly train?: boolean;
  /** Score everything, and not only what changed. */
  readonly full?: boolean;
}

export async function linkPersons(request: LinkageRequest): Promise<LinkageReport> {
  const { linker, requestedBy } = request;
  const run = await openRun(linker, 'linkage', requestedBy);
  try {
    const input = await inputOf(request);
    const stage = { run, name: 'link', inputHash: input.stageHash };
    const { outcome } = await performStage(linker, stage, (progress) =>
      transaction(linker, ({ client }) => linkInside(client, request, { ...input, run }, progress)),
    );
    await closeRun(linker, run, 'succeeded');
    return { outcome: outcome === 'unchanged' ? 'unchanged' : 'linked', ...(await linkageReport(linker)) };
  } catch (error) {
    await closeRun(linker, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

interface Input {
  readonly inputHash: string;
  readonly stageHash: string;
}

/** What was asked for by name is always done; otherwise the same input after the same linkage changes nothing. */
async function inputOf(request: LinkageRequest): Promise<Input> {
  return transaction(
    request.linker,
    async ({ client }) => {
      const last = await lastLinkage(client);
      const inputHash = digest(await rowsHash(client), await termsOf(client, request), METHOD);
      const demand = [request.train === true, request.full === true];
      const same = last?.inputHash === inputHash && !demand.includes(true);
      return { inputHash, stageHash: same ? last.stageHash : digest(inputHash, last?.number ?? 0, demand) };
    },
    { county: '*' },
  );
}

async function linkInside(
  client: PoolClient,
  request: LinkageRequest,
  input: Input & { readonly run: string },
  progress: StageInProgress,
): Promise<{ rowsIn: number; accepted: number; rejected: number }> {
  const clock = stopwatch();
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('tessera linkage', 0)),
                             set_config('tessera.county', '*', true)`);
  const terms = await termsOf(client, request);
  const rows = await readLinkageRows(client);
  const last = await lastLinkage(client);
  const known = await readEarlierState(client);
  const readSeconds = clock();
  const before = await currentModel(client, rows.keyVersion, rows.table);
  const model = request.train === true || before === undefined ? trainOn(rows, terms.limits) : before;
  const trainSeconds = clock();
  const onlyChanged = request.full !== true && follows(last, model);
  const tonight = findPersons(rows, model, terms, known, onlyChanged);
  const review = reviewPairs(rows, model, terms, tonight);
  const linkSeconds = clock();
  if (model.version !== before?.version) await keepModel(client, rows.keyVersion, model);
  const linkage = await openLinkage(client, input, { rows, model, terms, tonight, onlyChanged });
  await keepLinks(client, rows, tonight, known);
  await keepPersons(client, linkage, tonight, known);
  await keepReview(client, linkage, review.pairs);
  const seconds = { read: readSeconds, train: trainSeconds, link: linkSeconds, keep: clock() };
  const report = reportOf({ linkage, rows, model, before, terms, tonight, review, onlyChanged, seconds });
  await client.query('INSERT INTO ops.linkage_quality (linkage, quality) VALUES ($1, $2)', [
    linkage,
    JSON.stringify(report),
  ]);
  const counts = {
    rowsIn: rows.table.count + rows.clks.alone + rows.leftOut.length,
    accepted: rows.table.count + rows.clks.alone,
    rejected: rows.leftOut.length,
  };
  await progress.succeed(client, counts);
  return counts;
}

/** Only a night under the same model and method can be carried on. */
function follows(last: EarlierLinkage | undefined, { version }: StoredModel): boolean {
  return last !== undefined && last.model === version && last.method === METHOD;
}

async function termsOf(client: ClientBase, request: LinkageRequest): Promise<LinkageTerms> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM governance.agency WHERE deduplicated ORDER BY id',
  );
  return {
    threshold: request.threshold ?? DEFAULT_THRESHOLD,
    limits: { ...defaultLimits, ...(request.cap === undefined ? {} : { cap: request.cap }) },
    deduplicated: rows.map(({ id }) => id),
    opinions: await readOpinions(client),
  };
}

async function openLinkage(
  client: ClientBase,
  { inputHash, stageHash, run }: Input & { readonly run: string },
  found: {
    readonly rows: LinkageRows;
    readonly model: StoredModel;
    readonly terms: LinkageTerms;
    readonly tonight: Tonight;
    readonly onlyChanged: boolean;
  },
): Promise<number> {
  const { rows, model, terms, tonight, onlyChanged } = found;
  const inserted = await client.query<{ number: number }>(
    `INSERT INTO persons.linkage (run_id, input_hash, stage_hash, method, kind, key_version, model, threshold, records, persons)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING number`,
    [
      run,
      inputHash,
      stageHash,
      METHOD,
      onlyChanged ? 'delta' : 'full',
      rows.keyVersion,
      model.version,
      terms.threshold,
      rows.table.count + rows.clks.alone + rows.leftOut.length,
      new Set(tonight.persons.values()).size,
    ],
  );
  const [row] = inserted.rows;
  if (row === undefined) throw new Error('an insert that returned no row');
  return row.number;
}

function digest(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
