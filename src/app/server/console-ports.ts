import type { DataSource } from 'typeorm';
import { loadContracts } from '../../contracts/contracts.ts';
import { transaction } from '../../db/transaction.ts';
import { currentRelease } from '../../disclosure/current-release.ts';
import { version } from '../../package-root.ts';
import { recentRuns } from '../../runs/recent-runs.ts';
import type { Console } from './console.ts';
import { viewerOf } from './visitor.ts';

/** What the console's pages read, from where it really is. */
export function composeConsole(api: DataSource): Console {
  const contracts = loadContracts();
  // As long as the contracts name a made-up agency, what the hub holds may be made up, and every page says so.
  const madeUp = [...contracts.mappings.values()].some((mapping) => mapping.madeUp);
  const nothingYet = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    hub: async () => ({ version, madeUp, release: await currentRelease(api) }),
    viewerOf,
    ports: {
      contracts,
      runs: () => transaction(api, ({ manager }) => recentRuns(manager, 20), { county: '*' }),
      catalogue: nothingYet,
      table: nothingYet,
      pictures: nothingYet,
    },
  };
}
