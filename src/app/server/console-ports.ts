import type { DataSource } from 'typeorm';
import { loadContracts } from '../../contracts/contracts.ts';
import { currentRelease } from '../../disclosure/current-release.ts';
import { version } from '../../package-root.ts';
import { holdsMadeUp } from '../../sources/agency.ts';
import type { Console } from './console.ts';
import { linkagePorts } from './linkage-ports.ts';
import { releasedPorts } from './released/current-figures.ts';
import { visitorOf } from './visitor.ts';
import { workingPorts } from './working-ports.ts';

export interface ConsoleSources {
  readonly api: DataSource;
  /** People, roles and tokens. */
  readonly gate: DataSource;
  readonly linker: () => Promise<DataSource>;
}

/** What the console's pages read, from where it really is. */
export function composeConsole({ api, gate, linker }: ConsoleSources): Console {
  const contracts = loadContracts();
  return {
    hub: async () => ({
      version,
      madeUp: await holdsMadeUp(api),
      release: await currentRelease(api),
    }),
    readerOf: visitorOf,
    ports: {
      contracts,
      ...releasedPorts(api, contracts),
      ...workingPorts(api, gate),
      ...linkagePorts(linker),
    },
  };
}
