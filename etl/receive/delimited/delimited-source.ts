import { type RowSource } from '../batch.ts';
import type { ByteStream } from '../byte-stream.ts';
import { readColumnNames } from '../column-names.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import { batchesOf, rowsInBatch, TextWindow } from '../text-window.ts';
import { Scanner } from './scanner.ts';

/** Opens a file of delimited text whose first record names its columns. */
export async function openDelimited(
  stream: ByteStream,
  options: { readonly delimiter: ',' | '|'; readonly limits: Limits; readonly refuse: Refuse },
): Promise<RowSource> {
  const { limits, refuse } = options;
  const delimiter = options.delimiter.charCodeAt(0);
  const window = new TextWindow(stream, limits, refuse);
  const header = new Scanner({
    columns: limits.columns,
    exact: false,
    mostRows: 1,
    line: 1,
    delimiter,
    limits,
    refuse,
  });
  await window.scanSome(header);
  if (header.rows === 0)
    refuse('EMPTY_FILE', undefined, 'is empty: not even a header', 'send the header alone');
  const columns = readColumnNames(window.bytes, header, header.lastFields, limits, refuse);
  const mostRows = rowsInBatch(columns.length);
  const scanner = new Scanner({
    columns: columns.length,
    exact: true,
    mostRows,
    line: header.line,
    delimiter,
    limits,
    refuse,
  });
  return { columns, batches: () => batchesOf(window, scanner) };
}
