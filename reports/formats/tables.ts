/** The tables of a report as files of numbers hold them. */
import { type Block, type Report, type Table } from '../blocks/block.ts';

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
