/** What `tessera report` does: opens a release, writes the report's blocks once, and each file from them. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { annualReport } from '../../reports/annual/annual-report.ts';
import type { Report } from '../../reports/blocks/block.ts';
import { legislativeBrief } from '../../reports/brief/legislative-brief.ts';
import { openEdition } from '../../reports/figures/open-release.ts';
import { EXTENSIONS, type Format, fileOf } from '../../reports/formats/formats.ts';
import { steeringPack } from '../../reports/pack/steering-pack.ts';
import type { Edition } from '../../reports/parts/edition.ts';
import type { Language } from '../../reports/words/language.ts';
import { readSettings } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { withHub } from './hub.ts';

export const REPORTS = {
  annual: annualReport,
  pack: steeringPack,
  brief: legislativeBrief,
} as const satisfies Record<string, (edition: Edition) => Report>;
export type ReportName = keyof typeof REPORTS;

export interface ReportOrder {
  readonly report: ReportName;
  /** Codes of counties; nothing for the whole state. */
  readonly counties: readonly string[] | undefined;
  readonly year: string;
  readonly languages: readonly Language[];
  readonly formats: readonly Format[];
  readonly release: number | undefined;
  readonly out: string;
}

export interface WrittenFile {
  readonly format: Format;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly seconds: number;
}

export async function writeReports(order: ReportOrder): Promise<readonly WrittenFile[]> {
  return withHub(readSettings(), 'report', async (hub) => {
    const api = await hub.as('api');
    mkdirSync(order.out, { recursive: true });
    const files: WrittenFile[] = [];
    for (const county of order.counties ?? [undefined])
      for (const language of order.languages) files.push(...(await writeOne(api, order, county, language)));
    return files;
  });
}

async function writeOne(
  api: DataSource,
  { report: name, year, formats, release, out }: ReportOrder,
  county: string | undefined,
  language: Language,
): Promise<WrittenFile[]> {
  let since = performance.now();
  const edition = await openEdition(api, loadContracts(), { county, year, language, release });
  const report = REPORTS[name](edition);
  const written: WrittenFile[] = [];
  for (const format of formats) {
    const content = await fileOf(report, format);
    const path = resolve(join(out, `${report.name}.${language}.${EXTENSIONS[format]}`));
    // Under another name first: nobody finds half a report.
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
    const now = performance.now();
    // The first format carries the reading of the release.
    const seconds = Math.round(now - since) / 1000;
    since = now;
    written.push({ format, path, bytes: content.length, sha256: sha256(content), seconds });
  }
  return written;
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
