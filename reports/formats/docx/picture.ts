/** A picture with its caption: as drawn, with dots beside it for programs that cannot draw, and in words. */
import { ImageRun, Paragraph, TextRun } from 'docx';
import type { Figure, Report } from '../../blocks/block.ts';
import { raster } from './raster.ts';
import { runs } from './runs.ts';

/** Between the margins, in pixels as pictures are placed. */
const PICTURE_WIDTH = 620;

export function pictured(report: Report, figure: Figure, number: number): Paragraph[] {
  const [, width = '640', height = '400'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(figure.svg) ?? [];
  const tall = Math.round((PICTURE_WIDTH * Number(height)) / Number(width));
  const name = `${report.language === 'es' ? 'Figura' : 'Figure'} ${number}`;
  return [
    new Paragraph({
      keepNext: true,
      children: [
        new ImageRun({
          type: 'svg',
          data: Buffer.from(figure.svg),
          fallback: { type: 'png', data: raster(figure.svg) },
          transformation: { width: PICTURE_WIDTH, height: tall },
          // The library would number pictures across reports.
          altText: { id: String(number), name, title: name, description: figure.alt },
        }),
      ],
    }),
    new Paragraph({ style: 'Caption', children: [new TextRun(`${name}: `), ...runs(figure.caption)] }),
  ];
}
