/** Takes an edition a step further: plans it by the workflow, and writes the step and its effect in one transaction. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { uuidOf } from '../access/named-id.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import type { RegisterEntry } from '../register/entries.ts';
import type { EditionState, ReportFile, Step, Told } from './edition.ts';
import { absent, oneEdition, stepColumns } from './editions-seen.ts';
import { registerOf } from './register-of.ts';
import { type Act, type Planned, plan, roundOf } from './workflow.ts';

export interface Actor {
  readonly person: string;
  readonly name: string | null;
}

/** A comment is made once by one key; the other acts are done once by what they are. */
export async function takeStep(
  api: DataSource,
  claims: Claims,
  asked: { readonly edition: string; readonly act: Act; readonly by: Actor; readonly key?: string },
): Promise<void> {
  const { edition, act, by, key } = asked;
  const { county } = await oneEdition(api, claims, edition);
  const register = act.act === 'submit' ? await registerOf(api, claims, county) : undefined;
  await transaction(
    api,
    async ({ client }) => {
      const { state, steps } = await lock(client, edition);
      const id = key === undefined ? randomUUID() : uuidOf('step', by.person, key);
      if (await isThere(client, id)) return;
      const planned = plan(state, steps, act, by.person);
      for (const [at, { step, words }] of planned.steps.entries())
        await addStep(client, edition, steps.length + at + 1, {
          id: at === 0 ? id : randomUUID(),
          step,
          words,
          by,
        });
      if (planned.state !== state) await enter(client, edition, planned, register);
      if (register !== undefined) await askForFiles(client, edition, county, roundOf(steps) + 1, by);
    },
    claims,
  );
}

/** The hub's own step: the files of the edition under review, in the place of those of an earlier round. */
export async function keepFiles(
  api: DataSource,
  edition: string,
  files: readonly (ReportFile & { readonly content: Uint8Array })[],
  told: readonly Told[],
): Promise<void> {
  await transaction(
    api,
    async ({ client }) => {
      const { state, steps } = await lock(client, edition);
      plan(state, steps, { act: 'make' }, null);
      await client.query('DELETE FROM report.file WHERE edition_id = $1', [edition]);
      for (const { language, format, name, bytes, sha256, content } of files)
        await client.query(
          `INSERT INTO report.file (edition_id, language, format, name, bytes, sha256, content)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [edition, language, format, name, bytes, sha256, content],
        );
      await client.query('UPDATE report.edition SET told = $2 WHERE id = $1', [
        edition,
        JSON.stringify(told),
      ]);
      await addStep(client, edition, steps.length + 1, { id: randomUUID(), step: 'made', words: null });
    },
    { county: '*' },
  );
}

/** As it stands, and nobody else's to change until the transaction ends. */
async function lock(
  client: PoolClient,
  edition: string,
): Promise<{ readonly state: EditionState; readonly steps: readonly Step[] }> {
  const found = await client.query<{ state: EditionState }>(
    'SELECT state FROM report.edition WHERE id = $1 FOR UPDATE',
    [edition],
  );
  const { rows: steps } = await client.query<Step>(
    `SELECT ${stepColumns} FROM report.step WHERE edition_id = $1 ORDER BY seq`,
    [edition],
  );
  return { state: found.rows[0]?.state ?? absent(), steps };
}

async function isThere(client: PoolClient, id: string): Promise<boolean> {
  return (await client.query('SELECT FROM report.step WHERE id = $1', [id])).rowCount === 1;
}

export async function addStep(
  client: PoolClient,
  edition: string,
  seq: number,
  {
    id,
    step,
    words,
    by,
  }: {
    readonly id: string;
    readonly step: Step['step'];
    readonly words: string | null;
    readonly by?: Actor | undefined;
  },
): Promise<void> {
  await client.query(
    `INSERT INTO report.step (id, edition_id, seq, step, by_person, by_name, words) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, edition, seq, step, by?.person ?? null, by?.name ?? null, words],
  );
}

/** In review the texts are frozen; back in draft they are free again. */
async function enter(
  client: PoolClient,
  edition: string,
  { state }: Planned,
  register: readonly RegisterEntry[] | undefined,
): Promise<void> {
  await client.query(
    `UPDATE report.edition SET state = $2, published_at = CASE WHEN $2 = 'published' THEN clock_timestamp() END,
       register = CASE $2 WHEN 'draft' THEN NULL WHEN 'review' THEN $3::jsonb ELSE register END
     WHERE id = $1`,
    [edition, state, JSON.stringify(register ?? null)],
  );
}

/** Each round of review has a job of its own, done in its turn by the hub. */
async function askForFiles(
  client: PoolClient,
  edition: string,
  county: string,
  round: number,
  { person }: Actor,
): Promise<void> {
  await client.query(
    `INSERT INTO ops.asked_job (id, job, arguments, asked_by) VALUES ($1, 'report', $2, $3)`,
    [filesJob(edition, round), JSON.stringify({ edition, county, round }), person],
  );
}

export function filesJob(edition: string, round: number): string {
  return uuidOf('report', edition, String(round));
}
