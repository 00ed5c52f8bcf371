import type { DataSource } from 'typeorm';
import { transaction } from '../../src/db/transaction.ts';
import { Refused } from '../../src/errors.ts';
import { requireAgency } from '../../src/sources/agency.ts';
import { lastLinkage } from './earlier-state.ts';

/** Persons of whom any record, of whatever agency, is of concern. */
export const personsInScope = `
  SELECT DISTINCT person_id FROM persons.membership JOIN persons.concern USING (surrogate)`;

export interface OwnInScope {
  readonly agency: string;
  /** As of which linkage. */
  readonly linkage: number;
  /** The agency's own pseudonyms, and nobody else's. */
  readonly personTokens: readonly string[];
}

/** What an agency is given back: for which of its own young people content is asked. */
export async function ownInScope(linker: DataSource, agency: string): Promise<OwnInScope> {
  await requireAgency(linker, agency);
  return transaction(
    linker,
    async ({ client }) => {
      const linkage = await lastLinkage(client);
      if (linkage === undefined)
        throw new Refused(
          'NOT_LINKED_YET',
          'Nothing has been linked yet, so nobody is known to be in scope.',
          {
            remedy: 'Run `npx tessera persons link`.',
          },
        );
      const { rows } = await client.query<{ token: string }>(
        `SELECT person_token AS token FROM linkage.person_token JOIN persons.membership USING (surrogate)
         WHERE source_agency = $1 AND person_id IN (${personsInScope}) ORDER BY person_token`,
        [agency],
      );
      return { agency, linkage: linkage.number, personTokens: rows.map(({ token }) => token) };
    },
    { county: '*' },
  );
}
