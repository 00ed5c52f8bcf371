import { zipOf } from './zip.ts';

/** A sheet of texts; its first row names the columns. */
export interface Sheet {
  /** Up to 31 characters, as spreadsheets allow. */
  readonly name: string;
  /** How wide each column is shown, in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** An Excel workbook (ISO/IEC 29500) of texts, its headers bold, in view and ready to filter by. */
export function workbookOf(sheets: readonly Sheet[]): Buffer {
  const numbered = sheets.map((sheet, at) => ({ ...sheet, number: at + 1 }));
  return zipOf(
    new Map([
      [
        '[Content_Types].xml',
        `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`,
      ],
      ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
      [
        'xl/workbook.xml',
        `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${numbered.map(({ name, number }) => `<sheet name="${escape(name)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
      ],
      [
        'xl/_rels/workbook.xml.rels',
        relations([
          ...numbered.map(({ number }): [string, string] => ['worksheet', `worksheets/sheet${number}.xml`]),
          ['styles', 'styles.xml'],
        ]),
      ],
      ['xl/styles.xml', STYLES],
      ...numbered.map((sheet): [string, string] => [
        `xl/worksheets/sheet${sheet.number}.xml`,
        sheetXml(sheet),
      ]),
    ]),
  );
}

/** Style 0 wraps its text; style 1 is bold, for headers. */
const STYLES = `${DECLARATION}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`;

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${DOCUMENT}/${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function sheetXml({ widths, rows }: Sheet): string {
  const columns = widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const last = `${letter(widths.length - 1)}${rows.length}`;
  const body = rows.map((cells, at) => {
    const written = cells.map((text, column) =>
      text === ''
        ? ''
        : `<c r="${letter(column)}${at + 1}" t="inlineStr" s="${at === 0 ? 1 : 0}"><is><t xml:space="preserve">${escape(text)}</t></is></c>`,
    );
    return `<row r="${at + 1}">${written.join('')}</row>`;
  });
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${body.join('')}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
}

/** Sheets here have fewer than 26 columns. */
function letter(column: number): string {
  return String.fromCharCode(65 + column);
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
