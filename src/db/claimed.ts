/** What a transaction says of its reader, in the words that the row-level rules read. */
import { escapeLiteral } from 'pg';

export interface Claims {
  /** A county's FIPS code, or '*' for every county. Unset, nothing that belongs to a county is seen. */
  readonly county?: string;
  /** An agency's id: its own deliveries are seen, whatever the county. */
  readonly agency?: string;
  /** A person's id: their own history is seen. */
  readonly person?: string;
  /** Everybody's history is seen. */
  readonly audit?: 'all';
}

const claimNames = ['county', 'agency', 'person', 'audit'] as const;

/** Local to the transaction that is open, so that a pooled connection carries nothing over to whoever gets it next. */
export function claimingStatement(claims: Claims): string | undefined {
  const settings = claimNames.flatMap((name) => {
    const value = claims[name];
    return value === undefined ? [] : [`set_config('tessera.${name}', ${escapeLiteral(value)}, true)`];
  });
  return settings.length === 0 ? undefined : `SELECT ${settings.join(', ')}`;
}
