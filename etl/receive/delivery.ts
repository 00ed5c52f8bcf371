import { createHash } from 'node:crypto';
import { opendir } from 'node:fs/promises';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { fill } from './byte-stream.ts';
import { type DeclaredFile, FILE_NAME } from './declared-file.ts';
import { FileRefused, refusing } from './file-refused.ts';
import { LIMITS, type Limits } from './limits.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { MANIFEST } from './manifest-name.ts';
import { bytesOf, type FileState, openStored, sameState, sha256Of, stateOf } from './stored-file.ts';

/** A folder whose manifest and files agree in everything that can be seen without reading the files. */
export interface Delivery {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The manifest as it came. */
  readonly stored: unknown;
  /** Of the manifest as it is stored. It names the hash of every file, and so stands for the whole delivery. */
  readonly sha256: string;
  readonly files: readonly DeliveredFile[];
}

export interface DeliveredFile extends DeclaredFile {
  readonly folder: string;
  /** As it is stored. */
  readonly bytes: number;
  readonly state: FileState;
  /** Where the keys are that open what agencies encrypt for the hub. */
  readonly keyFile: string | undefined;
}

/** A file that was read once, whole, and is what the manifest says it is. */
export interface VerifiedFile extends DeliveredFile {
  readonly verified: true;
}

export async function openDelivery(
  folder: string,
  contracts: Contracts,
  limits: Limits = LIMITS,
  keyFile?: string,
): Promise<Delivery> {
  const names = await namesIn(folder, limits);
  if (!names.has(MANIFEST)) {
    throw new FileRefused(
      'FOLDER',
      MANIFEST,
      undefined,
      'is not there, so that the delivery is not complete',
      {
        remedy: 'put the manifest into the folder last',
      },
    );
  }
  const bytes = await readSmall(folder, limits.manifestBytes);
  const manifest = readManifest(bytes, contracts, limits);
  refuseStrangers(names, manifest);
  const files: DeliveredFile[] = [];
  for (const declared of manifest.files) files.push(await look(folder, declared, limits, keyFile));
  const stored: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return { folder, manifest, stored, sha256: createHash('sha256').update(bytes).digest('hex'), files };
}

/** What the manifest of a refused folder says, if it can be read at all. */
export async function manifestIn(
  folder: string,
  contracts: Contracts,
  limits: Limits = LIMITS,
): Promise<Manifest | undefined> {
  try {
    return readManifest(await readSmall(folder, limits.manifestBytes), contracts, limits);
  } catch {
    return undefined;
  }
}

/** Reads the file as it is stored and refuses it if its hash is another. Nothing is loaded from a file before. */
export async function verifyFile(file: DeliveredFile): Promise<VerifiedFile> {
  const refuse = refusing(file.file);
  const handle = await openStored(file.folder, file.file, refuse);
  try {
    const hash = await sha256Of(handle);
    if (!sameState(await stateOf(handle), file.state))
      refuse('FILE_CHANGED', undefined, 'changed while it was read');
    if (hash !== file.sha256)
      refuse('Q002', undefined, 'has another SHA-256 than the manifest says', 'make the delivery again');
    return { ...file, verified: true };
  } finally {
    await handle.close();
  }
}

/** What lies in the folder; the walk stops where no delivery can go on. */
async function namesIn(folder: string, limits: Limits): Promise<Set<string>> {
  const names = new Set<string>();
  const entries = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new FileRefused('FOLDER', 'the delivery', undefined, 'is no folder that can be read', {
      cause: error,
    });
  });
  for await (const entry of entries) {
    names.add(entry.name);
    if (names.size > limits.files + 1)
      throw new FileRefused('FOLDER', 'the delivery', undefined, `has more than ${limits.files} files`);
  }
  return names;
}

async function readSmall(folder: string, most: number): Promise<Uint8Array> {
  const refuse = refusing(MANIFEST);
  const handle = await openStored(folder, MANIFEST, refuse);
  try {
    const bytes = new Uint8Array(most + 1);
    const length = await fill(bytesOf(handle), bytes);
    if (length > most) refuse('TOO_LARGE', undefined, `is larger than ${most} bytes`);
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function refuseStrangers(names: ReadonlySet<string>, manifest: Manifest): void {
  const named = new Set([MANIFEST, ...manifest.files.map(({ file }) => file)]);
  for (const name of names) {
    if (named.has(name)) continue;
    const shown = FILE_NAME.test(name) ? name : 'a file whose name is not shown here';
    throw new FileRefused('FOLDER', shown, undefined, 'is in the folder and not in the manifest');
  }
}

async function look(
  folder: string,
  declared: DeclaredFile,
  limits: Limits,
  keyFile: string | undefined,
): Promise<DeliveredFile> {
  const refuse = refusing(declared.file);
  const handle = await openStored(folder, declared.file, refuse);
  try {
    const state = await stateOf(handle);
    if (state.size > limits.contentBytes)
      refuse(
        'TOO_LARGE',
        undefined,
        `is larger than ${limits.contentBytes} bytes`,
        'send it as several files',
      );
    return { ...declared, folder, bytes: Number(state.size), state, keyFile };
  } finally {
    await handle.close();
  }
}
