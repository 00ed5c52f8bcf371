import type { IStylesOptions } from 'docx';

/** On nearly every machine that opens such documents, and metrically the same on the others. */
const FONT = 'Arial';
const ACCENT = '1B4B66';
const QUIET = '50585F';

/** Named styles, so that whoever edits the document changes a look in one place. */
export function STYLES(language: string): IStylesOptions {
  const paragraph = (
    id: string,
    name: string,
    run: Record<string, unknown>,
    spacing: { before?: number; after?: number },
    more: Record<string, unknown> = {},
  ) => ({
    id,
    name,
    basedOn: 'Normal',
    next: 'Normal',
    quickFormat: true,
    run,
    paragraph: { spacing, ...more },
  });
  return {
    default: {
      document: {
        run: {
          font: FONT,
          size: 20,
          color: '1B1F23',
          language: { value: language === 'es' ? 'es-US' : 'en-US' },
        },
        paragraph: { spacing: { after: 120, line: 276, lineRule: 'auto' } },
      },
      title: {
        run: { size: 48, bold: true, color: ACCENT },
        paragraph: { spacing: { before: 400, after: 160 } },
      },
      heading1: {
        run: { size: 34, bold: true, color: ACCENT },
        paragraph: { spacing: { before: 480, after: 200 } },
      },
      heading2: {
        run: { size: 25, bold: true, color: ACCENT },
        paragraph: { spacing: { before: 320, after: 140 } },
      },
    },
    paragraphStyles: [
      paragraph('Subtitle', 'Subtitle', { size: 30 }, { after: 360 }),
      paragraph('ContentsTitle', 'Contents Title', { size: 34, bold: true, color: ACCENT }, { after: 200 }),
      paragraph('TOC1', 'toc 1', {}, { after: 30 }),
      paragraph('TOC2', 'toc 2', {}, { after: 30 }, { indent: { left: 240 } }),
      paragraph('MadeUp', 'Made-up Mark', { size: 18, bold: true, color: '8A4A12' }, { after: 120 }),
      paragraph('Caption', 'caption', { size: 18, color: QUIET }, { after: 200 }),
      paragraph('TableCaption', 'Table Caption', { bold: true }, { before: 240, after: 80 }),
      paragraph('TableHead', 'Table Head', { size: 18, bold: true }, { after: 0 }),
      paragraph('TableText', 'Table Text', { size: 18 }, { after: 0 }),
      paragraph('TableNote', 'Table Note', { size: 16, color: QUIET }, { before: 40, after: 40 }),
      paragraph(
        'Callout',
        'Callout',
        {},
        { before: 160, after: 200 },
        {
          border: { left: { style: 'single', size: 24, color: ACCENT, space: 8 } },
          indent: { left: 200 },
        },
      ),
      paragraph('Footer', 'footer', { size: 16, color: QUIET }, { after: 0 }),
    ],
  };
}
