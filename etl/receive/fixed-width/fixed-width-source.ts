import type { RowSource } from '../batch.ts';
import type { ByteStream } from '../byte-stream.ts';
import { checkColumnNames } from '../column-names.ts';
import type { FixedColumn } from '../declared-file.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import { batchesOf, rowsInBatch, TextWindow } from '../text-window.ts';
import { FixedWidthScanner } from './scanner.ts';

/** Opens a file without header, whose columns lie where the manifest's layout says. */
export function openFixedWidth(
  stream: ByteStream,
  options: { readonly layout: readonly FixedColumn[]; readonly limits: Limits; readonly refuse: Refuse },
): RowSource {
  const { layout, limits, refuse } = options;
  const columns = layout.map(({ column }) => column);
  checkColumnNames(columns, limits, refuse);
  const widths = layout.map(({ width }) => width);
  const scanner = new FixedWidthScanner(widths, rowsInBatch(columns.length), limits, refuse);
  return { columns, batches: () => batchesOf(new TextWindow(stream, limits, refuse), scanner) };
}
