/** A table with its caption, whose first row is said again on each page. */
import { AlignmentType, BorderStyle, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx';
import type { Column, Report, Table as ReportTable, Words } from '../../blocks/block.ts';
import { longestIn } from '../tables.ts';
import { runs } from './runs.ts';

/** Between the margins, in twentieths of a point. */
const TEXT_WIDTH = 9360;
/** Rows of a table that is not cut. */
const ON_ONE_PAGE = 16;

export function tabled(
  report: Report,
  table: ReportTable,
  number: number | undefined,
): (Paragraph | Table)[] {
  const { columns, rows } = table;
  const name = report.language === 'es' ? 'Tabla' : 'Table';
  const caption = number === undefined ? table.caption : `${name} ${number}: ${table.caption}`;
  const widths = widthsOf(table);
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map((column, at) =>
      cell([column.head], column, widths[at] ?? 0, { head: true, keepNext: true }),
    ),
  });
  return [
    new Paragraph({ style: 'TableCaption', keepNext: true, text: caption }),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      borders: {
        top: line(8),
        bottom: line(4),
        insideHorizontal: line(2),
        left: NONE,
        right: NONE,
        insideVertical: NONE,
      },
      margins: number === undefined ? { top: 160, bottom: 160 } : { top: 30, bottom: 30 },
      rows: [
        header,
        ...rows.map(
          (row, index) =>
            new TableRow({
              cantSplit: true,
              children: row.map((words, at) =>
                cell(words, columns[at], widths[at] ?? 0, {
                  head: false,
                  keepNext: rows.length <= ON_ONE_PAGE && index < rows.length - 1,
                }),
              ),
            }),
        ),
      ],
    }),
    new Paragraph({ style: 'TableNote', text: '' }),
  ];
}

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;

function line(size: number) {
  return { style: BorderStyle.SINGLE, size, color: size > 4 ? '1B4B66' : 'C9D0D6' } as const;
}

/** Columns of numbers take what their longest needs; those of words share what is left. */
function widthsOf(table: ReportTable): number[] {
  const { columns } = table;
  const needed = columns.map(({ numeric }, at) =>
    numeric ? Math.min(2200, 260 + 105 * longestIn(table, at)) : 0,
  );
  const words = columns.filter(({ numeric }) => !numeric).length;
  const rest = TEXT_WIDTH - needed.reduce((sum, width) => sum + width, 0);
  return columns.map(({ numeric }, at) => (numeric ? (needed[at] ?? 0) : Math.floor(rest / words)));
}

function cell(
  words: Words,
  column: Column | undefined,
  width: number,
  { head, keepNext }: { readonly head: boolean; readonly keepNext: boolean },
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    children: [
      new Paragraph({
        style: head ? 'TableHead' : 'TableText',
        keepNext,
        alignment: column?.numeric === true ? AlignmentType.RIGHT : AlignmentType.LEFT,
        children: runs(words),
      }),
    ],
  });
}
