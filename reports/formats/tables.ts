/** The tables of a report as files of numbers hold them. */
import { type Block, plain, type Report, type Table } from '../blocks/block.ts';

/** Tables without a number, such as that of signatures, are no tables of data. */
export function dataTables({ blocks }: Report): readonly Table[] {
  return blocks.filter(
    (block): block is Table => block.kind === 'table' && block.columns.some(({ numeric }) => numeric),
  );
}

/** What stands under a table. */
export function notesUnder(blocks: readonly Block[], table: Table): readonly Block[] {
  const after = blocks.slice(blocks.indexOf(table) + 1);
  const end = after.findIndex(({ kind }) => kind !== 'footnote');
  return end === -1 ? after : after.slice(0, end);
}

/** In letters: what a column of numbers must have room for, its name in two lines if it has several words. */
export function longestIn({ columns, rows }: Table, at: number): number {
  const head = columns[at]?.head ?? '';
  const halves = head.length > 12 ? Math.ceil(head.length / 2) + 2 : head.length;
  const words = head.split(' ').map((word) => word.length);
  return Math.max(7, halves, ...words, ...rows.map((row) => plain(row[at] ?? []).length));
}
