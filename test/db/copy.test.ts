import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyIn, copyOut, copyText, streamRows } from '../../src/db/copy.ts';
import { transaction } from '../../src/db/transaction.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();

test('copied text comes back as it went in, whatever is in it', async () => {
  const owner = await database.as('owner');
  const text = fc.option(fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0')));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 40 }), async (values) => {
      await transaction(owner, async ({ client }) => {
        await client.query('CREATE TEMPORARY TABLE line (at integer, words text) ON COMMIT DROP');
        const lines = values.map((value, at) => `${at}\t${copyText(value)}\n`);
        expect(await copyIn(client, 'line', ['at', 'words'], Readable.from(lines))).toBe(values.length);
        const back: (string | null)[] = [];
        for await (const row of streamRows<{ words: string | null }>(
          client,
          'SELECT words FROM line ORDER BY at',
          [],
          7,
        )) {
          back.push(row.words);
        }
        expect(back).toEqual(values);
      });
    }),
    { numRuns: 30 },
  );
});

test('a query leaves as CSV with a header', async () => {
  const owner = await database.as('owner');
  let csv = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      csv += chunk.toString();
      done();
    },
  });
  await transaction(owner, ({ client }) => copyOut(client, `SELECT 1 AS a, 'x, "y"' AS b`, out));
  expect(csv).toBe('a,b\n1,"x, ""y"""\n');
});

test('a transaction that throws leaves nothing behind and its connection usable', async () => {
  const owner = await database.as('owner');
  const failing = transaction(owner, async ({ client }) => {
    await client.query('CREATE TABLE half_done (n integer)');
    throw new Error('halfway');
  });
  await expect(failing).rejects.toThrow('halfway');
  const [row] = await owner.query<{ found: string | null }[]>(`SELECT to_regclass('half_done') AS found`);
  expect(row?.found).toBeNull();
});
