/** Lets go of tokens that matched nobody in scope for long enough: a stage of its own, as the linker. */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { transaction } from '../src/db/transaction.ts';
import { Refused } from '../src/errors.ts';
import { closeRun, openRun, performStage, type StageResult } from '../src/runs/ledger.ts';
import { personsInScope } from './persons/own-in-scope.ts';

export interface PurgeRequest {
  readonly linker: DataSource;
  readonly requestedBy: string;
  /** Rows that came within so many days before `now` stay. */
  readonly retentionDays: number;
  readonly now: Date;
}

/**
 * Who is linked, matches nobody in scope, and last came before the term is forgotten by its tokens, filters, pseudonym
 * and links. That its surrogate belongs to a person stays, so that what was counted once is not counted twice. Agencies
 * whose agreement has them send content for all are left alone.
 */
export async function purgeOutOfScope(request: PurgeRequest): Promise<StageResult> {
  const { linker, requestedBy, retentionDays, now } = request;
  const before = new Date(now.getTime() - retentionDays * 86_400_000);
  const run = await openRun(linker, 'purge', requestedBy);
  try {
    // A purge finds nothing the second time by itself; its input is the moment.
    const inputHash = createHash('sha256').update(`${before.toISOString()} ${run}`).digest('hex');
    const result = await performStage(linker, { run, name: 'purge', inputHash }, (progress) =>
      transaction(
        linker,
        async ({ client }) => {
          await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('tessera linkage', 0))`);
          await refuseUnlinked(client);
          const counts = await purge(client, before, now);
          await progress.succeed(client, counts);
          return counts;
        },
        { county: '*' },
      ),
    );
    await closeRun(linker, run, 'succeeded');
    return result;
  } catch (error) {
    await closeRun(linker, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

const held = `known_to = 'infinity' AND op NOT IN ('delete', 'absent')`;

const forgotten = `
  SELECT surrogate FROM linkage.person_linkage sent
  GROUP BY surrogate, source_agency
  HAVING max(known_from) < $1
    AND (NOT bool_or(${held})
      OR surrogate IN (SELECT surrogate FROM persons.membership WHERE person_id NOT IN (${personsInScope})))
    AND NOT EXISTS (
      SELECT FROM governance.agreement
      WHERE sent.source_agency = ANY(agencies) AND content_up_front
        AND effective_from <= $2::date AND coalesce(effective_to, 'infinity') >= $2::date)`;

/** Nobody is forgotten before it is known whom they match. */
async function refuseUnlinked(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ unlinked: boolean; concern: boolean }>(
    `SELECT EXISTS (SELECT FROM persons.concern) AS concern,
       EXISTS (SELECT FROM linkage.person_linkage
         WHERE ${held} AND surrogate NOT IN (SELECT surrogate FROM persons.membership))
       OR EXISTS (SELECT FROM linkage.linked_row linked WHERE NOT EXISTS (
         SELECT FROM linkage.person_linkage sent WHERE ${held} AND sent.surrogate = linked.surrogate
           AND sent.delivery = linked.delivery AND sent.line = linked.line)) AS unlinked`,
  );
  if (rows[0]?.unlinked === true)
    throw new Refused(
      'NOT_LINKED_YET',
      'Rows came since the last linkage, so it is not known whom they match.',
      {
        remedy: 'Run `npx tessera persons link`, then purge.',
      },
    );
  if (rows[0]?.concern !== true)
    throw new Refused('SCOPE_EMPTY', 'Nobody at all is in scope, so a purge would forget everybody.', {
      remedy: 'Load identifications and screenings, then run `npx tessera scope find`.',
    });
}

async function purge(
  client: ClientBase,
  before: Date,
  now: Date,
): Promise<{ rowsIn: number; accepted: number; rejected: number }> {
  const { rows } = await client.query<{ surrogate: Buffer }>(forgotten, [before, now]);
  const gone = rows.map(({ surrogate }) => surrogate);
  const { rows: all } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM linkage.person_token',
  );
  for (const statement of [
    'INSERT INTO linkage.purged_row (surrogate) SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING',
    'DELETE FROM linkage.person_linkage WHERE surrogate = ANY($1)',
    'DELETE FROM linkage.person_token WHERE surrogate = ANY($1)',
    'DELETE FROM linkage.linked_row WHERE surrogate = ANY($1)',
    'DELETE FROM persons.link WHERE a = ANY($1)',
    'DELETE FROM persons.link WHERE b = ANY($1)',
    'DELETE FROM persons.review WHERE a = ANY($1) OR b = ANY($1)',
    'DELETE FROM persons.opinion WHERE a = ANY($1) OR b = ANY($1)',
  ])
    await client.query(statement, [gone]);
  return { rowsIn: all[0]?.count ?? 0, accepted: gone.length, rejected: 0 };
}
