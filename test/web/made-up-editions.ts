/** Editions of reports for the pages to show: one that is published, one in review, and a draft, all of one county. */
import type { DataSource } from 'typeorm';
import { transaction } from '../../src/db/transaction.ts';

export const PUBLISHED = '00000000-0000-8000-8000-0000000000e1';
export const REVIEW = '00000000-0000-8000-8000-0000000000e2';
export const DRAFT = '00000000-0000-8000-8000-0000000000e3';

export async function storeEditions(owner: DataSource): Promise<void> {
  await transaction(
    owner,
    async ({ client }) => {
      await client.query(`
        INSERT INTO release.release (number, state, closed_on, published_at) VALUES (1, 'final', '2024-12-31', now());
        INSERT INTO report.edition (id, report, county_fips, year, number, release_number, state, register) VALUES
          ('${PUBLISHED}', 'annual', '06037', '2023', 1, 1, 'review', '[]'),
          ('${REVIEW}', 'annual', '06037', '2024', 1, 1, 'review', '[]'),
          ('${DRAFT}', 'annual', '06037', '2022', 1, 1, 'draft', NULL);
        INSERT INTO report.step (id, edition_id, seq, step, by_name)
          SELECT gen_random_uuid(), id, 1, 'opened', 'A. Example' FROM report.edition;
        INSERT INTO report.step (id, edition_id, seq, step)
          SELECT gen_random_uuid(), id, 2, 'submitted' FROM report.edition WHERE state = 'review';
        INSERT INTO report.step (id, edition_id, seq, step)
          SELECT gen_random_uuid(), id, 3, 'made' FROM report.edition WHERE state = 'review';
        INSERT INTO report.file (edition_id, language, format, name, bytes, sha256, content)
          SELECT id, 'en', 'pdf', 'annual-06037-' || year || '-edition-1.en.pdf', 4, encode(sha256('made'), 'hex'), 'made'
          FROM report.edition WHERE state = 'review';
        UPDATE report.edition SET state = 'published', published_at = now() WHERE id = '${PUBLISHED}'`);
    },
    { county: '*' },
  );
}
