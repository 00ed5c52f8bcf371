/** Facts → every metric → a candidate, which no outside surface can read. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../src/contracts/contracts.ts';
import { Refused } from '../src/errors.ts';
import { type Counts, closeRun, openRun, performStage } from '../src/runs/ledger.ts';
import { metricVersions, termsAsDefinedOn } from './measure/as-defined.ts';
import { buildFacts, type FactsBuilt } from './measure/build-facts.ts';
import { keepCandidate, type Payload } from './measure/candidate.ts';
import { factsHash } from './measure/facts-hash.ts';
import { type Clients, inFacts, inKeptFacts } from './measure/in-facts.ts';
import { Laps } from './measure/laps.ts';
import { makeFigures } from './measure/make-figures.ts';
import { inputOf, type MeasureWanted, newestDay } from './measure/measure-input.ts';

export interface Measured {
  readonly outcome: 'measured' | 'unchanged';
  readonly candidate: string;
  /** Whether the candidate is the newest: not one of another day, and not by other definitions. */
  readonly current: boolean;
  readonly knownOn: string;
  readonly facts: FactsBuilt | undefined;
  readonly figures: number;
  /** Where the time went. */
  readonly seconds: Readonly<Record<string, number>>;
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
    const laps = new Laps();
    const day = { knownOn, knownThen: wanted.knownOn, linkedToday: wanted.linkage === 'today' };
    await performStage(measurer, { run, name: 'measure', inputHash }, async (progress) => {
      /** In one transaction with the stage's end; the first connection writes. */
      const conclude = async (clients: Clients, built: FactsBuilt): Promise<Counts> => {
        const [client] = clients;
        let hashes = { facts: '', members: '' };
        const hash = (beside: PoolClient): Promise<void> =>
          laps.of('hashing the facts', async () => {
            hashes = await factsHash(beside);
          });
        const figures = await makeFigures(clients, contracts, versions, wanted.knownOn, laps, hash);
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
        const candidate = await laps.of('keeping the candidate', () =>
          keepCandidate(client, run, payload, { current, inputHash }),
        );
        measured = {
          outcome: 'measured',
          candidate,
          current,
          knownOn,
          facts: built,
          figures: figures.length,
          seconds: laps.seconds,
        };
        const counts = { rowsIn: built.persons, accepted: figures.length, rejected: 0 };
        await progress.succeed(client, counts);
        return counts;
      };
      const build = (client: PoolClient): Promise<FactsBuilt> =>
        buildFacts(
          client,
          contracts,
          {
            ...day,
            aside,
            full: wanted.full === true,
          },
          laps,
        );
      return aside
        ? inFacts(measurer, contracts, { ...day, aside }, async (client) =>
            conclude([client], await build(client)),
          )
        : inKeptFacts(measurer, contracts, day, build, conclude);
    });
    await closeRun(measurer, run, 'succeeded');
    return measured ?? { ...(await earlierOf(measurer, inputHash)), current, knownOn };
  } catch (error) {
    await closeRun(measurer, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
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
  return {
    outcome: 'unchanged',
    candidate: row.id,
    facts: undefined,
    figures: Number(row.figures),
    seconds: {},
  };
}
