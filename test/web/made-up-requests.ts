/** Requests for datasets for the pages to show: everybody's own draft, one in review, and one that was released. */
import type { DataSource } from 'typeorm';
import { transaction } from '../../src/db/transaction.ts';
import { ROLES, type Role } from '../../web/viewer.ts';
import { inAYear } from '../datasets/made-up-request.ts';

export const IN_REVIEW = '00000000-0000-8000-8000-0000000000d2';
export const RELEASED = '00000000-0000-8000-8000-0000000000d3';

const numbered = (role: Role): string => String(ROLES.indexOf(role));
const personOf = (role: Role): string => `00000000-0000-8000-8000-${numbered(role).padStart(12, '0')}`;
/** Nobody but its author sees a draft. */
export const draftOf = (role: Role): string =>
  `00000000-0000-8000-8000-0000000d${numbered(role).padStart(4, '0')}`;

/** After the editions, whose release they are of. */
export async function storeRequests(owner: DataSource): Promise<void> {
  const content = JSON.stringify({
    title: 'Identification by county',
    question: 'Where are young people identified?',
    organization: 'University of Example',
    place: '06037',
    purpose: 'research',
    agreement: 'R-1',
    until: inAYear,
  });
  await transaction(
    owner,
    async ({ client }) => {
      for (const [id, author, state] of [
        ...ROLES.map((role) => [draftOf(role), personOf(role), 'draft']),
        [IN_REVIEW, personOf('researcher'), 'in_review'],
        [RELEASED, personOf('researcher'), 'released'],
      ]) {
        await client.query(`SELECT set_config('tessera.person', $1, true)`, [author]);
        await client.query(
          `INSERT INTO dataset.request (id, county_fips, author, author_name, content, tables, proposals, state, due_on)
           VALUES ($1, '06037', $2, 'A. Example', $3, '{identified/county}', '{identified/sex+race_ethnicity}', $4,
             CASE WHEN $4 = 'in_review' THEN current_date + 20 END)`,
          [id, author, content, state],
        );
        await client.query(
          `INSERT INTO dataset.step (id, request_id, seq, step, by_person, by_name, by_role)
           VALUES (gen_random_uuid(), $1, 1, 'opened', $2, 'A. Example', 'researcher')`,
          [id, author],
        );
      }
      await client.query(
        `INSERT INTO dataset.bundle (id, request_id, number, release_number, title, organization, tables, cells, bytes, sha256, fingerprint)
         VALUES ($1, $2, 1, 1, 'Identification by county', 'University of Example', '{identified/county}', 12, 34, repeat('a', 64), repeat('b', 64))`,
        [RELEASED.replace('d3', 'd4'), RELEASED],
      );
      await client.query(
        `INSERT INTO dataset.link (id, hash, bundle_id, expires_at, most)
         VALUES (gen_random_uuid(), sha256('a link'), $1, clock_timestamp() + interval '9 days', 5)`,
        [RELEASED.replace('d3', 'd4')],
      );
    },
    { county: '*' },
  );
}
