import type { Contracts } from '../../src/contracts/contracts.ts';
import { mappingAsOf } from '../../src/contracts/lookup.ts';
import type { Field } from '../../src/contracts/record.ts';

/** Says a shared code in an agency's own words; undefined where the agency has none for it. */
export type Speaker = (shared: string, variety: number) => string | undefined;

/**
 * Says in an agency's own codes what is known in shared ones: the mapping read backwards. Where several of its
 * codes mean the same, the row decides which, so that all of them occur.
 */
export function speaker(
  contracts: Contracts,
  day: string,
  agency: string,
  record: string,
  field: Field,
): Speaker {
  const { codes, several } = field;
  if (codes === undefined) return (shared) => shared;
  let words: ReadonlyMap<string, readonly string[]> | undefined;
  const one: Speaker = (shared, variety) => {
    words ??= backwards(mappingAsOf(contracts, agency, { record, name: field.name, codes }, day));
    const local = words.get(shared);
    return local?.[variety % local.length];
  };
  return (shared, variety) => {
    if (shared === '') return shared;
    if (!several || !shared.includes(';')) return one(shared, variety);
    const parts = shared.split(';').flatMap((code) => one(code, variety) ?? []);
    return parts.length === 0 ? undefined : parts.join(';');
  };
}

function backwards(forwards: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const own = new Map<string, string[]>();
  const passing = new Map<string, string[]>();
  for (const [from, to] of forwards) {
    const into = from === to ? passing : own;
    into.set(to, [...(into.get(to) ?? []), from]);
  }
  return new Map([...passing, ...own]);
}
