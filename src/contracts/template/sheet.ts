/** One sheet of a workbook as XML: texts, numbers, links to other sheets, and at most one marked-up table. */

export interface Sheet {
  /** Up to 31 characters, as spreadsheets allow. */
  readonly name: string;
  /** How wide each column is shown, in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** The row that names the columns, from 0; the first where nothing is said. */
  readonly header?: number;
  /** The rows from the header on are a table of this name, which readers aloud announce; else they can only be filtered. */
  readonly table?: string;
  /** No row of it names columns: a page of words. */
  readonly words?: boolean;
}

export type SheetCell =
  | string
  | { readonly number: number; readonly format: NumberFormat }
  /** A mark in a column of numbers. */
  | { readonly mark: string }
  | { readonly title: string }
  | { readonly link: string; readonly sheet: string };

export const NUMBER_FORMATS = ['whole', 'tenths', 'hundredths', 'percent'] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** As the styles of the workbook are numbered. */
const STYLE = { text: 0, header: 1, title: 2, mark: 3, link: 4, headerRight: 5, numbers: 6 } as const;

export function sheetXml(sheet: Sheet): string {
  const { widths, rows, table, words } = sheet;
  const head = headerRow(sheet);
  const columns = widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const links: string[] = [];
  const body = rows.map((cells, at) => {
    const written = cells.map((cell, column) => {
      const place = `${letter(column)}${at + 1}`;
      if (typeof cell === 'object' && 'link' in cell)
        links.push(
          `<hyperlink ref="${place}" location="${escape(`'${cell.sheet}'!A1`)}" display="${escape(cell.link)}"/>`,
        );
      return cellXml(cell, place, at === head ? headerStyle(rows[at + 1]?.[column]) : undefined);
    });
    return `<row r="${at + 1}">${written.join('')}</row>`;
  });
  const frozen =
    words === true
      ? ''
      : `<pane ySplit="${head + 1}" topLeftCell="A${head + 2}" activePane="bottomLeft" state="frozen"/>`;
  return [
    `${DECLARATION}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">`,
    `<sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews>`,
    `<cols>${columns}</cols><sheetData>${body.join('')}</sheetData>`,
    words === true || table !== undefined ? '' : `<autoFilter ref="${tableRange(sheet)}"/>`,
    links.length === 0 ? '' : `<hyperlinks>${links.join('')}</hyperlinks>`,
    '<pageSetup orientation="portrait" fitToHeight="0"/>',
    table === undefined ? '' : '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
    '</worksheet>',
  ].join('');
}

/** The table of a sheet: its columns are called as its header row says. */
export function tableXml(sheet: Sheet, id: number): string {
  const names = (sheet.rows[headerRow(sheet)] ?? []).map((cell) => (typeof cell === 'string' ? cell : ''));
  const range = tableRange(sheet);
  const columns = names.map((name, at) => `<tableColumn id="${at + 1}" name="${escape(name)}"/>`).join('');
  return `${DECLARATION}<table xmlns="${MAIN}" id="${id}" name="${escape(sheet.table ?? '')}" displayName="${escape(sheet.table ?? '')}" ref="${range}" totalsRowShown="0"><autoFilter ref="${range}"/><tableColumns count="${names.length}">${columns}</tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>`;
}

function headerRow({ header, words }: Sheet): number {
  return words === true ? -1 : (header ?? 0);
}

function tableRange(sheet: Sheet): string {
  return `A${headerRow(sheet) + 1}:${letter(sheet.widths.length - 1)}${sheet.rows.length}`;
}

/** A column of numbers has its name above them, on the same side. */
function headerStyle(below: SheetCell | undefined): number {
  return typeof below === 'object' && ('number' in below || 'mark' in below)
    ? STYLE.headerRight
    : STYLE.header;
}

function cellXml(cell: SheetCell, place: string, header: number | undefined): string {
  if (typeof cell === 'string') return cell === '' ? '' : textXml(cell, place, header ?? STYLE.text);
  if ('number' in cell)
    return `<c r="${place}" s="${STYLE.numbers + NUMBER_FORMATS.indexOf(cell.format)}"><v>${cell.number}</v></c>`;
  if ('mark' in cell) return textXml(cell.mark, place, STYLE.mark);
  if ('title' in cell) return textXml(cell.title, place, STYLE.title);
  return textXml(cell.link, place, STYLE.link);
}

function textXml(text: string, place: string, style: number): string {
  return `<c r="${place}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
}

/** Sheets here have fewer than 26 columns. */
function letter(column: number): string {
  return String.fromCharCode(65 + column);
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
