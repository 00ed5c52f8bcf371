/** Facts → every metric → a candidate, which no outside surface can read. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { type Contracts, loadContracts } from '../src/contracts/contracts.ts';
import { transaction } from '../src/db/transaction.ts';
import { Refused } from '../src/errors.ts';
import { closeRun, openRun, performStage } from '../src/runs/ledger.ts';
import { metricVersions, termsAsDefinedOn } from './measure/as-defined.ts';
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
  /** Who is one person, of an earlier day: as linked by its end, or as linked today. */
  readonly linkage?: 'then' | 'today' | undefined;
  /** By the terms and metrics as they were defined on a day; left out, as they are defined now. */
  readonly definedOn?: string | undefined;
  /** Facts of everybody anew, even if little changed. */
  readonly full?: boolean | undefined;
  /** The day up to which the hub is taken to know; left out, the day of the newest delivery. */
  readonly today?: string | undefined;
  /** Earlier versions of single metrics. */
  readonly versions?: ReadonlyMap<string, number> | undefined;
  readonly contracts?: Contracts;
}

export interface Measured {
  readonly outcome: 'measured' | 'unchanged';
  readonly candidate: string;
  /** Whether the candidate is the newest: not one of another day, and not by other definitions. */
  readonly current: boolean;
  readonly knownOn: string;
  readonly facts: FactsBuilt | undefined;
  readonly figures: number;
}

/** Such figures are for whoever asked; they do not take the place of the newest. */
function isOfAnotherDay({ knownOn, definedOn, versions }: MeasureWanted): boolean {
  return knownOn !== undefined || definedOn !== undefined || versions !== undefined;
}

export async function measure(wanted: MeasureWanted): Promise<Measured> {
  const { measurer } = wanted;
  const today = wanted.contracts ?? loadContracts();
  const contracts = wanted.definedOn === undefined ? today : termsAsDefinedOn(today, wanted.definedOn);
  const versions = metricVersions(today, wanted);
  const current = !isOfAnotherDay(wanted);
  const aside = wanted.knownOn !== undefined || wanted.definedOn !== undefined;
  const knownOn = wanted.knownOn ?? wanted.today ?? (await newestDay(measurer));
  const run = await openRun(measurer, 'measure', wanted.requestedBy);
  try {
    const inputHash = await inputOf(wanted, contracts, knownOn, versions);
    let measured: Measured | undefined;
    await performStage(measurer, { run, name: 'measure', inputHash }, async (progress) =>
      inFacts(measurer, contracts, { aside, knownThen: wanted.knownOn }, async (client) => {
        const built = await buildFacts(client, contracts, {
          knownOn,
          knownThen: wanted.knownOn,
          linkedToday: wanted.linkage === 'today',
          aside,
          full: wanted.full === true,
        });
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
        const candidate = await keepCandidate(client, run, payload, { current, inputHash });
        measured = {
          outcome: 'measured',
          candidate,
          current,
          knownOn,
          facts: built,
          figures: figures.length,
        };
        const counts = { rowsIn: built.persons, accepted: figures.length, rejected: 0 };
        await progress.succeed(client, counts);
        return counts;
      }),
    );
    await closeRun(measurer, run, 'succeeded');
    return measured ?? { ...(await earlierOf(measurer, inputHash)), current, knownOn };
  } catch (error) {
    await closeRun(measurer, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

/** Bare names mean facts, days are days in California, and rows of every county are seen. */
export async function inFacts<T>(
  measurer: DataSource,
  contracts: Contracts,
  { aside, knownThen }: { readonly aside: boolean; readonly knownThen?: string | undefined },
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return transaction(
    measurer,
    async ({ client }) => {
      await client.query(
        `SET LOCAL search_path = measures; SET LOCAL TimeZone = '${ZONE}'; SET LOCAL jit = off`,
      );
      if (aside) await takeAside(client, contracts);
      await deriveFacts(client, contracts, knownThen);
      return work(client);
    },
    { county: '*' },
  );
}

export async function newestDay(measurer: DataSource): Promise<string> {
  const [row] = await measurer.query<{ day: string | null }[]>(
    `SELECT (max(as_of) AT TIME ZONE '${ZONE}')::date::text AS day FROM ops.delivery`,
  );
  if (typeof row?.day === 'string') return row.day;
  throw new Refused('NOTHING_DELIVERED', 'there is nothing to measure: no delivery has been taken in', {
    remedy: 'take one in with `npx tessera deliver FOLDER`',
  });
}

/** What figures follow from. Deliveries only ever grow; memberships may come and go, so all of them are asked. */
async function inputOf(
  wanted: MeasureWanted,
  contracts: Contracts,
  knownOn: string,
  versions: ReadonlyMap<string, number>,
): Promise<string> {
  const [row] = await wanted.measurer.query<{ delivery: string; members: string; estimates: string }[]>(
    `SELECT (SELECT coalesce(string_agg(id, ',' ORDER BY made_at, id), '') FROM measures.estimate) AS estimates,
       (SELECT max(number) FROM persons.linkage) AS linkage,
       (SELECT coalesce(max(id), 0) FROM ops.delivery) AS delivery,
       (SELECT count(*) || ':' || coalesce(sum(hash_array_extended(ARRAY[surrogate, person_id], 0)::numeric), 0)
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
    .update(
      JSON.stringify([
        ...input,
        [...versions],
        wanted.definedOn ?? null,
        wanted.linkage ?? null,
        wanted.codeVersion,
      ]),
    )
    .digest('hex');
}

async function earlierOf(
  measurer: DataSource,
  inputHash: string,
): Promise<Omit<Measured, 'current' | 'knownOn'>> {
  const [row] = await measurer.query<{ id: string; figures: string }[]>(
    `SELECT c.id, (SELECT count(*) FROM measures.figure f WHERE f.candidate_id = c.id) AS figures
     FROM measures.input i JOIN measures.candidate c ON c.id = i.candidate_id WHERE i.input_hash = $1`,
    [inputHash],
  );
  if (row === undefined) throw new Error('a stage that was done without a candidate');
  return { outcome: 'unchanged', candidate: row.id, facts: undefined, figures: Number(row.figures) };
}
