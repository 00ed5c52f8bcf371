import { directoryCsv } from '../../../src/providers/as-csv.ts';
import { textsOf } from '../../../src/providers/as-texts.ts';
import type { Answer } from '../../answer.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

/** The statewide list of resources, as a file that an import takes. */
export async function programsCsv(_visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const body = directoryCsv(contracts, (await assetMap.programs()).map(textsOf));
  return { status: 200, type: 'csv', body, file: 'programs.csv' };
}
