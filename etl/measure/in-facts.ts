/** Connections that read facts under their bare names. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import { Held } from '../../src/errors.ts';
import { ZONE } from '../validate/calendar.ts';
import { takeAside } from './aside.ts';
import { deriveFacts, type FactsDay, forgetFacts } from './facts/derived.ts';

/** The first of them writes what follows. */
export type Clients = readonly [PoolClient, ...PoolClient[]];

/** Bare names mean facts, days are days in California, and rows of every county are seen. */
export async function inFacts<T>(
  measurer: DataSource,
  contracts: Contracts,
  { aside, ...day }: FactsDay & { readonly aside: boolean },
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return transaction(
    measurer,
    async ({ client }) => {
      // A hub has a connection or two that measure, and figures are counted by hashing: more memory than the server's share.
      await client.query(
        `SET LOCAL search_path = measures; SET LOCAL TimeZone = '${ZONE}'; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`,
      );
      if (aside) await takeAside(client, contracts);
      await deriveFacts(client, contracts, day);
      const answer = await work(client);
      await forgetFacts(client);
      return answer;
    },
    { county: '*' },
  );
}

/**
 * Facts that stay are made first and then counted by two connections, one for each of the processors that the smallest hub
 * has: what one of them has not committed the other could not see. A crash in between leaves facts that the next measuring
 * begins with; figures never follow from facts that are half made.
 */
export async function inKeptFacts<Built extends { readonly build: string | undefined }, T>(
  measurer: DataSource,
  contracts: Contracts,
  day: FactsDay,
  make: (client: PoolClient) => Promise<Built>,
  count: (clients: Clients, built: Built) => Promise<T>,
): Promise<T> {
  const within = { ...day, aside: false };
  const built = await inFacts(measurer, contracts, within, async (client) => {
    await takeTurn(client);
    return make(client);
  });
  return inFacts(measurer, contracts, within, async (first) => {
    await takeTurn(first);
    await refuseOtherFacts(first, built.build);
    return inFacts(measurer, contracts, within, (second) => count([first, second], built));
  });
}

/** Until the end of the transaction nobody else makes facts or counts them. */
export async function takeTurn(client: PoolClient): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('tessera facts', 0))`);
}

async function refuseOtherFacts(client: PoolClient, build: string | undefined): Promise<void> {
  const { rows } = await client.query<{ newest: string }>('SELECT max(id) AS newest FROM build');
  if (rows[0]?.newest === build) return;
  throw new Held('FACTS_MADE_ANEW', 'another measuring made facts before these were counted', {
    remedy: 'Measure again; only what has changed since is made anew.',
  });
}
