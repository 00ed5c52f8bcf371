import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';
import { type Authority, readAuthority } from './term.ts';

/** Who must take part in one thing, from one day on. */
export interface RequiredParties {
  /** `protocol`: makes and signs the county's protocol; `mdt`: sits in a multidisciplinary team meeting. */
  readonly for: 'protocol' | 'mdt';
  readonly parties: readonly string[];
  readonly effectiveFrom: string;
  readonly effectiveTo: string | undefined;
  /** Decides which set binds a county: the day its protocol was made, or simply the day asked about. */
  readonly decidedBy: 'protocol_date' | 'day';
  readonly authority: Authority;
  readonly why: string;
  readonly place: Place;
}

export interface Parties {
  readonly lead: string;
  readonly required: readonly RequiredParties[];
  readonly optional: { readonly protocol: readonly string[]; readonly mdt: readonly string[] };
  readonly place: Place;
}

export function readParties(file: Entry): Parties {
  file.only('about', 'lead', 'required', 'optional');
  const optional = file.at('optional').only('protocol', 'mdt');
  return {
    lead: file.text('lead'),
    required: file.list('required').map((entry) => {
      entry.only('for', 'parties', 'effective_from', 'effective_to', 'decided_by', 'authority', 'why');
      return {
        for: entry.choice('for', ['protocol', 'mdt'] as const),
        parties: entry.texts('parties'),
        effectiveFrom: entry.date('effective_from'),
        effectiveTo: entry.optionalDate('effective_to'),
        decidedBy: entry.choice('decided_by', ['protocol_date', 'day'] as const),
        authority: readAuthority(entry.at('authority')),
        why: entry.text('why'),
        place: entry.place,
      };
    }),
    optional: { protocol: optional.texts('protocol'), mdt: optional.texts('mdt') },
    place: file.place,
  };
}
