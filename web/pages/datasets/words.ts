/** How the pages of datasets name what they speak of. */
import { type DatasetRequest, REQUEST_STATES, textOf } from '../../../src/datasets/request.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

export function stateIn({ say }: Visit, state: string): string {
  const known = REQUEST_STATES.find((one) => one === state);
  return known === undefined ? state : say(`request.${known}`);
}

export function titleOf({ say }: Visit, request: DatasetRequest): string {
  return textOf(request, 'title') || say('requests.untitled');
}

export function placeIn({ say }: Visit, { contracts }: Ports, county: string): string {
  if (county === 'state') return say('requests.state_place');
  return contracts.codeLists.get('ca_counties')?.codes.find(({ code }) => code === county)?.label ?? county;
}
