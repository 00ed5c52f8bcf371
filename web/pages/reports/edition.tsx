import type { VNode } from 'preact';
import type { ReportEdition } from '../../../src/reports/edition.ts';
import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { EditionStanding } from '../../reports-port.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { editionNamed } from './edition-named.ts';
import { RefusedNote } from './refused.tsx';
import { Steps } from './steps.tsx';
import { Texts } from './texts.tsx';
import { titleOf } from './words.ts';

/** One edition: where it stands, its files, what parties wrote for it, and what was said of it. */
export async function editionPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const standing = await editionNamed(visit, ports);
  if (standing === undefined) return notFoundPage(visit);
  const { edition } = standing;
  const reading = works(standing) ? visit.permit('register') : undefined;
  const title = titleOf(visit, ports, edition);
  const texts =
    reading === undefined || !printsTexts(edition) || edition.county === 'state'
      ? undefined
      : await ports.reports.texts(reading, edition);
  return html(
    renderPage({
      visit,
      title,
      children: (
        <>
          <h1>{title}</h1>
          <RefusedNote visit={visit} />
          <Standing visit={visit} standing={standing} />
          <Files visit={visit} standing={standing} />
          {works(standing) && printsTexts(edition) && edition.county === 'state' && (
            <p>{say('report.texts.statewide')}</p>
          )}
          {texts !== undefined && <Texts visit={visit} ports={ports} edition={edition} texts={texts} />}
          {works(standing) && <Steps visit={visit} standing={standing} />}
          <p>
            <a href="/reports">{say('report.back')}</a>
          </p>
        </>
      ),
    }),
  );
}

/** Everybody reads what is published; whoever sees its steps works on it. */
function works({ steps }: EditionStanding): boolean {
  return steps.length > 0;
}

/** Packs and briefs are figures alone. */
function printsTexts({ report }: ReportEdition): boolean {
  return report === 'annual';
}

interface StandingProps {
  readonly visit: Visit;
  readonly standing: EditionStanding;
}

function Standing({ visit, standing }: StandingProps): VNode {
  const { say, day } = visit;
  const { edition, newest } = standing;
  const facts: readonly (readonly [string, VNode | string])[] = [
    [say('reports.state'), say(`report.${edition.state}`)],
    [say('reports.release'), <a href={`/releases/${edition.release}`}>{edition.release}</a>],
    [say('report.opened'), day(edition.openedAt.toISOString())],
    ...(edition.publishedAt === null
      ? []
      : [[say('report.published_on'), day(edition.publishedAt.toISOString())] as const]),
    ...(edition.number === 1
      ? []
      : [[say('report.because'), edition.because ?? say('report.because.release')] as const]),
  ];
  return (
    <>
      {edition.releaseState === 'withdrawn' && (
        <p class="notice">{say('report.release_withdrawn', { n: edition.release })}</p>
      )}
      {edition.state === 'published' && newest > edition.number && (
        <p class="notice">{say('report.superseded', { n: newest })}</p>
      )}
      <dl class="facts">
        {facts.map(([head, value]) => (
          <>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      {edition.state !== 'published' && <p>{nextOf(visit, standing)}</p>}
    </>
  );
}

function nextOf({ say }: Visit, { edition, steps, files, refused }: EditionStanding): string {
  if (edition.state === 'draft') return say('report.next.draft');
  if (refused !== null) return say('report.next.refused', { code: refused });
  const round = steps.slice(steps.findLastIndex(({ step }) => step === 'submitted'));
  if (files.length === 0 || !round.some(({ step }) => step === 'made')) return say('report.next.making');
  return round.some(({ step }) => step === 'approved') ? say('report.next.one') : say('report.next.review');
}

/** Each with the hash of its bytes: what was approved is what is read. */
function Files({ visit, standing }: StandingProps): VNode {
  const { say, number } = visit;
  const { edition, files } = standing;
  const shown = edition.state === 'draft' ? [] : files;
  return (
    <section aria-labelledby="files">
      <h2 id="files">{say('report.files')}</h2>
      {shown.length === 0 ? (
        <p>{say('report.files.none')}</p>
      ) : (
        <DataTable
          caption={say('report.files.of')}
          columns={[
            { head: say('report.file') },
            { head: say('report.language') },
            { head: say('report.bytes'), numeric: true },
            { head: 'SHA-256' },
          ]}
          rows={shown.map((file) => [
            <a href={`/reports/${edition.id}/${file.name}`}>{file.format.toUpperCase()}</a>,
            say(`report.language.${file.language}`),
            number(file.bytes, 0),
            <code class="long">{file.sha256}</code>,
          ])}
        />
      )}
    </section>
  );
}
