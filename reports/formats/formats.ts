/** The files that a report can be. */
import type { Report } from '../blocks/block.ts';

export const FORMATS = ['html', 'pdf', 'docx', 'xlsx', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** What a file of the format is called after its point: the tables of numbers come together. */
export const EXTENSIONS: Readonly<Record<Format, string>> = {
  html: 'html',
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  csv: 'csv.zip',
};

/** Each writer is loaded when it is asked for: whoever wants a page need not wait for the printer. */
export async function fileOf(report: Report, format: Format): Promise<Uint8Array> {
  switch (format) {
    case 'html':
      return (await import('./html/html-file.tsx')).htmlFile(report);
    case 'pdf':
      return (await import('./pdf/pdf-file.ts')).pdfFile(report);
    case 'docx':
      return (await import('./docx/docx-file.ts')).docxFile(report);
    case 'xlsx':
      return (await import('./xlsx/xlsx-file.ts')).xlsxFile(report);
    case 'csv':
      return (await import('./csv/csv-file.ts')).csvFile(report);
  }
}
