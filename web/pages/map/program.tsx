import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { textsOf } from '../../../src/providers/as-texts.ts';
import { severalOf } from '../../../src/providers/directory.ts';
import type { Program } from '../../../src/providers/program.ts';
import { isStale, todayText } from '../../../src/providers/stale.ts';
import { offeredBy } from '../../../src/register/content.ts';
import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish } from '../definitions/trail.tsx';
import { notFoundPage } from '../not-found.tsx';
import { Call } from './program-list.tsx';
import { valueLabel } from './words.tsx';

/** One page about one program: whom to call first, and then all that the map says of it. */
export async function programPage(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const program = await assetMap.program(visit.params['id'] ?? '');
  if (program === undefined) return notFoundPage(visit);
  return html(
    renderPage({
      visit,
      title: program.name,
      children: (
        <>
          <h1>{program.name}</h1>
          <p class="lead">{program.provider}</p>
          <p class="notice">
            <strong>{say('map.call')}:</strong> {program.contact.name} <Call program={program} />
            {program.contact.hours !== undefined && (
              <>
                {' '}
                (<span lang="en">{valueLabel(contracts, 'hours', program.contact.hours)}</span>)
              </>
            )}
          </p>
          <Card visit={visit} contracts={contracts} program={program} />
          <p class="tools-links">
            <a href="/map">{say('nav.map')}</a>
            {visit.may('recordProgram') && <a href={`/map/edit/${program.id}`}>{say('map.edit')}</a>}
          </p>
        </>
      ),
    }),
  );
}

export function Card({
  visit,
  contracts,
  program,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly program: Program;
}): VNode {
  const { say, day } = visit;
  const texts = textsOf(program);
  const several = severalOf(contracts);
  const { on } = program.verification;
  return (
    <>
      <p>
        {on === undefined ? say('map.never_verified') : say('map.verified', { day: day(on) })}
        {isStale(program, todayText()) && <span class="tag tag-strong">{say('map.stale')}</span>}
      </p>
      {program.place.kind === 'confidential' && <p class="notice">{say('map.confidential_more')}</p>}
      <InEnglish visit={visit} />
      {contracts.directory.map(({ name, words, fields }) => {
        const shown = fields.filter((field) => field.name !== 'id' && texts[field.name] !== undefined);
        if (shown.length === 0) return null;
        return (
          <section key={name} aria-labelledby={`section-${name}`}>
            <h2 id={`section-${name}`} lang="en">
              {words}
            </h2>
            <dl class="facts" lang="en">
              {shown.map((field) => (
                <>
                  <dt>{field.words}</dt>
                  <dd>
                    {(several.has(field.name)
                      ? (texts[field.name] ?? '').split(';')
                      : [texts[field.name] ?? '']
                    )
                      .map((value) => offeredBy(contracts, field)?.get(value) ?? yesOrNo(field.type, value))
                      .join(', ')}
                  </dd>
                </>
              ))}
            </dl>
          </section>
        );
      })}
    </>
  );
}

function yesOrNo(type: string, value: string): string {
  return type === 'flag' ? (value === 'true' ? 'Yes' : 'No') : value;
}
