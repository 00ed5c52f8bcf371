/** Takes a request a step further: plans it by the workflow, and writes the step and its effect in one transaction. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { uuidOf } from '../access/named-id.ts';
import { nothingHere } from '../access/permit.ts';
import type { Contracts } from '../contracts/contracts.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { requireAgreement } from './agreement-in-force.ts';
import { noticeOf, tell } from './notices.ts';
import { type Actor, type DatasetRequest, type Step, today } from './request.ts';
import { requireComplete } from './request-content.ts';
import { requestColumns, stepColumns } from './requests-seen.ts';
import { type Act, type Planned, plan } from './review-workflow.ts';

export interface AskedStep {
  readonly request: string;
  readonly act: Act;
  readonly by: Actor;
  /** A comment is made once by one key; the other acts are done once by what they are. */
  readonly key?: string;
}

export async function takeStep(
  api: DataSource,
  contracts: Contracts,
  claims: Claims,
  asked: AskedStep,
): Promise<void> {
  await transaction(api, ({ client }) => takeIn(client, contracts, asked), claims);
}

/** The same in a transaction that is open already. */
export async function takeIn(client: PoolClient, contracts: Contracts, asked: AskedStep): Promise<void> {
  const { request: id, act, by, key } = asked;
  const { request, steps } = await lock(client, id);
  const step = key === undefined ? randomUUID() : uuidOf('dataset step', by.person, key);
  if (await isThere(client, step)) return;
  const planned = plan(request, steps, act, by);
  if (act.act === 'submit') requireComplete(contracts, request, today());
  if (act.act === 'submit' || act.act === 'approve') await requireAgreement(client, request, today());
  await write(client, { request, steps, planned, by, first: step, contracts });
  if (act.act === 'destroy') await destroy(client, id);
  if (act.act === 'revoke' || act.act === 'destroy') await revokeLinks(client, id);
  const notice = planned.steps.length === 0 ? undefined : noticeOf(act.act, planned.state === 'approved');
  if (notice !== undefined) await tell(client, id, notice);
}

/** As it stands, and nobody else's to change until the transaction ends. */
export async function lock(
  client: PoolClient,
  id: string,
): Promise<{ readonly request: DatasetRequest; readonly steps: readonly Step[] }> {
  const found = await client.query<DatasetRequest>(
    `SELECT ${requestColumns} FROM dataset.request r WHERE r.id = $1 FOR UPDATE`,
    [id],
  );
  const request = found.rows[0];
  if (request === undefined) throw nothingHere();
  const { rows: steps } = await client.query<Step>(
    `SELECT ${stepColumns} FROM dataset.step WHERE request_id = $1 ORDER BY seq`,
    [id],
  );
  return { request, steps };
}

interface Written {
  readonly request: DatasetRequest;
  readonly steps: readonly Step[];
  readonly planned: Planned;
  readonly by: Actor | undefined;
  readonly first: string;
  readonly contracts: Contracts;
}

export async function write(
  client: PoolClient,
  { request, steps, planned, by, first, contracts }: Written,
): Promise<void> {
  for (const [at, { step, words }] of planned.steps.entries())
    await addStep(client, request.id, steps.length + at + 1, {
      id: at === 0 ? first : randomUUID(),
      step,
      words,
      by,
    });
  if (planned.state === request.state || (request.state === 'expired' && planned.state !== 'destroyed'))
    return;
  const days = planned.state === 'submitted' ? contracts.datasets.terms.review_days : null;
  await client.query(
    `UPDATE dataset.request SET state = $2, changed_at = clock_timestamp(),
       due_on = CASE WHEN $3::int IS NOT NULL THEN current_date + $3 WHEN $2 = 'in_review' THEN due_on END WHERE id = $1`,
    [request.id, planned.state, days],
  );
}

export async function addStep(
  client: PoolClient,
  request: string,
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
    `INSERT INTO dataset.step (id, request_id, seq, step, by_person, by_name, by_role, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, request, seq, step, by?.person ?? null, by?.name ?? null, by?.role ?? null, words],
  );
}

async function isThere(client: PoolClient, id: string): Promise<boolean> {
  return (await client.query('SELECT FROM dataset.step WHERE id = $1', [id])).rowCount === 1;
}

/** What the hub kept of it; that it was given, and to whom, stays on record. */
async function destroy(client: PoolClient, request: string): Promise<void> {
  await client.query(
    'DELETE FROM dataset.part p USING dataset.bundle b WHERE b.id = p.bundle_id AND b.request_id = $1',
    [request],
  );
}

async function revokeLinks(client: PoolClient, request: string): Promise<void> {
  await client.query(
    `UPDATE dataset.link l SET revoked_at = clock_timestamp() FROM dataset.bundle b
     WHERE b.id = l.bundle_id AND b.request_id = $1 AND l.revoked_at IS NULL`,
    [request],
  );
}
