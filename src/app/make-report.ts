/** What `tessera report` does: opens a release, writes the report's blocks once, and each file from them. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { annualReport } from '../../reports/annual/annual-report.ts';
import { printedDirectory } from '../../reports/asset-map/directory.ts';
import type { Report } from '../../reports/blocks/block.ts';
import { legislativeBrief } from '../../reports/brief/legislative-brief.ts';
import { openEdition } from '../../reports/figures/open-release.ts';
import { EXTENSIONS, type Format, fileOf } from '../../reports/formats/formats.ts';
import { steeringPack } from '../../reports/pack/steering-pack.ts';
import type { Edition } from '../../reports/parts/edition.ts';
import { agencyQuality } from '../../reports/quality/agency-quality.ts';
import type { Language } from '../../reports/words/language.ts';
import { readSettings } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { qualityOf } from '../deliveries/quality.ts';
import { standing } from '../disclosure/standing.ts';
import { directory } from '../providers/directory.ts';
import { todayText } from '../providers/stale.ts';
import { registeredAgencies, requireAgency } from '../sources/agency.ts';
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

export type QualityOrder = Pick<ReportOrder, 'formats' | 'languages' | 'out'> & { readonly agency: string };

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

/** For an agency, about what it sent: with the rights of whoever takes deliveries in, on the hub's own host. */
export async function writeQualityReport(order: QualityOrder): Promise<readonly WrittenFile[]> {
  const { agency, languages } = order;
  return withHub(readSettings(), 'report', async (hub) => {
    const loader = await hub.as('loader');
    await requireAgency(loader, agency);
    const agencies = await registeredAgencies(loader);
    const name = agencies.find(({ id }) => id === agency)?.name ?? agency;
    const feeds = await qualityOf(loader, agency);
    const madeUp = agencies.some((one) => one.madeUp);
    mkdirSync(order.out, { recursive: true });
    const files: WrittenFile[] = [];
    for (const language of languages) {
      const since = performance.now();
      const report = agencyQuality({ contracts: loadContracts(), agency, name, language, madeUp, feeds });
      files.push(...(await writeFiles(report, order, language, since)));
    }
    return files;
  });
}

export type DirectoryOrder = Pick<ReportOrder, 'formats' | 'languages' | 'out' | 'counties'>;

/** The asset map to print, as it stands today. */
export async function writeDirectory(order: DirectoryOrder): Promise<readonly WrittenFile[]> {
  return withHub(readSettings(), 'report', async (hub) => {
    const api = await hub.as('api');
    const [{ programs }, { madeUp }] = [await directory(api), await standing(api)];
    mkdirSync(order.out, { recursive: true });
    const files: WrittenFile[] = [];
    for (const county of order.counties ?? [undefined])
      for (const language of order.languages) {
        const since = performance.now();
        const about = { contracts: loadContracts(), programs, county, language, madeUp, day: todayText() };
        files.push(...(await writeFiles(printedDirectory(about), order, language, since)));
      }
    return files;
  });
}

async function writeOne(
  api: DataSource,
  order: ReportOrder,
  county: string | undefined,
  language: Language,
): Promise<WrittenFile[]> {
  const since = performance.now();
  const { report: name, year, release } = order;
  const edition = await openEdition(api, loadContracts(), { report: name, county, year, language, release });
  return writeFiles(REPORTS[name](edition), order, language, since);
}

async function writeFiles(
  report: Report,
  { formats, out }: Pick<ReportOrder, 'formats' | 'out'>,
  language: Language,
  begun: number,
): Promise<WrittenFile[]> {
  let since = begun;
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
