import type { DataSource } from 'typeorm';
import { loadContracts } from '../../contracts/contracts.ts';
import { standing } from '../../disclosure/standing.ts';
import { version } from '../../package-root.ts';
import { accessPort } from './access-port.ts';
import { assetMapPort } from './asset-map-port.ts';
import type { Console } from './console.ts';
import { datasetPorts } from './dataset-ports.ts';
import { linkagePages } from './linkage-ports.ts';
import { releasedPorts } from './released/current-figures.ts';
import { reportPorts } from './report-ports.ts';
import { visitorOf } from './visitor.ts';
import { workingPorts } from './working-ports.ts';

export interface ConsoleSources {
  readonly api: DataSource;
  /** People, roles and tokens. */
  readonly gate: DataSource;
  /** A job was asked for. */
  readonly jobAsked: () => void;
  /** Where people reach the hub, for links that it mails. */
  readonly hubAddress: string;
}

/** What the console's pages read, from where it really is. */
export function composeConsole({ api, gate, jobAsked, hubAddress }: ConsoleSources): Console {
  const contracts = loadContracts();
  return {
    hub: async () => {
      const { madeUp, current } = await standing(api);
      return { version, madeUp, release: current };
    },
    readerOf: visitorOf,
    ports: {
      contracts,
      ...releasedPorts(api, contracts),
      ...workingPorts(api, jobAsked),
      access: accessPort(gate),
      ...linkagePages(api),
      ...reportPorts(api, jobAsked),
      ...datasetPorts(api, contracts, { jobAsked, hubAddress }),
      assetMap: assetMapPort(api, contracts, hubAddress),
    },
  };
}
