/** One file of an upload, written piece by piece in order. */
import { existsSync } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeclaredFile } from '../declared-file.ts';
import { refusing } from '../file-refused.ts';
import { LIMITS } from '../limits.ts';
import { sha256Of } from '../stored-file.ts';
import { noUpload, stateOfUpload, type Upload } from './upload.ts';

export interface FileProgress {
  readonly file: string;
  /** How many bytes came; the next piece starts there. */
  readonly offset: number;
  /** As the sender said with the first piece. */
  readonly length: number | undefined;
  readonly complete: boolean;
}

/** Only what the manifest names can be written to, so that no name leads anywhere else. */
export function fileOf({ manifest }: Upload, name: string): DeclaredFile {
  const found = manifest.files.find(({ file }) => file === name);
  if (found === undefined) throw noUpload();
  return found;
}

export async function progressOf(
  upload: Upload,
  { file }: Pick<DeclaredFile, 'file'>,
): Promise<FileProgress> {
  if (stateOfUpload(upload) !== 'receiving') return { file, offset: 0, length: undefined, complete: true };
  const whole = join(upload.folder, 'content', file);
  if (existsSync(whole)) {
    const { size } = await stat(whole);
    return { file, offset: size, length: size, complete: true };
  }
  const part = partOf(upload, file);
  const offset = existsSync(part) ? (await stat(part)).size : 0;
  const said = `${part}.length`;
  const length = existsSync(said) ? Number(await readFile(said, 'utf8')) : undefined;
  return { file, offset, length, complete: false };
}

/**
 * Appends what comes, up to the length that was said; what came before a connection broke stays. The last byte is
 * followed by a look at the whole: a file with another hash than the manifest's is thrown away.
 */
export async function appendTo(
  upload: Upload,
  declared: DeclaredFile,
  from: FileProgress,
  length: number,
  pieces: AsyncIterable<Uint8Array>,
): Promise<FileProgress> {
  const { file } = declared;
  const refuse = refusing(file);
  const tooLong = (): never =>
    refuse('TOO_LARGE', undefined, `is longer than the ${length} bytes that were said`);
  if (length > LIMITS.contentBytes)
    refuse('TOO_LARGE', undefined, `is larger than ${LIMITS.contentBytes} bytes`);
  const part = partOf(upload, file);
  if (from.length === undefined) await writeFile(`${part}.length`, String(length), { mode: 0o600 });
  let { offset } = from;
  const handle = await open(part, existsSync(part) ? 'r+' : 'wx+', 0o600);
  try {
    for await (const piece of pieces) {
      if (offset + piece.length > length) tooLong();
      await writeAll(piece, offset);
      offset += piece.length;
    }
    if (offset < length) return { file, offset, length, complete: false };
    if ((await sha256Of(handle)) !== declared.sha256) {
      await rm(part);
      await rm(`${part}.length`);
      refuse(
        'Q002',
        undefined,
        'has another SHA-256 than the manifest says',
        'send the file again from its start',
      );
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, join(upload.folder, 'content', file));
  await rm(`${part}.length`);
  return { file, offset, length, complete: true };

  async function writeAll(piece: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < piece.length; ) {
      const { bytesWritten } = await handle.write(piece, done, piece.length - done, at + done);
      done += bytesWritten;
    }
  }
}

/** Hyphens around it keep a part and its length apart, whatever the file is called. */
function partOf({ folder }: Upload, file: string): string {
  return join(folder, 'parts', `-${file}-`);
}
