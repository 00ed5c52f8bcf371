import { read } from 'node:fs';
import { promisify } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { FileRefused, refusing } from '../file-refused.ts';
import { unsealed } from '../sealed/unsealed.ts';
import type { StoredBytes } from '../stored-file.ts';
import type { Answer, Task } from './apart.ts';

/** A thread that reads one columnar file: its columns at once, then a group for each message that it gets. */
const { format, descriptor, length, sealed, limits } = workerData as Task;
const readAt = promisify(read);
const file: StoredBytes = {
  read: (into: Uint8Array, offset: number, length: number, position: number) =>
    readAt(descriptor, into, offset, length, position),
  // The file is closed by the thread that opened it.
  close: () => Promise.resolve(),
};

async function open() {
  const options = { limits, refuse: refusing('') };
  const handle = sealed === undefined ? file : unsealed(file, sealed, options.refuse);
  // Each brings a large library, which nobody waits for who does not use it.
  if (format === 'parquet') return (await import('./parquet-source.ts')).openParquet(handle, length, options);
  return (await import('./arrow-source.ts')).openArrow(handle, length, options);
}

async function answer(work: () => Promise<Answer>): Promise<void> {
  try {
    const found = await work();
    const { group } = found;
    const owned =
      group === undefined ? [] : [group.bytes.buffer, ...group.columns.map(({ ends }) => ends.buffer)];
    parentPort?.postMessage(found, owned);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const { rule, line, words, remedy } = error;
    parentPort?.postMessage({ refused: { rule, line, words, remedy } } satisfies Answer);
  }
}

let groups: AsyncIterator<NonNullable<Answer['group']>> | undefined;
parentPort?.on('message', () => {
  void answer(async () => {
    const next = await groups?.next();
    return next === undefined || next.done === true ? {} : { group: next.value };
  });
});
await answer(async () => {
  const source = await open();
  groups = source.groups()[Symbol.asyncIterator]();
  return { columns: source.columns };
});
