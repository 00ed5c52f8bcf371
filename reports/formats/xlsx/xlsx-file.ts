/**
 * The report's numbers as a workbook: cover, contents, notes, definitions, and one marked-up table on each sheet, as
 * official statistics are released in spreadsheets.
 */
import type { NumberFormat, SheetCell } from '../../../src/contracts/template/sheet.ts';
import { type Sheet, workbookOf } from '../../../src/contracts/template/workbook.ts';
import { type Block, type Bound, plain, type Report, type Table, type Words } from '../../blocks/block.ts';
import { dataTables, notesUnder } from '../tables.ts';

export function xlsxFile(report: Report): Uint8Array {
  const words = WORDS[report.language === 'es' ? 'es' : 'en'];
  const tables = dataTables(report).map((table, at) => ({ table, name: `${words.table} ${at + 1}` }));
  const sheets: Sheet[] = [
    {
      name: words.cover,
      widths: [100],
      words: true,
      rows: [
        [{ title: report.title }],
        [report.subtitle],
        [report.running],
        ...report.notes.map((note) => [note]),
      ],
    },
    {
      name: words.contents,
      widths: [16, 90],
      words: true,
      rows: [
        [{ title: words.contents }],
        ...[words.cover, words.definitions].map((name) => [{ link: name, sheet: name }]),
        ...tables.map(({ table, name }): SheetCell[] => [{ link: name, sheet: name }, table.caption]),
      ],
    },
    {
      name: words.definitions,
      widths: [28, 8, 36, 50, 50, 60, 40],
      table: 'definitions',
      rows: [
        [...words.definitionColumns],
        ...report.definitions.map(({ metric, version, title, numerator, denominator, limits, authority }) => [
          metric,
          `v${version}`,
          title,
          numerator,
          denominator,
          limits,
          authority,
        ]),
      ],
    },
    ...tables.map(({ table, name }, at) => tableSheet(report.blocks, table, name, at, words)),
  ];
  const { title, subtitle, author, language, day } = report;
  return workbookOf(sheets, { title: `${title} – ${subtitle}`, author, language, day });
}

/** Title, what its marks mean, the way back, and then the table: nothing beside it and nothing below. */
function tableSheet(
  blocks: readonly Block[],
  table: Table,
  name: string,
  at: number,
  words: (typeof WORDS)['en' | 'es'],
): Sheet {
  const above: SheetCell[][] = [
    [{ title: `${name}: ${table.caption}` }],
    [words.oneTable],
    ...notesUnder(blocks, table).flatMap((note) =>
      note.kind === 'footnote' ? [[`${note.mark} ${plain(note.words)}`]] : [],
    ),
    [{ link: words.contents, sheet: words.contents }],
  ];
  return {
    name,
    widths: table.columns.map(({ numeric }, column) => (column === 0 ? 56 : numeric ? 18 : 30)),
    header: above.length,
    table: `table_${at + 1}`,
    rows: [
      ...above,
      table.columns.map(({ head }) => head),
      ...table.rows.map((row) =>
        row.map((said, column) => cellOf(said, table.columns[column]?.numeric === true)),
      ),
    ],
  };
}

function cellOf(words: Words, numeric: boolean): SheetCell {
  const [only] = words;
  if (words.length !== 1 || typeof only !== 'object' || only.kind !== 'bound')
    return numeric ? asNumber(plain(words)) : plain(words);
  if (only.value === null) return { mark: only.text };
  return { number: only.value, format: formatOf(only) };
}

/** Counts of figures, which are of the release and not in it. */
function asNumber(text: string): SheetCell {
  const value = Number(text.replaceAll(',', ''));
  return text === '' || Number.isNaN(value) ? { mark: text } : { number: value, format: 'whole' };
}

function formatOf({ percent, value }: Bound): NumberFormat {
  if (percent) return 'percent';
  return value === null || Number.isInteger(value) ? 'whole' : 'tenths';
}

const WORDS = {
  en: {
    cover: 'Cover',
    contents: 'Contents',
    definitions: 'Definitions',
    table: 'Table',
    oneTable:
      'This sheet holds one table. Shorthand in square brackets is explained above it and on the cover.',
    definitionColumns: ['Metric', 'Version', 'Title', 'Counts', 'Among', 'Limits', 'Authority'],
  },
  es: {
    cover: 'Portada',
    contents: 'Contenido',
    definitions: 'Definiciones',
    table: 'Tabla',
    oneTable:
      'Esta hoja contiene una tabla. Las marcas entre corchetes se explican sobre ella y en la portada.',
    definitionColumns: ['Métrica', 'Versión', 'Título', 'Cuenta', 'Entre', 'Límites', 'Fuente legal'],
  },
} as const;
