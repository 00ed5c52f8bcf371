/** The report as a tagged PDF (PDF/UA-1): set by Typst from the blocks as data, with the fonts that the hub ships. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { packageRoot } from '../../../src/package-root.ts';
import type { Block, Inline, Report, Words } from '../../blocks/block.ts';
import { PRINTED_FONTS } from '../../fonts.ts';
import { longestIn } from '../tables.ts';

const TEMPLATE = join(packageRoot, 'reports/formats/pdf/report.typ');

let compiler: NodeCompiler | undefined;

export function pdfFile(report: Report): Uint8Array {
  const typst = opened();
  typst.mapShadow(join(packageRoot, 'reports/formats/pdf/report.json'), Buffer.from(asData(report)));
  const compiled = typst.compile({ mainFilePath: TEMPLATE });
  const document = compiled.result;
  if (document === null) {
    const problem = compiled.takeError();
    throw new Error(`the report cannot be set: ${JSON.stringify(problem?.shortDiagnostics)}`);
  }
  const pdf = typst.pdf(document, {
    pdfStandard: 'ua-1',
    creationTimestamp: Math.floor(Date.parse(`${report.day}T00:00:00Z`) / 1000),
  });
  typst.evictCache(5);
  return pdf;
}

/** Only our own fonts: what is installed on a machine must not change a byte. */
function opened(): NodeCompiler {
  compiler ??= NodeCompiler.create({
    workspace: packageRoot,
    fontArgs: [{ fontBlobs: PRINTED_FONTS.map((file) => readFileSync(file)) }],
  });
  return compiler;
}

function asData(report: Report): string {
  const figure = { en: 'Figure', es: 'Figura' }[report.language] ?? '';
  const table = { en: 'Table', es: 'Tabla' }[report.language] ?? '';
  const block = (one: Block): unknown => {
    switch (one.kind) {
      case 'paragraph':
      case 'callout':
      case 'footnote':
        return { ...one, words: one.words.map(piece) };
      case 'list':
        return { ...one, items: one.items.map((words) => words.map(piece)) };
      case 'figure':
        return { ...one, caption: one.caption.map(piece), supplement: figure };
      case 'table':
        return {
          ...one,
          supplement: table,
          tall: one.id === 'signatures',
          columns: one.columns.map((column, at) => ({ ...column, wide: longestIn(one, at) })),
          rows: one.rows.map((row) => row.map((words: Words) => ({ words: words.map(piece) }))),
        };
      case 'heading':
      case 'page-break':
        return one;
    }
  };
  return JSON.stringify({ ...report, cover: report.cover.map(block), blocks: report.blocks.map(block) });
}

/** Only what is printed: a number's place in the release goes no further. */
function piece(word: Inline): unknown {
  if (typeof word === 'string') return word;
  return word.kind === 'foreign' ? { text: word.text, lang: word.language } : { text: word.text };
}
