/** Drafts: opened, and changed by their author until they are put to review, or once they came back. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { uuidOf } from '../access/named-id.ts';
import type { Contracts } from '../contracts/contracts.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { Refused } from '../errors.ts';
import type { Actor } from './request.ts';
import { type CheckedRequest, checkedRequest, type GivenRequest } from './request-content.ts';
import { addStep, lock, takeIn } from './request-steps.ts';

export interface RecordedRequest extends GivenRequest {
  /** The request that is changed, as its author had seen it; a new one without. */
  readonly id?: string | undefined;
  readonly version?: number | undefined;
  /** The same key opens one request. */
  readonly key: string;
  /** Whether it is put to review at once; if it cannot be, nothing of it is kept. */
  readonly submit: boolean;
}

export async function recordRequest(
  api: DataSource,
  contracts: Contracts,
  claims: Claims,
  given: RecordedRequest,
  by: Actor,
): Promise<string> {
  const checked = checkedRequest(contracts, given);
  return transaction(
    api,
    async ({ client }) => {
      const id = given.id ?? uuidOf('dataset request', by.person, given.key);
      const fresh = given.id === undefined ? await open(client, id, checked, by) : true;
      if (given.id !== undefined) await change(client, id, given.version, checked, by);
      if (given.submit && fresh) await takeIn(client, contracts, { request: id, act: { act: 'submit' }, by });
      return id;
    },
    claims,
  );
}

/** Whether it was not there yet. */
async function open(client: PoolClient, id: string, checked: CheckedRequest, by: Actor): Promise<boolean> {
  const { content, tables, proposals } = checked;
  const { rowCount } = await client.query(
    `INSERT INTO dataset.request (id, county_fips, author, author_name, content, tables, proposals)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
    [id, placeOf(checked), by.person, by.name, JSON.stringify(content), tables, proposals],
  );
  if (rowCount === 1) await addStep(client, id, 1, { id: randomUUID(), step: 'opened', words: null, by });
  return rowCount === 1;
}

async function change(
  client: PoolClient,
  id: string,
  version: number | undefined,
  checked: CheckedRequest,
  by: Actor,
): Promise<void> {
  const { request, steps } = await lock(client, id);
  if (request.author !== by.person)
    throw new Refused('NOT_YOURS', 'Only who asked for a dataset changes the request.', {
      remedy: 'Return it, and say what is to be changed.',
    });
  if (request.state !== 'draft' && request.state !== 'returned')
    throw new Refused(
      'OUT_OF_TURN',
      `The request is ${request.state.replace('_', ' ')}: it is not changed now.`,
      {
        remedy: 'Take it back and ask anew, or wait until it is returned.',
      },
    );
  if (version !== undefined && version !== request.version)
    throw new Refused('CHANGED_MEANWHILE', 'The request is not as its writer had seen it.', {
      remedy: 'Read it again and send its newest version.',
    });
  await client.query(
    `UPDATE dataset.request SET county_fips = $2, content = $3, tables = $4, proposals = $5, version = version + 1,
       changed_at = clock_timestamp() WHERE id = $1`,
    [id, placeOf(checked), JSON.stringify(checked.content), checked.tables, checked.proposals],
  );
  await addStep(client, id, steps.length + 1, { id: randomUUID(), step: 'changed', words: null, by });
}

/** A draft that does not say yet whose counsel reviews it is the state's. */
function placeOf({ content }: CheckedRequest): string {
  return String(content['place'] ?? 'state');
}
