/** One file on its way into staging: read, judged and copied batch by batch, so memory does not grow with it. */
import type { ClientBase } from 'pg';
import { copyIn } from '../../src/db/copy.ts';
import type { RowSource } from '../receive/batch.ts';
import { CopyBuffer } from '../validate/copy-buffer.ts';
import type { Reject, Tally } from '../validate/outcome.ts';
import type { RowValidator } from '../validate/row-validator.ts';

export interface StagingWatcher {
  /** Rejects as they come, so that a file full of them does not fill memory. */
  rejected(rejects: readonly Reject[]): Promise<void>;
  progress(tally: Tally): Promise<void>;
}

/**
 * Whoever asks for the next chunk has passed this one on to the server's socket, so its bytes may be written over.
 * That holds for large chunks only: a small one may wait in the socket's own queue.
 */
const smallChunk = 1 << 17;

export async function stageFile(
  client: ClientBase,
  file: { readonly name: string; readonly source: RowSource },
  validator: RowValidator,
  staged: string,
  watcher: StagingWatcher,
): Promise<Tally> {
  const judge = validator.open(file.name, file.source.columns);
  const columns = validator.columns.map((column) => column.name);
  await copyIn(client, staged, columns, accepted());
  return judge.tally;

  async function* accepted(): AsyncGenerator<Buffer> {
    const out = new CopyBuffer();
    for await (const batch of file.source.batches()) {
      const { rejects } = judge.validate(batch, out);
      if (rejects.length > 0) await watcher.rejected(rejects);
      if (out.length < smallChunk) continue;
      yield out.written();
      out.clear();
      await watcher.progress(judge.tally);
    }
    if (out.length > 0) yield Buffer.from(out.written());
  }
}
