/** Deliveries on a server that is reached by SFTP, whose key is known beforehand. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { Client, type FileEntryWithStats, type SFTPWrapper } from 'ssh2';
import { Refused, Unavailable } from '../../src/errors.ts';
import { MANIFEST } from '../receive/manifest-name.ts';
import type { Remote } from '../schedule/schedule-file.ts';
import type { RemoteFolder, RemoteSource } from './remote.ts';

const WAIT_MS = 20_000;

export async function openSftp({ agency, from, keyFile, hostKey }: Remote): Promise<RemoteSource> {
  const client = new Client();
  let stranger = false;
  const ready = new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    client.once('error', (cause) =>
      reject(
        stranger
          ? new Refused('HOST_KEY', `The server of ${agency} has another key than the schedule says.`, {
              remedy: 'Ask the agency for its new key, over a way that nobody else can answer.',
            })
          : new Unavailable('SFTP', `The server of ${agency} does not let us in.`, {
              remedy: 'Check address, account and key in the schedule.',
              cause,
            }),
      ),
    );
  });
  client.connect({
    host: from.hostname,
    port: from.port === '' ? 22 : Number(from.port),
    username: decodeURIComponent(from.username),
    ...(keyFile === undefined ? {} : { privateKey: readFileSync(keyFile) }),
    readyTimeout: WAIT_MS,
    keepaliveInterval: WAIT_MS,
    hostVerifier: (key: Buffer) => {
      const given = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
      stranger = given !== hostKey;
      return !stranger;
    },
  });
  await ready;
  client.on('error', () => {});
  const sftp = await promisify<SFTPWrapper>((done) =>
    client.sftp((error, opened) => done(error ?? null, opened)),
  )();
  const root = decodeURIComponent(from.pathname);
  return {
    folders: () => foldersUnder(sftp, root),
    close: async () => void client.end(),
  };
}

/** A delivery lies in a folder, or in a folder of a folder, as in the inbox. */
async function foldersUnder(sftp: SFTPWrapper, root: string, depth = 2): Promise<readonly RemoteFolder[]> {
  const found: RemoteFolder[] = [];
  for (const entry of await list(sftp, root)) {
    if (!entry.attrs.isDirectory() || entry.filename.startsWith('.')) continue;
    const folder = posix.join(root, entry.filename);
    const names = (await list(sftp, folder)).flatMap(({ filename, attrs }) =>
      attrs.isFile() ? [filename] : [],
    );
    if (names.includes(MANIFEST))
      found.push({ names, read: async (file) => readable(sftp, posix.join(folder, file)) });
    else if (depth > 1) found.push(...(await foldersUnder(sftp, folder, depth - 1)));
  }
  return found;
}

function list(sftp: SFTPWrapper, folder: string): Promise<readonly FileEntryWithStats[]> {
  return promisify<readonly FileEntryWithStats[]>((done) =>
    sftp.readdir(folder, (error, entries) => done(error ?? null, entries)),
  )();
}

function readable(sftp: SFTPWrapper, path: string): Readable {
  return sftp.createReadStream(path);
}
