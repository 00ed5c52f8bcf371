import type { Code } from '../../../src/contracts/code-list.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Visit } from '../../visit.ts';

export interface PartProps {
  readonly visit: Visit;
  readonly contracts: Contracts;
}

export function codesOf(contracts: Contracts, list: string): readonly Code[] {
  return contracts.codeLists.get(list)?.codes ?? [];
}
