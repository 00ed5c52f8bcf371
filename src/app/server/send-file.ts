import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import type { Response } from 'express';

/** As much as is read and sent in one go, and how many of them are on their way while the next is read. */
const AT_ONCE = 2 ** 18;
const BUFFERS = 4;

/**
 * Sends a file from a few buffers that are filled again and again: whatever its size and its reader's haste, the same
 * memory. The length is the caller's to say. Whoever hangs up hears nothing.
 */
export async function sendFile(path: string, response: Response): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const ring = Array.from({ length: BUFFERS }, () => ({
      buffer: Buffer.allocUnsafeSlow(Math.min(AT_ONCE, Math.max(1, size))),
      sent: Promise.resolve(true),
    }));
    for (let turn = 0; ; turn = (turn + 1) % BUFFERS) {
      const one = ring[turn] as (typeof ring)[number];
      if (!(await one.sent)) break;
      const part = await nextPart(file, one.buffer);
      if (part.length === 0) break;
      one.sent = written(response, part);
    }
    if (!response.destroyed) {
      response.end();
      if (!response.writableFinished) await Promise.race([once(response, 'finish'), once(response, 'close')]);
    }
  } finally {
    await file.close();
  }
}

async function nextPart(file: FileHandle, buffer: Buffer): Promise<Buffer> {
  const { bytesRead } = await file.read(buffer, 0, buffer.length);
  return buffer.subarray(0, bytesRead);
}

/** Whether it went out: only then may its buffer be filled again. */
function written(response: Response, part: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve(false);
    response.write(part, (error) => resolve(error === null || error === undefined));
  });
}
