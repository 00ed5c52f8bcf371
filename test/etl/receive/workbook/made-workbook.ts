import zlib from 'node:zlib';

/** A zip made by hand, so that a test can make it wrong. */
export function zipOf(parts: Readonly<Record<string, string | Uint8Array>>, { deflate = true } = {}): Buffer {
  const bodies: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const plain = Buffer.from(content);
    const stored = deflate ? zlib.deflateRawSync(plain) : plain;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(deflate ? 8 : 0, 4);
    shared.writeUInt32LE(zlib.crc32(plain), 10);
    shared.writeUInt32LE(stored.length, 14);
    shared.writeUInt32LE(plain.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    shared.copy(local, 4);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    shared.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, Buffer.from(name), stored);
    table.push(entry, Buffer.from(name));
    at += local.length + Buffer.byteLength(name) + stored.length;
  }
  const listed = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listed, end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
const relations = (...all: string[]): string =>
  `<?xml version="1.0"?>\n<Relationships xmlns="${PACKAGE}">${all.join('')}</Relationships>`;

export interface MadeSheet {
  /** Rows as XML. */
  readonly rows: string;
  readonly sharedTexts?: string;
  readonly numberFormats?: string;
  /** Format ids of the styles of cells, in order. */
  readonly styles?: readonly number[];
  readonly properties?: string;
  readonly sheets?: number;
}

/** The parts of a workbook as a spreadsheet program writes them. */
export function workbookParts(made: MadeSheet): Record<string, string | Uint8Array> {
  const sheets = Array.from({ length: made.sheets ?? 1 }, (_, index) => index + 1);
  return {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr ${made.properties ?? ''}/><sheets>${sheets
      .map((sheet) => `<sheet name="Sheet ${sheet}" sheetId="${sheet}" r:id="rId${sheet + 10}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ...sheets.map((sheet) => relation(`rId${sheet + 10}`, 'worksheet', `worksheets/sheet${sheet}.xml`)),
      relation('rId1', 'styles', '/xl/styles.xml'),
      relation('rId2', 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${made.numberFormats ?? ''}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${(
      made.styles ?? [0]
    )
      .map((id) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`)
      .join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${made.sharedTexts ?? ''}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${made.rows}</sheetData></worksheet>`,
  };
}

export const workbookOf = (made: MadeSheet): Buffer => zipOf(workbookParts(made));

export function escapeXml(text: string): string {
  return text
    .replaceAll(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll(
      /(?!\n)\p{Cc}/gu,
      (sign) => `_x${sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`,
    );
}

export function columnLetters(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26));
  return column < 26 ? rest : columnLetters(Math.floor(column / 26) - 1) + rest;
}
