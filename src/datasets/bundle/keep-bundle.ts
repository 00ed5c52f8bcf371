/** A bundle in the hub: kept in pieces with the step that released it, in one transaction, and read back for a link. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { streamRows } from '../../db/copy.ts';
import { type Claims, transaction } from '../../db/transaction.ts';
import { noticeOf, tell } from '../notices.ts';
import { type Actor, textOf } from '../request.ts';
import { lock, write } from '../request-steps.ts';
import { plan } from '../review-workflow.ts';
import { addressesOf, titleOf } from './dataset.ts';
import type { MadeBundle } from './make-bundle.ts';

const PIECE = 2 ** 20;

export async function keepBundle(
  api: DataSource,
  contracts: Contracts,
  claims: Claims,
  { dataset, bytes, sha256, content }: MadeBundle,
  by: Actor,
): Promise<void> {
  const { request: asked, id, number, release, tally, fingerprint } = dataset;
  await transaction(
    api,
    async ({ client }) => {
      const { request, steps } = await lock(client, asked.id);
      const planned = plan(request, steps, { act: 'release', words: String(release.number) }, by);
      await client.query(
        `INSERT INTO dataset.bundle (id, request_id, number, release_number, title, organization, tables, cells, bytes, sha256, fingerprint)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          id,
          request.id,
          number,
          release.number,
          titleOf(dataset),
          textOf(request, 'organization'),
          addressesOf(dataset),
          tally.cells,
          bytes,
          sha256,
          fingerprint,
        ],
      );
      await storePieces(client, id, content());
      await write(client, { request, steps, planned, by, first: randomUUID(), contracts });
      const notice = noticeOf('release', false);
      if (notice !== undefined) await tell(client, request.id, notice);
    },
    claims,
  );
}

async function storePieces(
  client: PoolClient,
  bundle: string,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  let seq = 0;
  for await (const piece of inPieces(content)) {
    await client.query('INSERT INTO dataset.part (bundle_id, seq, content) VALUES ($1, $2, $3)', [
      bundle,
      seq,
      piece,
    ]);
    seq += 1;
  }
}

async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of content)
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + PIECE - size);
      held.push(part);
      size += part.length;
      at += part.length;
      if (size === PIECE) {
        yield Buffer.concat(held);
        held = [];
        size = 0;
      }
    }
  if (size > 0) yield Buffer.concat(held);
}

/** For a transaction that may see it: by its claims, or by a link that was counted in it. */
export async function* piecesOf(client: PoolClient, bundle: string): AsyncGenerator<Buffer> {
  const rows = streamRows<{ content: Buffer }>(
    client,
    'SELECT content FROM dataset.part WHERE bundle_id = $1 ORDER BY seq',
    [bundle],
    4,
  );
  for await (const { content } of rows) yield content;
}
