import type { Contracts } from '../../src/contracts/contracts.ts';
import { requiredParties } from '../../src/contracts/lookup.ts';
import { dayText } from './day.ts';
import type { World } from './household.ts';

/** Who must sit in a team meeting is asked often, and of few days; contracts know it by the text of a day. */
export function teamsOf(contracts: Contracts): World['requiredInTeams'] {
  const known = new Map<number, readonly string[]>();
  return (day) => {
    const found = known.get(day) ?? requiredParties(contracts, 'mdt', dayText(day));
    known.set(day, found);
    return found;
  };
}
