import { strFromU8, unzipSync } from 'fflate';
import type { Format } from '../../../reports/formats/formats.ts';
import { readPdf } from './read-pdf.ts';

/** Everything that can be read out of a file of a report, packed parts, properties and pictures' words too. */
export async function textOf(format: Format, content: Uint8Array): Promise<string> {
  if (format === 'html') return strFromU8(content);
  if (format === 'pdf') {
    const { drawn, tags, title, metadata } = await readPdf(content);
    return [title, metadata, ...drawn, ...tags.map(({ alt }) => alt ?? '')].join('\n');
  }
  return Object.entries(unzipSync(content))
    .map(([name, part]) => `${name}\n${strFromU8(part, true)}`)
    .join('\n');
}
