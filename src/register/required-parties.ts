/** Which parties the statute asks of a county, by the day of its protocol, and which its register does not name. Pure. */
import type { Parties, RequiredParties } from '../contracts/party.ts';
import type { RegisterEntry } from './entries.ts';

export interface PartiesAsked {
  readonly rule: RequiredParties;
  /** Those without an entry that holds. */
  readonly missing: readonly string[];
}

/** `entries` are those that hold on the day; a county that sent no protocol is asked what a new one would be. */
export function requiredParties(
  { required }: Parties,
  entries: readonly RegisterEntry[],
  day: string,
): PartiesAsked | undefined {
  const protocol = entries
    .filter(({ kind, content }) => kind === 'submission' && content['document'] === 'protocol')
    .flatMap(({ content }) => content['submitted_on'] ?? [])
    .map(String)
    .toSorted()
    .at(-1);
  const decides = protocol ?? day;
  const rule = required.find(
    (one) =>
      one.for === 'protocol' &&
      one.effectiveFrom <= decides &&
      (one.effectiveTo === undefined || decides <= one.effectiveTo),
  );
  if (rule === undefined) return undefined;
  const named = new Set(
    entries.filter(({ kind }) => kind === 'party').map(({ content }) => content['party']),
  );
  return { rule, missing: rule.parties.filter((party) => !named.has(party)) };
}
