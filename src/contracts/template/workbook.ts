import { DECLARATION, escape, MAIN, type Sheet, sheetXml, tableXml } from './sheet.ts';
import { zipOf } from './zip.ts';

export type { Sheet } from './sheet.ts';

/** What a workbook says of itself; the day is told, never read from a clock. */
export interface About {
  readonly title: string;
  readonly author: string;
  readonly language: string;
  readonly day: string;
}

const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const CORE = 'application/vnd.openxmlformats-package.core-properties+xml';

/** An Excel workbook (ISO/IEC 29500), its headers bold, in view and ready to filter by. */
export function workbookOf(sheets: readonly Sheet[], about?: About): Buffer {
  const numbered = sheets.map((sheet, at) => ({ ...sheet, number: at + 1 }));
  const tabled = numbered.filter(({ table }) => table !== undefined);
  return zipOf(
    new Map([
      [
        '[Content_Types].xml',
        `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
          contentType('xl/workbook.xml', `${TYPES}.sheet.main+xml`),
          contentType('xl/styles.xml', `${TYPES}.styles+xml`),
          ...numbered.map(({ number }) => contentType(sheetPath(number), `${TYPES}.worksheet+xml`)),
          ...tabled.map(({ number }) => contentType(tablePath(number), `${TYPES}.table+xml`)),
          ...(about === undefined ? [] : [contentType('docProps/core.xml', CORE)]),
        ].join('')}</Types>`,
      ],
      [
        '_rels/.rels',
        relations([
          [`${DOCUMENT}/officeDocument`, 'xl/workbook.xml'],
          ...(about === undefined
            ? []
            : [[`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'] as const]),
        ]),
      ],
      ...(about === undefined ? [] : [['docProps/core.xml', coreXml(about)] as const]),
      [
        'xl/workbook.xml',
        `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${numbered.map(({ name, number }) => `<sheet name="${escape(name)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
      ],
      [
        'xl/_rels/workbook.xml.rels',
        relations([
          ...numbered.map(
            ({ number }) => [`${DOCUMENT}/worksheet`, `worksheets/sheet${number}.xml`] as const,
          ),
          [`${DOCUMENT}/styles`, 'styles.xml'],
        ]),
      ],
      ['xl/styles.xml', STYLES],
      ...numbered.map((sheet) => [sheetPath(sheet.number), sheetXml(sheet)] as const),
      ...tabled.flatMap((sheet) => [
        [
          `xl/worksheets/_rels/sheet${sheet.number}.xml.rels`,
          relations([[`${DOCUMENT}/table`, `../tables/table${sheet.number}.xml`]]),
        ] as const,
        [tablePath(sheet.number), tableXml(sheet, sheet.number)] as const,
      ]),
    ]),
  );
}

function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

function tablePath(number: number): string {
  return `xl/tables/table${number}.xml`;
}

function contentType(part: string, type: string): string {
  return `<Override PartName="/${part}" ContentType="${type}"/>`;
}

function coreXml({ title, author, language, day }: About): string {
  const time = `${day}T00:00:00Z`;
  return `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escape(title)}</dc:title><dc:creator>${escape(author)}</dc:creator><dc:language>${language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${time}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${time}</dcterms:modified></cp:coreProperties>`;
}

/** In the order in which src/contracts/template/sheet.ts numbers them; formats from 164 on are our own. */
const STYLES = `${DECLARATION}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.0"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts><fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font><font><u/><sz val="11"/><color rgb="FF1B4B66"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="10"><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/><xf fontId="2" applyFont="1"/><xf applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf><xf fontId="3" applyFont="1"/><xf fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="right"/></xf>${[3, 164, 4, 165].map((format) => `<xf numFmtId="${format}" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>`).join('')}</cellXfs></styleSheet>`;

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}
