/** The facts of everybody who changed, in a stage of their own: what is estimated and counted after it finds them made. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../src/contracts/contracts.ts';
import { Refused } from '../src/errors.ts';
import { closeRun, openRun, performStage, type StageResult } from '../src/runs/ledger.ts';
import { buildFacts, rulesHash } from './measure/build-facts.ts';
import { inFacts, takeTurn } from './measure/in-facts.ts';
import { Laps } from './measure/laps.ts';
import { newestDay } from './measure/measure-input.ts';

export async function makeFacts({
  measurer,
  requestedBy,
}: {
  readonly measurer: DataSource;
  readonly requestedBy: string;
}): Promise<StageResult> {
  const contracts = loadContracts();
  const knownOn = await newestDay(measurer);
  const run = await openRun(measurer, 'facts', requestedBy);
  try {
    const inputHash = createHash('sha256')
      .update(JSON.stringify([await rowsAndMembers(measurer), rulesHash(contracts), knownOn]))
      .digest('hex');
    const day = { knownOn, knownThen: undefined };
    const found = await performStage(measurer, { run, name: 'facts', inputHash }, (progress) =>
      inFacts(measurer, contracts, { ...day, linkedToday: false, aside: false }, async (client) => {
        await takeTurn(client);
        const built = await buildFacts(client, contracts, { ...day, aside: false, full: false }, new Laps());
        const counts = { rowsIn: built.persons, accepted: built.inScope, rejected: 0 };
        await progress.succeed(client, counts);
        return counts;
      }),
    );
    await closeRun(measurer, run, 'succeeded');
    return found;
  } catch (error) {
    await closeRun(measurer, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

/** Facts that a destruction declared void are made anew though nothing came. */
async function rowsAndMembers(measurer: DataSource): Promise<unknown> {
  const [row] = await measurer.query<unknown[]>(
    `SELECT (SELECT max(number) FROM persons.linkage) AS linkage,
       (SELECT coalesce(max(id), 0) FROM ops.delivery) AS delivery,
       (SELECT count(*) || ':' || coalesce(sum(hash_array_extended(ARRAY[surrogate, person_id], 0)::numeric), 0)
        FROM persons.membership) AS members,
       (SELECT max(id) FROM measures.build WHERE rules_hash = repeat('0', 64)) AS void`,
  );
  return row;
}
