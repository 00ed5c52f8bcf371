/** Facts → every metric → a candidate, which no outside surface can read. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { type Contracts, loadContracts } from '../src/contracts/contracts.ts';
import { transaction } from '../src/db/transaction.ts';
import { Refused } from '../src/errors.ts';
import { closeRun, openRun, performStage } from '../src/runs/ledger.ts';
import { takeAside } from './measure/aside.ts';
import { buildFacts, type FactsBuilt, rulesHash } from './measure/build-facts.ts';
import { keepCandidate, type Payload } from './measure/candidate.ts';
import { deriveFacts } from './measure/facts/derived.ts';
import { factsHash } from './measure/facts-hash.ts';
import { makeFigures } from './measure/make-figures.ts';
import { ZONE } from './validate/calendar.ts';

export interface MeasureWanted {
  readonly measurer: DataSource;
  readonly requestedBy: string;
  readonly codeVersion: string;
  /** As the hub knew things at the end of a day; left out, as it knows them now. */
  readonly knownOn?: string | undefined;
  /** Facts of everybody anew, even if little changed. */
  readonly full?: boolean | undefined;
  /** The day up to which the hub is taken to know; left out, the day of the newest delivery. */
  readonly today?: string | undefined;
  /** Earlier versions of metrics. */
  readonly versions?: ReadonlyMap<string, number>;
  readonly contracts?: Contracts;
}

export interface Measured {
  readonly outcome: 'measured' | 'unchanged';
  readonly candidate: string;
  readonly knownOn: string;
  readonly facts: FactsBuilt | undefined;
  readonly figures: number;
}

export async function measure(wanted: MeasureWanted): Promise<Measured> {
  const { measurer, contracts = loadContracts() } = wanted;
  const knownOn = wanted.knownOn ?? wanted.today ?? (await newestDay(measurer));
  const run = await openRun(measurer, 'measure', wanted.requestedBy);
  try {
    const inputHash = await inputOf(wanted, contracts, knownOn);
    let measured: Measured | undefined;
    await performStage(measurer, { run, name: 'measure', inputHash }, async (progress) =>
      inFacts(measurer, contracts, wanted.knownOn !== undefined, async (client) => {
        const built = await buildFacts(client, contracts, {
          knownOn,
          asKnownThen: wanted.knownOn !== undefined,
          full: wanted.full === true,
        });
        const versions = wanted.versions ?? new Map();
        const figures = await makeFigures(client, contracts, versions, wanted.knownOn);
        const hashes = await factsHash(client);
        const payload: Payload = {
          knownOn,
          factsHash: hashes.facts,
          linkageVersion: hashes.members,
          codeVersion: wanted.codeVersion,
          definitions: Object.fromEntries(
            [...contracts.metrics.values()].map(({ id, version }) => [id, versions.get(id) ?? version]),
          ),
          figures,
        };
        const current = wanted.knownOn === undefined && wanted.versions === undefined;
        const candidate = await keepCandidate(client, run, payload, { current, inputHash });
        measured = { outcome: 'measured', candidate, knownOn, facts: built, figures: figures.length };
        const counts = { rowsIn: built.persons, accepted: figures.length, rejected: 0 };
        await progress.succeed(client, counts);
        return counts;
      }),
    );
    await closeRun(measurer, run, 'succeeded');
    return measured ?? (await earlierOf(measurer, inputHash, knownOn));
  } catch (error) {
    await closeRun(measurer, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

/** Bare names mean facts, days are days in California, and rows of every county are seen. */
export async function inFacts<T>(
  measurer: DataSource,
  contracts: Contracts,
  aside: boolean,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return transaction(
    measurer,
    async ({ client }) => {
      await client.query(
        `SET LOCAL search_path = measures; SET LOCAL TimeZone = '${ZONE}'; SET LOCAL jit = off`,
      );
      if (aside) await takeAside(client);
      await deriveFacts(client, contracts, aside);
      return work(client);
    },
    { county: '*' },
  );
}

async function newestDay(measurer: DataSource): Promise<string> {
  const [row] = await measurer.query<{ day: string | null }[]>(
    `SELECT (max(as_of) AT TIME ZONE '${ZONE}')::date::text AS day FROM ops.delivery`,
  );
  if (typeof row?.day === 'string') return row.day;
  throw new Refused('NOTHING_DELIVERED', 'there is nothing to measure: no delivery has been taken in', {
    remedy: 'take one in with `npx tessera deliver FOLDER`',
  });
}

/** What figures follow from. Deliveries only ever grow; memberships may come and go, so all of them are asked. */
async function inputOf(wanted: MeasureWanted, contracts: Contracts, knownOn: string): Promise<string> {
  const [row] = await wanted.measurer.query<{ delivery: string; members: string; estimates: string }[]>(
    `SELECT (SELECT coalesce(string_agg(id, ',' ORDER BY made_at, id), '') FROM measures.estimate) AS estimates,
       (SELECT max(number) FROM persons.linkage) AS linkage,
       (SELECT coalesce(max(id), 0) FROM ops.delivery) AS delivery,
       (SELECT count(*) || ':' || coalesce(sum(hashtextextended(surrogate::text || person_id::text, 0)::numeric), 0)
        FROM persons.membership) AS members`,
  );
  const metrics = [...contracts.metrics.values()].map((metric) => [
    metric,
    [...metric.sql],
    [...metric.dimensions],
  ]);
  const clocks = [...contracts.clocks.values()];
  const input = [
    row,
    rulesHash(contracts),
    clocks,
    metrics,
    knownOn,
    wanted.knownOn ?? null,
    wanted.full ?? false,
  ];
  return createHash('sha256')
    .update(JSON.stringify([...input, [...(wanted.versions ?? [])], wanted.codeVersion]))
    .digest('hex');
}

async function earlierOf(measurer: DataSource, inputHash: string, knownOn: string): Promise<Measured> {
  const [row] = await measurer.query<{ id: string; figures: string }[]>(
    `SELECT c.id, (SELECT count(*) FROM measures.figure f WHERE f.candidate_id = c.id) AS figures
     FROM measures.candidate c WHERE c.input_hash = $1 ORDER BY made_at DESC LIMIT 1`,
    [inputHash],
  );
  if (row === undefined) throw new Error('a stage that was done without a candidate');
  return { outcome: 'unchanged', candidate: row.id, knownOn, facts: undefined, figures: Number(row.figures) };
}
