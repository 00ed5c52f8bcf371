import type { VNode } from 'preact';
import { type Answer, html } from '../answer.ts';
import { CellText, Interval } from '../layout/cell-text.tsx';
import { renderPage } from '../layout/page.tsx';
import type { Headline } from '../pictures.ts';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';

/** The release's date and state, the headline figures, and what changed. */
export async function overviewPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say, hub, day } = visit;
  const pictures = await ports.pictures(say);
  return html(
    renderPage({
      visit,
      title: 'Tessera',
      children: (
        <>
          <div class="opening">
            <h1>{say('overview.title')}</h1>
            <p class="lead">{say('overview.lead')}</p>
          </div>
          <section aria-labelledby="release">
            <h2 id="release">{say('release.current')}</h2>
            {hub.release === undefined ? (
              <p class="notice">{say('release.none')}</p>
            ) : (
              <dl class="facts">
                <dt>{say('release.number')}</dt>
                <dd>
                  <a href={`/releases/${hub.release.number}`}>{hub.release.number}</a>
                </dd>
                <dt>{say('release.state')}</dt>
                <dd>{hub.release.state}</dd>
                <dt>{say('release.closed')}</dt>
                <dd>
                  <time dateTime={hub.release.closedOn}>{day(hub.release.closedOn)}</time>
                </dd>
              </dl>
            )}
          </section>
          {pictures !== undefined && (
            <>
              <section aria-labelledby="headlines">
                <h2 id="headlines">{say('overview.headlines')}</h2>
                <ul class="headlines">
                  {pictures.headlines.map((headline) => (
                    <Figure key={headline.label} visit={visit} headline={headline} />
                  ))}
                </ul>
              </section>
              <section aria-labelledby="changed">
                <h2 id="changed">{say('overview.changed')}</h2>
                <ul>
                  {pictures.changed.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              </section>
            </>
          )}
          <section aria-labelledby="begin">
            <h2 id="begin">{say('overview.begin')}</h2>
            <ul class="cards">
              {(['tables', 'crossover', 'gaps', 'definitions', 'program', 'help'] as const).map((page) => (
                <li key={page}>
                  <h3>
                    <a href={`/${page}`}>{say(`nav.${page}`)}</a>
                  </h3>
                  <p>{say(`overview.${page}`)}</p>
                </li>
              ))}
            </ul>
          </section>
        </>
      ),
    }),
  );
}

function Figure({ visit, headline }: { readonly visit: Visit; readonly headline: Headline }): VNode {
  return (
    <li>
      <p class="headline-label">{headline.label}</p>
      <p class="headline-number">
        <CellText visit={visit} cell={headline.cell} />
      </p>
      <p class="remark">{headline.unit}</p>
      <p class="remark">
        {visit.say('interval')}: <Interval visit={visit} cell={headline.cell} />
      </p>
      <p>
        {headline.takeaway} <a href={headline.href}>{visit.say('overview.see')}</a>
      </p>
    </li>
  );
}
