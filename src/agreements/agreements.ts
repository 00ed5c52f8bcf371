/** Agreements as counsel reads them: what was registered at intake, and the terms that go beyond it. */
import type { DataSource } from 'typeorm';
import { loadContracts } from '../contracts/contracts.ts';
import { readRows } from '../db/read-rows.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { NotFound, Refused } from '../errors.ts';
import { type Content, checkedContent, type FieldText, isDay, kindNamed } from '../register/content.ts';
import { type Agreement, agreementColumns } from '../sources/agreement.ts';

export interface AgreementLine extends Agreement {
  readonly inForce: boolean;
  /** When what came under it was destroyed, at the end of its retention. */
  readonly destroyedAt: Date | null;
}

export interface TermsVersion {
  readonly agreement: string;
  readonly version: number;
  readonly content: Content;
  readonly recordedAt: Date;
}

export interface NewTerms {
  readonly agreement: string;
  /** That their writer had seen; 0 for the first. */
  readonly version: number;
  readonly fields: readonly FieldText[];
}

export async function agreementsSeen(
  api: DataSource,
  claims: Claims,
  page: { readonly after?: string | undefined; readonly only?: string | undefined; readonly most: number },
): Promise<readonly AgreementLine[]> {
  return readRows<AgreementLine>(
    api,
    claims,
    `SELECT ${agreementColumns},
             current_date BETWEEN effective_from AND coalesce(effective_to, 'infinity') AS "inForce",
             (SELECT destroyed_at FROM ops.destruction WHERE agreement_id = agreement.id) AS "destroyedAt"
           FROM governance.agreement WHERE id > $1 AND ($3::text IS NULL OR id = $3) ORDER BY id LIMIT $2`,
    [page.after ?? '', page.most, page.only ?? null],
  );
}

/** Newest version first. */
export async function termsOf(
  api: DataSource,
  claims: Claims,
  agreements: readonly string[],
): Promise<readonly TermsVersion[]> {
  return readRows<TermsVersion>(
    api,
    claims,
    `SELECT agreement_id AS agreement, version, content, recorded_at AS "recordedAt"
           FROM governance.agreement_terms WHERE agreement_id = ANY ($1) ORDER BY agreement_id, version DESC`,
    [agreements],
  );
}

export async function recordTerms(
  api: DataSource,
  claims: Claims,
  terms: NewTerms,
  person: string,
): Promise<TermsVersion> {
  const contracts = loadContracts();
  const content = checkedContent(contracts, kindNamed(contracts, 'agreement_terms'), terms.fields);
  return transaction(
    api,
    async ({ client }) => {
      const seen = await client.query(
        `SELECT coalesce((SELECT max(version) FROM governance.agreement_terms WHERE agreement_id = a.id), 0) AS newest
         FROM governance.agreement a WHERE id = $1`,
        [terms.agreement],
      );
      const newest = (seen.rows[0] as { newest: number } | undefined)?.newest;
      if (newest === undefined) throw notThere();
      const written = await client.query<TermsVersion>(
        `INSERT INTO governance.agreement_terms (agreement_id, version, content, recorded_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING RETURNING agreement_id AS agreement, version, content, recorded_at AS "recordedAt"`,
        [terms.agreement, terms.version + 1, JSON.stringify(content), person],
      );
      const row = written.rows[0];
      if (newest !== terms.version || row === undefined)
        throw new Refused('CHANGED_MEANWHILE', 'The terms are not as their writer had seen them.', {
          remedy: 'Read them again and send their newest `version`; 0 for the first.',
        });
      return row;
    },
    claims,
  );
}

/**
 * The last day of an agreement. From the next day on its deliveries are refused (src/sources) and the roles that rest
 * on it are not held (src/access); both ask the same row each time. An end can be brought forward, not put off.
 */
export async function terminate(
  api: DataSource,
  claims: Claims,
  agreement: string,
  lastDay: string,
): Promise<{ readonly id: string; readonly effectiveTo: string }> {
  if (!isDay(lastDay)) throw new Refused('AGREEMENT_DATES', 'The last day is a day such as 2026-03-01.');
  return transaction(
    api,
    async ({ client }) => {
      const { rows } = await client.query<{ from: string; to: string | null }>(
        `SELECT effective_from::text AS from, effective_to::text AS to FROM governance.agreement WHERE id = $1 FOR UPDATE`,
        [agreement],
      );
      const found = rows[0];
      if (found === undefined) throw notThere();
      if (lastDay < found.from)
        throw new Refused('AGREEMENT_DATES', `The agreement begins on ${found.from}: it cannot end before.`);
      if (found.to !== null && lastDay > found.to)
        throw new Refused(
          'AGREEMENT_DATES',
          `The agreement ends on ${found.to} already; it is prolonged by a new one.`,
        );
      await client.query('UPDATE governance.agreement SET effective_to = $2 WHERE id = $1', [
        agreement,
        lastDay,
      ]);
      return { id: agreement, effectiveTo: lastDay };
    },
    claims,
  );
}

function notThere(): NotFound {
  return new NotFound('NOT_FOUND', 'There is nothing here, or not for you.');
}
