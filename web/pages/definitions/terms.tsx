import type { VNode } from 'preact';
import { describeRule } from '../../../src/contracts/dictionary/rule-words.ts';
import type { LocalTerm, Term, TermVersion } from '../../../src/contracts/term.ts';
import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { Difference } from './difference.tsx';
import { InEnglish, Trail } from './trail.tsx';

export function termsPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const terms = [...contracts.terms.values()].toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  return html(
    renderPage({
      visit,
      title: say('terms'),
      children: (
        <>
          <Trail visit={visit} />
          <h1>{say('terms')}</h1>
          <p class="lead">{say('terms.lead')}</p>
          <InEnglish visit={visit} />
          <DataTable
            caption={say('terms')}
            columns={[{ head: say('term') }, { head: say('meaning') }, { head: say('version.head') }]}
            rows={terms.map((term) => [
              <a lang="en" href={`/definitions/terms/${term.name}`}>
                {term.title}
              </a>,
              <span lang="en">{term.versions.at(-1)?.words}</span>,
              term.versions.at(-1)?.version ?? '',
            ])}
          />
        </>
      ),
    }),
  );
}

export function termPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const term = contracts.terms.get(visit.params['name'] ?? '');
  if (term === undefined) return notFoundPage(visit);
  return html(
    renderPage({
      visit,
      title: term.title,
      children: (
        <>
          <Trail visit={visit} above={['/definitions/terms', 'terms']} />
          <h1 lang="en">{term.title}</h1>
          <p>
            <code>{term.name}</code>
            {term.alsoKnownAs.length > 0 && ` · ${say('term.also', { ids: term.alsoKnownAs.join(', ') })}`}
          </p>
          <InEnglish visit={visit} />
          {versions(visit, term)}
          {term.local.map((local) => (
            <Wording
              key={local.county}
              visit={visit}
              wording={local}
              title={localTitle(visit, local, contracts)}
              before={term.versions.at(-1)}
            />
          ))}
        </>
      ),
    }),
  );
}

function versions(visit: Visit, term: Term): readonly VNode[] {
  return term.versions
    .map((version, at) => (
      <Wording
        key={version.version}
        visit={visit}
        wording={version}
        title={visit.say('version.of', { version: version.version })}
        before={term.versions[at - 1]}
      />
    ))
    .toReversed();
}

function localTitle(visit: Visit, local: LocalTerm, contracts: Ports['contracts']): string {
  const county = contracts.codeLists.get('ca_counties')?.codes.find((code) => code.code === local.county);
  return visit.say('term.in_county', { county: county?.label ?? local.county });
}

interface WordingProps {
  readonly visit: Visit;
  readonly wording: TermVersion;
  readonly title: string;
  /** The wording that it took the place of. */
  readonly before: TermVersion | undefined;
}

function Wording({ visit, wording, title, before }: WordingProps): VNode {
  const { say, day } = visit;
  return (
    <section class="wording">
      <h2>{title}</h2>
      <p class="remark">
        {wording.effectiveTo === undefined
          ? say('since', { day: day(wording.effectiveFrom) })
          : say('from_to', { from: day(wording.effectiveFrom), to: day(wording.effectiveTo) })}
      </p>
      <p lang="en" class="lead">
        {wording.words}
      </p>
      <dl class="facts">
        <dt>{say('term.rule')}</dt>
        <dd lang="en">
          {wording.rule === undefined ? wording.noRule : describeRule(wording.rule).replaceAll('`', '')}
        </dd>
        <dt>{say('authority')}</dt>
        <dd>
          <span lang="en">{wording.authority.citation}</span> ({say(`authority.${wording.authority.kind}`)})
        </dd>
        <dt>{say('term.what')}</dt>
        <dd lang="en">{wording.what}</dd>
        <dt>{say('term.why')}</dt>
        <dd lang="en">{wording.why}</dd>
      </dl>
      {before !== undefined && (
        <details>
          <summary>{say('term.difference')}</summary>
          <Difference before={before.words} after={wording.words} />
        </details>
      )}
    </section>
  );
}
