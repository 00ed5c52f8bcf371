import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  answerOf,
  answerUpload,
  beginUpload,
  dropStale,
  dropUpload,
  findUpload,
  finishUpload,
  stateOfUpload,
  type Upload,
  waitingUploads,
} from '../../../../etl/receive/upload/upload.ts';
import { appendTo, fileOf, progressOf } from '../../../../etl/receive/upload/upload-file.ts';
import { loadContracts } from '../../../../src/contracts/contracts.ts';
import { manifestOf, temporaryFolder } from '../delivered.ts';

const contracts = loadContracts();
const agency = 'CW-1';

async function begun(root: string, content = 'a,b\n1,2\n', id = 'made-up-1'): Promise<Upload> {
  const manifest = { ...manifestOf({ 'a.csv': { content, rows: 1 } }), delivery_id: id };
  return (await beginUpload(root, agency, Buffer.from(JSON.stringify(manifest)), contracts)).upload;
}

async function send(upload: Upload, ...pieces: string[]): Promise<boolean> {
  const declared = fileOf(upload, 'a.csv');
  const length = Buffer.byteLength(pieces.join(''));
  let progress = await progressOf(upload, declared);
  for (const piece of pieces) progress = await appendTo(upload, declared, progress, length, one(piece));
  return progress.complete;
}

async function* one(piece: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(piece);
}

test('an upload is receiving until all files are whole, waits, and is answered without its rows', async () => {
  const root = temporaryFolder();
  const upload = await begun(root);
  expect([stateOfUpload(upload), await finishUpload(upload, 'a test')]).toEqual(['receiving', ['a.csv']]);
  expect(await waitingUploads(root)).toEqual([]);
  expect(await send(upload, 'a,b\n', '1,2', '\n')).toBe(true);
  expect([await finishUpload(upload, 'a test'), stateOfUpload(upload)]).toEqual([[], 'waiting']);
  expect(await waitingUploads(root)).toMatchObject([{ id: upload.id, askedBy: 'a test' }]);
  expect(await dropUpload(upload)).toBe(false);
  await answerUpload(upload, { outcome: 'loaded' });
  expect([stateOfUpload(upload), await answerOf(upload)]).toEqual(['answered', { outcome: 'loaded' }]);
  expect(existsSync(join(upload.folder, 'content'))).toBe(false);
  expect((await findUpload(root, agency, upload.id, contracts)).manifest.deliveryId).toBe('made-up-1');
});

test('what nobody has touched goes; what waits for the intake stays however long', async () => {
  const root = temporaryFolder();
  const [stale, fresh, waiting] = [
    await begun(root, 'x', 'S'),
    await begun(root, 'x', 'F'),
    await begun(root, 'x', 'W'),
  ];
  await send(waiting, 'x');
  await finishUpload(waiting, 'a test');
  await send(fresh, 'x');
  const old = new Date('2026-01-01T00:00:00Z');
  for (const { folder } of [stale, fresh, waiting])
    for (const path of readdirSync(folder, { recursive: true }).map(String))
      utimesSync(join(folder, path), old, old);
  for (const { folder } of [stale, waiting]) utimesSync(folder, old, old);
  expect(await dropStale(root, Date.parse('2026-01-02T00:00:00Z'))).toBe(1);
  expect([stale, fresh, waiting].map(({ folder }) => existsSync(folder))).toEqual([false, true, true]);
});

test('an agency has only so many uploads that are not finished', async () => {
  const root = temporaryFolder();
  for (let number = 0; number < 20; number++) await begun(root, 'x', `M${number}`);
  await expect(begun(root, 'x', 'one-more')).rejects.toMatchObject({ code: 'TOO_LARGE' });
  const first = await begun(root, 'x', 'M0');
  await dropUpload(first);
  await begun(root, 'x', 'one-more');
});

test('no file is opened that the manifest does not name, and no upload outside of the folder', async () => {
  const root = temporaryFolder();
  const upload = await begun(root);
  writeFileSync(join(root, 'outside'), '');
  for (const name of ['../a.csv', '../../outside', 'manifest.json', 'A.CSV', ''])
    expect(() => fileOf(upload, name)).toThrow(/no such upload/);
  for (const [place, id] of [
    ['..', upload.id],
    [agency, '..'],
    [agency, `../${agency}/${upload.id}`],
    ['cw-1', upload.id],
  ] as const)
    await expect(findUpload(root, place, id, contracts)).rejects.toMatchObject({ code: 'NO_UPLOAD' });
});
