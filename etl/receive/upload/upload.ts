/**
 * A delivery that comes in pieces, as it lies on disk. Where its parts lie says how far it is, so that a crash leaves
 * nothing to mend:
 *
 *   <agency>/<id>/manifest.json          the manifest came, files are missing
 *                /parts/<file>           as much of a file as came
 *                /content/<file>         a file that is whole and has the manifest's hash
 *                /asked-by               who finished it, for the ledger
 *                /content/manifest.json  all files came: a delivery that waits for the intake
 *                /answer.json            what the intake said; the content goes right after
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { NotFound } from '../../../src/errors.ts';
import { type Refuse, refusing } from '../file-refused.ts';
import { LIMITS } from '../limits.ts';
import { type Manifest, readManifest } from '../manifest.ts';
import { MANIFEST } from '../manifest-name.ts';

export interface Upload {
  readonly id: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

export type UploadState = 'receiving' | 'waiting' | 'answered';

/** An agency's name as part of a path. */
const AGENCY = /^[A-Z0-9-]{1,20}$/;
const ID = /^[0-9a-f]{32}$/;

/** Begins an upload, or finds the one that the same manifest began before: a sender who lost the address asks again. */
export async function beginUpload(
  root: string,
  agency: string,
  bytes: Uint8Array,
  contracts: Contracts,
): Promise<{ upload: Upload; begun: boolean }> {
  const refuse = refusing(MANIFEST);
  const manifest = readManifest(bytes, contracts, LIMITS);
  if (manifest.agency !== agency) refuse('MANIFEST', undefined, 'names another agency than the address');
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const folder = folderOf(root, agency, id);
  if (!existsSync(folder)) {
    await refuseTooMany(root, agency, refuse);
    const draft = join(root, agency, `draft-${id}`);
    await rm(draft, { recursive: true, force: true });
    for (const room of ['parts', 'content']) await mkdir(join(draft, room), { recursive: true, mode: 0o700 });
    await writeFile(join(draft, MANIFEST), bytes, { mode: 0o600 });
    await rename(draft, folder);
    return { upload: { id, folder, manifest }, begun: true };
  }
  return { upload: { id, folder, manifest }, begun: false };
}

export async function findUpload(
  root: string,
  agency: string,
  id: string,
  contracts: Contracts,
): Promise<Upload> {
  const folder = folderOf(root, agency, id);
  for (const path of [join(folder, MANIFEST), join(folder, 'content', MANIFEST)]) {
    if (existsSync(path))
      return { id, folder, manifest: readManifest(await readFile(path), contracts, LIMITS) };
  }
  throw noUpload();
}

export function stateOfUpload({ folder }: Pick<Upload, 'folder'>): UploadState {
  if (existsSync(join(folder, 'answer.json'))) return 'answered';
  return existsSync(join(folder, 'content', MANIFEST)) ? 'waiting' : 'receiving';
}

/** Every file is there: from here on it is a delivery like any other. Answers the files that are still missing. */
export async function finishUpload(
  { folder, manifest }: Upload,
  askedBy: string,
): Promise<readonly string[]> {
  const missing = manifest.files.filter(({ file }) => !existsSync(join(folder, 'content', file)));
  if (missing.length === 0 && stateOfUpload({ folder }) === 'receiving') {
    await writeFile(join(folder, 'asked-by'), askedBy, { mode: 0o600 });
    await rename(join(folder, MANIFEST), join(folder, 'content', MANIFEST));
  }
  return missing.map(({ file }) => file);
}

/** Keeps what the intake said and lets the rows go: what was loaded is stored, and what was refused is not kept. */
export async function answerUpload({ folder }: Pick<Upload, 'folder'>, answer: unknown): Promise<void> {
  const draft = join(folder, 'answer-draft.json');
  await writeFile(draft, JSON.stringify(answer), { mode: 0o600 });
  const manifest = join(folder, 'content', MANIFEST);
  const copy = await readFile(manifest);
  await rename(draft, join(folder, 'answer.json'));
  await writeFile(join(folder, MANIFEST), copy, { mode: 0o600 });
  await rm(join(folder, 'content'), { recursive: true, force: true });
}

export async function answerOf({ folder }: Pick<Upload, 'folder'>): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8'));
}

/** Removes an upload, unless the intake is about to take it. */
export async function dropUpload(upload: Upload): Promise<boolean> {
  if (stateOfUpload(upload) === 'waiting') return false;
  await rm(upload.folder, { recursive: true, force: true });
  return true;
}

export interface WaitingUpload {
  readonly id: string;
  readonly folder: string;
  readonly askedBy: string;
}

/** What waits for the intake, the oldest first, so that a hub that was stopped goes on where it was. */
export async function waitingUploads(root: string): Promise<readonly WaitingUpload[]> {
  const waiting: (WaitingUpload & { since: number })[] = [];
  for (const upload of await allUploads(root)) {
    if (stateOfUpload(upload) !== 'waiting') continue;
    const { ctimeMs: since } = await stat(join(upload.folder, 'content', MANIFEST));
    waiting.push({ ...upload, askedBy: await readFile(join(upload.folder, 'asked-by'), 'utf8'), since });
  }
  return waiting.toSorted((a, b) => a.since - b.since);
}

/** Removes what nobody has touched since `before` (milliseconds of the clock), finished or not. */
export async function dropStale(root: string, before: number): Promise<number> {
  let dropped = 0;
  for (const { folder } of await allUploads(root)) {
    if (stateOfUpload({ folder }) === 'waiting' || (await newest(folder)) >= before) continue;
    await rm(folder, { recursive: true, force: true });
    dropped++;
  }
  return dropped;
}

async function newest(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const times = await Promise.all(['', ...entries].map((entry) => stat(join(folder, entry))));
  return Math.max(...times.map((entry) => entry.mtimeMs));
}

async function allUploads(root: string): Promise<{ id: string; folder: string }[]> {
  const agencies = await readdir(root).catch(() => []);
  const found: { id: string; folder: string }[] = [];
  for (const agency of agencies.filter((name) => AGENCY.test(name))) {
    for (const id of await readdir(join(root, agency)))
      if (ID.test(id)) found.push({ id, folder: join(root, agency, id) });
  }
  return found;
}

async function refuseTooMany(root: string, agency: string, refuse: Refuse): Promise<void> {
  const own = (await allUploads(root)).filter(({ folder }) => folder.startsWith(join(root, agency, '/')));
  const receiving = own.filter((upload) => stateOfUpload(upload) === 'receiving');
  if (receiving.length >= LIMITS.uploads)
    refuse(
      'TOO_LARGE',
      undefined,
      `would be upload ${LIMITS.uploads + 1} that is not finished`,
      'finish or delete another first',
    );
}

function folderOf(root: string, agency: string, id: string): string {
  if (!AGENCY.test(agency) || !ID.test(id)) throw noUpload();
  return join(root, agency, id);
}

export function noUpload(): NotFound {
  return new NotFound('NO_UPLOAD', 'There is no such upload.', {
    remedy: 'Begin one by sending its manifest; what nobody goes on with is removed after a week.',
  });
}
