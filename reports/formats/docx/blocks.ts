/** Each block as paragraphs and tables of the document. */
import { Bookmark, HeadingLevel, PageBreak, Paragraph, type Table, TextRun } from 'docx';
import type { Block, Report } from '../../blocks/block.ts';
import { pictured } from './picture.ts';
import { runs } from './runs.ts';
import { tabled } from './table.ts';

export function blockOf(
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
