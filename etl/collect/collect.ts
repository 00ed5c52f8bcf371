/**
 * Fetches what lies at sources into the inbox: a delivery is a folder there as it is here, and is fetched once. One source
 * that does not answer is missing from the night, and the others are fetched all the same.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Refused, TesseraError } from '../../src/errors.ts';
import { closeRun, openRun, performStage } from '../../src/runs/ledger.ts';
import type { Collected } from '../pipeline.ts';
import { FILE_NAME } from '../receive/declared-file.ts';
import { LIMITS } from '../receive/limits.ts';
import { MANIFEST } from '../receive/manifest-name.ts';
import type { Remote } from '../schedule/schedule-file.ts';
import type { OpenRemote, RemoteFolder } from './remote.ts';
import { openS3 } from './s3.ts';
import { openSftp } from './sftp.ts';

export interface CollectWanted {
  readonly loader: DataSource;
  readonly inbox: string;
  readonly remotes: readonly Remote[];
  /** Agencies whose deliveries are left where they are. */
  readonly held: ReadonlySet<string>;
  readonly requestedBy: string;
  readonly signal: AbortSignal;
  /** How long to wait before each further attempt at one source. */
  readonly waitsMs?: readonly number[];
}

export async function collectAll(wanted: CollectWanted): Promise<Collected> {
  const { remotes, held, signal, waitsMs = [1000, 2000, 4000] } = wanted;
  const unanswered: string[] = [];
  let came = 0;
  for (const remote of remotes.filter(({ agency }) => !held.has(agency))) {
    signal.throwIfAborted();
    try {
      came += await again(waitsMs, signal, () => collectFrom(remote, wanted));
    } catch (error) {
      signal.throwIfAborted();
      unanswered.push(`${remote.agency} (${error instanceof TesseraError ? error.code : 'no answer'})`);
    }
  }
  return { came, unanswered };
}

/** What was refused is refused the next time too; everything else may pass. */
async function again<T>(waitsMs: readonly number[], signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (const wait of waitsMs) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused || signal.aborted) throw error;
      await sleep(wait);
    }
  }
  return work();
}

async function collectFrom(remote: Remote, wanted: CollectWanted): Promise<number> {
  const open: OpenRemote = remote.from.protocol === 'sftp:' ? openSftp : openS3;
  const source = await open(remote);
  try {
    let came = 0;
    for (const folder of await source.folders()) {
      wanted.signal.throwIfAborted();
      if (await fetchOnce(remote.agency, folder, wanted)) came++;
    }
    return came;
  } finally {
    await source.close();
  }
}

/** Its manifest stands for the whole delivery: one that was fetched before is left alone, also if it was refused. */
async function fetchOnce(
  agency: string,
  folder: RemoteFolder,
  { loader, inbox, requestedBy }: CollectWanted,
): Promise<boolean> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of await folder.read(MANIFEST)) {
    size += piece.length;
    if (size > LIMITS.manifestBytes) throw new Refused('TOO_LARGE', 'A manifest is larger than any can be.');
    pieces.push(Buffer.from(piece));
  }
  const manifest = Buffer.concat(pieces);
  const inputHash = createHash('sha256').update(`${agency}\n`).update(manifest).digest('hex');
  const [known] = await loader.query<unknown[]>(
    `SELECT FROM ledger.stage WHERE name = 'fetch' AND input_hash = $1 AND outcome = 'succeeded'`,
    [inputHash],
  );
  if (known !== undefined) return false;
  const run = await openRun(loader, 'fetch', requestedBy);
  try {
    await performStage(loader, { run, name: 'fetch', inputHash }, async () => {
      const files = filesOf(agency, folder, manifest);
      const draft = join(inbox, '.fetching', inputHash);
      await rm(draft, { recursive: true, force: true });
      await mkdir(draft, { recursive: true, mode: 0o700 });
      for (const file of files)
        await pipeline(
          await folder.read(file),
          upTo(LIMITS.contentBytes),
          createWriteStream(join(draft, file)),
        );
      await writeFile(join(draft, MANIFEST), manifest);
      const place = join(inbox, `${agency}-${inputHash.slice(0, 16)}`);
      await rm(place, { recursive: true, force: true });
      await rename(draft, place);
      return { rowsIn: files.length, accepted: files.length, rejected: 0 };
    });
    await closeRun(loader, run, 'succeeded');
    return true;
  } catch (error) {
    await closeRun(loader, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

/** Those that the manifest names: never a name that leads elsewhere. */
function filesOf(agency: string, { names }: RemoteFolder, manifest: Buffer): readonly string[] {
  const { source_agency: from, files } = parsed(manifest);
  if (from !== agency)
    throw new Refused('OTHER_AGENCY', 'A delivery there says that another agency sends it.', {
      remedy: 'Correct the schedule, or ask the agency.',
    });
  const named = new Set(Array.isArray(files) ? files.map((one: { file?: unknown }) => one.file) : []);
  return names.filter((file) => FILE_NAME.test(file) && file !== MANIFEST && named.has(file));
}

function parsed(manifest: Buffer): { source_agency?: unknown; files?: unknown } {
  try {
    return JSON.parse(manifest.toString()) as { source_agency?: unknown; files?: unknown };
  } catch {
    throw new Refused('MANIFEST', 'A manifest there is no JSON.');
  }
}

function upTo(most: number | bigint): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > Number(most)) done(new Refused('TOO_LARGE', 'A file is larger than any may be.'));
      else done(null, chunk);
    },
  });
}
