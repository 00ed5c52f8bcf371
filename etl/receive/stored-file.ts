import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteStream } from './byte-stream.ts';
import type { Refuse } from './file-refused.ts';

/** Which file it is and in what state; any writing changes it. */
export interface FileState {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  readonly changedAt: bigint;
}

/**
 * Opens a regular file of the folder and nothing else: no link that leads out of it, no pipe that never ends, no
 * device. It is looked at before it is opened, and what was opened is looked at again.
 */
export async function openStored(folder: string, name: string, refuse: Refuse): Promise<FileHandle> {
  const path = join(folder, name);
  const before = await lstat(path).catch((error: NodeJS.ErrnoException) => missing(error, refuse));
  if (!before.isFile()) refuse('NOT_A_FILE', undefined, 'is not a regular file');
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => missing(error, refuse));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  return refuse('NOT_A_FILE', undefined, 'is not a regular file');
}

function missing(error: NodeJS.ErrnoException, refuse: Refuse): never {
  if (error.code === 'ENOENT') refuse('Q002', undefined, 'is named by the manifest and not there');
  if (error.code === 'ELOOP') refuse('NOT_A_FILE', undefined, 'is not a regular file');
  if (error.code === 'EACCES') refuse('NOT_A_FILE', undefined, 'may not be read by this process');
  throw error;
}

export async function stateOf(handle: FileHandle): Promise<FileState> {
  const { dev, ino, size, ctimeNs } = await handle.stat({ bigint: true });
  return { device: dev, inode: ino, size, changedAt: ctimeNs };
}

export function sameState(a: FileState, b: FileState): boolean {
  return a.device === b.device && a.inode === b.inode && a.size === b.size && a.changedAt === b.changedAt;
}

/** As much of an open file as reading it takes; a `FileHandle` is one. */
export interface StoredBytes {
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

const HASHED_AT_ONCE = 1 << 20;

export async function sha256Of(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const stream = bytesOf(handle);
  const buffer = Buffer.alloc(HASHED_AT_ONCE);
  for (;;) {
    const read = await stream.read(buffer);
    if (read === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, read));
  }
}

/** The file from its start, by position, so that several readers of one handle do not disturb each other. */
export function bytesOf(handle: StoredBytes, from = 0): ByteStream {
  let position = from;
  return {
    async read(into) {
      const { bytesRead } = await handle.read(into, 0, into.length, position);
      position += bytesRead;
      return bytesRead;
    },
    close: () => handle.close(),
  };
}
