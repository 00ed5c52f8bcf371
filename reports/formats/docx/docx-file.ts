/** The report as a Word document: real styles, headings, repeated header rows, and pictures with their words. */
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TableOfContents,
  TextRun,
} from 'docx';
import type { Block, Report } from '../../blocks/block.ts';
import { blockOf } from './blocks.ts';
import { sameBytes } from './same-bytes.ts';
import { STYLES } from './styles.ts';

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
