/** The report as a Word document: real styles, headings, repeated header rows, and pictures with their words. */
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type {
  Block,
  Column,
  Figure,
  Inline,
  Report,
  Table as ReportTable,
  Words,
} from '../../blocks/block.ts';
import { longestIn } from '../tables.ts';
import { raster } from './raster.ts';
import { sameBytes } from './same-bytes.ts';
import { STYLES } from './styles.ts';

/** Between the margins, in twentieths of a point, and in pixels as pictures are placed. */
const TEXT_WIDTH = 9360;
const PICTURE_WIDTH = 620;
/** Rows of a table that is not cut. */
const ON_ONE_PAGE = 16;

export async function docxFile(report: Report): Promise<Uint8Array> {
  const { title, subtitle, author, madeUp, running } = report;
  const numbers = { figure: 0, table: 0 };
  const write = (block: Block): readonly (Paragraph | Table)[] => blockOf(report, block, numbers);
  const document = new Document({
    title: `${title} – ${subtitle}`,
    creator: author,
    lastModifiedBy: author,
    description: running,
    styles: STYLES(report.language),
    numbering: {
      config: [
        {
          reference: 'items',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 360, hanging: 240 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 12240, height: 15840 },
            margin: { top: 1300, bottom: 1300, left: 1440, right: 1440 },
          },
        },
        footers: { default: footer(report) },
        children: [
          ...(madeUp === undefined
            ? []
            : [new Paragraph({ style: 'MadeUp', text: madeUp.toLocaleUpperCase() })]),
          new Paragraph({ heading: HeadingLevel.TITLE, text: title }),
          new Paragraph({ style: 'Subtitle', text: subtitle }),
          ...report.cover.flatMap(write),
          ...(report.short ? [] : contentsOf(report)),
          ...report.blocks.flatMap(write),
        ],
      },
    ],
  });
  return sameBytes(await Packer.toBuffer(document), report.day);
}

function contentsOf(report: Report): (Paragraph | TableOfContents)[] {
  const { contents } = report;
  return [
    new Paragraph({ style: 'ContentsTitle', pageBreakBefore: true, text: contents }),
    new TableOfContents(contents, {
      hyperlink: true,
      headingStyleRange: '1-2',
      cachedEntries: report.blocks.flatMap((block) =>
        block.kind === 'heading' ? [{ title: block.text, level: block.level, href: block.id }] : [],
      ),
    }),
  ];
}

function footer({ running, madeUp }: Report): Footer {
  return new Footer({
    children: [
      new Paragraph({
        style: 'Footer',
        children: [
          new TextRun(running),
          ...(madeUp === undefined ? [] : [new TextRun({ text: ` · ${madeUp}`, bold: true })]),
          new TextRun({ children: [' · ', PageNumber.CURRENT] }),
        ],
      }),
    ],
  });
}

function blockOf(
  report: Report,
  block: Block,
  numbers: { figure: number; table: number },
): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          keepNext: true,
          // The first chapter begins after the contents.
          pageBreakBefore: !report.short && block === report.blocks[0],
          children: [new Bookmark({ id: block.id, children: [new TextRun(block.text)] })],
        }),
      ];
    case 'paragraph':
      return [new Paragraph({ children: runs(block.words) })];
    case 'list':
      return block.items.map(
        (words) =>
          new Paragraph({
            style: 'ListParagraph',
            numbering: { reference: 'items', level: 0 },
            children: runs(words),
          }),
      );
    case 'callout':
      return [
        new Paragraph({
          style: 'Callout',
          children: [
            new TextRun({ text: block.title, bold: true }),
            new TextRun({ text: ' ', break: 1 }),
            ...runs(block.words),
          ],
        }),
      ];
    case 'footnote':
      return [
        new Paragraph({
          style: 'TableNote',
          children: [new TextRun(`${block.mark} `), ...runs(block.words)],
        }),
      ];
    case 'figure':
      numbers.figure += 1;
      return pictured(report, block, numbers.figure);
    case 'table':
      return tabled(report, block, block.id === 'signatures' ? undefined : ++numbers.table);
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })];
  }
}

function runs(words: Words): TextRun[] {
  return words.map((word: Inline) => {
    if (typeof word === 'string') return new TextRun(word);
    return word.kind === 'foreign'
      ? new TextRun({ text: word.text, language: { value: word.language === 'es' ? 'es-US' : 'en-US' } })
      : new TextRun(word.text);
  });
}

function pictured(report: Report, figure: Figure, number: number): Paragraph[] {
  const [, width = '640', height = '400'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(figure.svg) ?? [];
  const tall = Math.round((PICTURE_WIDTH * Number(height)) / Number(width));
  const name = `${report.language === 'es' ? 'Figura' : 'Figure'} ${number}`;
  return [
    new Paragraph({
      keepNext: true,
      children: [
        new ImageRun({
          type: 'svg',
          data: Buffer.from(figure.svg),
          fallback: { type: 'png', data: raster(figure.svg) },
          transformation: { width: PICTURE_WIDTH, height: tall },
          // The library would number pictures across reports.
          altText: { id: String(number), name, title: name, description: figure.alt },
        }),
      ],
    }),
    new Paragraph({ style: 'Caption', children: [new TextRun(`${name}: `), ...runs(figure.caption)] }),
  ];
}

function tabled(report: Report, table: ReportTable, number: number | undefined): (Paragraph | Table)[] {
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
