import type { DataSource } from 'typeorm';
import { transaction } from '../../src/db/transaction.ts';
import { NotFound, Refused } from '../../src/errors.ts';
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
  return transaction(
    linker,
    async ({ client }) => {
      const known = await client.query('SELECT FROM governance.agency WHERE id = $1', [agency]);
      if (known.rowCount === 0)
        throw new NotFound('AGENCY_UNKNOWN', `The hub knows no agency ${agency}.`, {
          remedy: '`npx tessera sources show` lists those it knows.',
        });
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
