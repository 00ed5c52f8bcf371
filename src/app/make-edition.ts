/** What `tessera report edition` does: makes the files of an edition under review, from what was frozen, and keeps them. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { boundIn, type Report } from '../../reports/blocks/block.ts';
import { openEdition } from '../../reports/figures/open-release.ts';
import { EXTENSIONS, FORMATS, fileOf } from '../../reports/formats/formats.ts';
import type { Corrected } from '../../reports/parts/edition.ts';
import { LANGUAGES, type Language } from '../../reports/words/language.ts';
import { readSettings } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { Refused } from '../errors.ts';
import type { ReportEdition, ReportFile, Told } from '../reports/edition.ts';
import { keepFiles } from '../reports/edition-steps.ts';
import { correctedEdition, frozenRegister, oneEdition } from '../reports/editions-seen.ts';
import { withHub } from './hub.ts';
import { REPORTS } from './make-report.ts';

/** The hub works for everybody. */
const everywhere = { county: '*' } as const;

type MadeFile = ReportFile & { readonly content: Uint8Array };

export async function makeEdition(id: string): Promise<readonly ReportFile[]> {
  return withHub(readSettings(), 'report', async (hub) => filesOfEdition(await hub.as('api'), id));
}

export async function filesOfEdition(api: DataSource, id: string): Promise<readonly ReportFile[]> {
  const edition = await oneEdition(api, everywhere, id);
  const register = await frozenRegister(api, everywhere, id);
  if (edition.state !== 'review' || register === null)
    throw new Refused('NOT_IN_REVIEW', 'Files are made of an edition that is in review.', {
      remedy: 'Put it to review on its page, /reports.',
    });
  const corrects = await correctedBy(api, edition);
  const made: MadeFile[] = [];
  let told: readonly Told[] = [];
  for (const language of LANGUAGES) {
    const opened = await openEdition(api, loadContracts(), {
      report: edition.report,
      county: edition.county === 'state' ? undefined : edition.county,
      year: edition.year,
      language,
      release: edition.release,
      register,
      issue: { number: edition.number, corrects },
    });
    const report = REPORTS[edition.report](opened);
    made.push(...(await filesIn(report, edition, language)));
    if (language === 'en') told = toldBy(report);
  }
  await keepFiles(api, id, made, told);
  return made.map(({ language, format, name, bytes, sha256 }) => ({ language, format, name, bytes, sha256 }));
}

async function correctedBy(api: DataSource, edition: ReportEdition): Promise<Corrected | undefined> {
  const before = await correctedEdition(api, everywhere, edition);
  if (before === undefined) return undefined;
  const { number, release, publishedAt, told, register } = before;
  const publishedOn = (publishedAt ?? before.openedAt).toISOString().slice(0, 10);
  return { number, release, publishedOn, because: edition.because, told, register };
}

async function filesIn(report: Report, { number }: ReportEdition, language: Language): Promise<MadeFile[]> {
  const made: MadeFile[] = [];
  for (const format of FORMATS) {
    const content = await fileOf(report, format);
    const name = `${report.name}-edition-${number}.${language}.${EXTENSIONS[format]}`;
    const sha256 = createHash('sha256').update(content).digest('hex');
    made.push({ language, format, name, bytes: content.length, sha256, content });
  }
  return made;
}

function toldBy({ cover, blocks }: Report): readonly Told[] {
  const once = new Map(
    boundIn([...cover, ...blocks]).map(({ address, part, value, text }) => [
      `${address} ${part}`,
      { address, part, value, text },
    ]),
  );
  return [...once.values()];
}
