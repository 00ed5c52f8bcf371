import { countiesOf, type Place } from './program.ts';

/** Whether who claims a county keeps an entry there, as the database’s own rule says it. */
export function keeps(claimed: string | undefined, place: Place): boolean {
  if (claimed === undefined) return false;
  if (claimed === '*') return true;
  return place.kind === 'confidential' ? countiesOf(place).includes(claimed) : place.keptBy === claimed;
}
