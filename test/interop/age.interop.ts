/** Deliveries that Debian's own `age` encrypted for the hub, and those that the hub's library encrypted for its holder. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openDelivery, verifyFile } from '../../etl/receive/delivery.ts';
import { LIMITS } from '../../etl/receive/limits.ts';
import { openRows } from '../../etl/receive/open-rows.ts';
import { sealDelivery } from '../../etl/seal-delivery.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { recipientsOf } from '../../src/sealing/age-keys.ts';
import { deliver, sha256, temporaryFolder } from '../etl/receive/delivered.ts';
import { readAll } from '../etl/receive/reading.ts';
import { needPackages } from './debian.ts';

beforeAll(() => needPackages('age'), 300_000);

// Several of the pieces that the format encrypts one by one.
const rows = Array.from({ length: 30_000 }, (_, i) => [`made-up-${i}`, String(i % 7)]);
const csv = ['id,kind', ...rows.map((row) => row.join(','))].join('\n');

function keyOfAge(): string {
  const keyFile = join(temporaryFolder(), 'key');
  execFileSync('age-keygen', ['-o', keyFile], { stdio: 'ignore' });
  return keyFile;
}

test('what age encrypts for a key that age-keygen made is read', async () => {
  const keyFile = keyOfAge();
  const plain = join(temporaryFolder(), 'a.csv');
  writeFileSync(plain, csv);
  const [recipient = ''] = await recipientsOf(keyFile);
  const content = execFileSync('age', ['-r', recipient, plain], { maxBuffer: 1e8 });
  const folder = deliver({ 'a.csv.age': { content, rows: rows.length, sha256: sha256(content) } });
  const [file] = (await openDelivery(folder, loadContracts(), LIMITS, keyFile)).files;
  expect((await readAll(await openRows(await verifyFile(file!)))).rows).toEqual(rows);
});

test('what is sealed for that key age opens', async () => {
  const keyFile = keyOfAge();
  const out = join(temporaryFolder(), 'sealed');
  await sealDelivery(
    deliver({ 'a.csv': { content: csv, rows: rows.length } }),
    out,
    await recipientsOf(keyFile),
  );
  const opened = execFileSync('age', ['-d', '-i', keyFile, join(out, 'a.csv.age')], { maxBuffer: 1e8 });
  expect(opened.toString()).toBe(csv);
  expect(readFileSync(join(out, 'a.csv.age'), 'latin1')).not.toContain('made-up');
});
