import type { VNode } from 'preact';
import type { FeedQuality } from '../../src/deliveries/quality.ts';
import type { Trend } from '../../src/deliveries/trend.ts';
import { type Answer, html } from '../answer.ts';
import { countsFor, permissionOf } from '../layout/count-text.ts';
import { DataTable } from '../layout/data-table.tsx';
import { renderPage } from '../layout/page.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';

/** The newest of a feed; `npx tessera quality --json` has them all. */
const SHOWN = 6;

/** What deliveries came to, agency by agency and feed by feed, against what is usual there. */
export async function qualityPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const permission = permissionOf(visit);
  const feeds = await ports.quality(permission);
  const agencies = Map.groupBy(feeds, ({ agency }) => agency);
  return html(
    renderPage({
      visit,
      title: say('nav.quality'),
      children: (
        <>
          <h1>{say('nav.quality')}</h1>
          <p class="lead">{say('quality.lead')}</p>
          <p class="remark">{say(permission.exact ? 'counts.exact' : 'counts.banded')}</p>
          {agencies.size === 0 && <p>{say('quality.none')}</p>}
          {agencies.size > 1 && (
            <nav class="contents" aria-label={say('contents')}>
              {[...agencies.keys()].map((agency) => (
                <a key={agency} href={`#${agency}`}>
                  {agency}
                </a>
              ))}
            </nav>
          )}
          {[...agencies].map(([agency, own]) => (
            <section key={agency} aria-labelledby={agency}>
              <h2 id={agency}>{agency}</h2>
              {own.map((feed) => (
                <Feed key={`${feed.record} ${feed.kind}`} visit={visit} feed={feed} />
              ))}
            </section>
          ))}
        </>
      ),
    }),
  );
}

function Feed({ visit, feed }: { readonly visit: Visit; readonly feed: FeedQuality }): VNode {
  const { say } = visit;
  const count = countsFor(visit);
  const name = `${feed.record.replaceAll('_', ' ')} (${say(`extract.${feed.kind}`)})`;
  return (
    <>
      <DataTable
        caption={`${feed.agency}: ${name}`}
        columns={[
          { head: say('quality.as_of') },
          { head: say('runs.in'), numeric: true },
          { head: say('quality.usual'), numeric: true },
          { head: say('runs.accepted'), numeric: true },
          { head: say('runs.rejected'), numeric: true },
          { head: say('quality.waiting'), numeric: true },
        ]}
        rows={feed.deliveries
          .slice(-SHOWN)
          .toReversed()
          .map((one) => [
            visit.day(one.asOf),
            count(one.rows.value),
            one.rows.usual === null ? '–' : count(one.rows.usual),
            count(one.accepted),
            count(one.rejected),
            count(one.quarantined),
          ])}
      />
      {feed.rules.length > 0 && (
        <details>
          <summary>{say('quality.rules', { n: feed.rules.length })}</summary>
          <DataTable
            caption={`${name}: ${say('quality.by_rule')}`}
            columns={[
              { head: say('quality.rule') },
              { head: say('quality.outcome') },
              { head: say('quality.rows'), numeric: true },
              { head: say('quality.usual'), numeric: true },
            ]}
            rows={feed.rules.map(({ rule, severity, series }) => {
              const newest = series.at(-1) as Trend;
              return [
                rule,
                severity.replaceAll('_', ' '),
                count(newest.value),
                newest.usual === null ? '–' : count(newest.usual),
              ];
            })}
          />
        </details>
      )}
    </>
  );
}
