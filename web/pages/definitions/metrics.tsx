import type { Metric } from '../../../src/contracts/metric.ts';
import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { InEnglish, Trail } from './trail.tsx';

export function metricsPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const groups = [...new Set([...contracts.metrics.values()].map((metric) => metric.group))];
  return html(
    renderPage({
      visit,
      title: say('metrics'),
      children: (
        <>
          <Trail visit={visit} />
          <h1>{say('metrics')}</h1>
          <p class="lead">{say('metrics.lead')}</p>
          <InEnglish visit={visit} />
          {groups.length === 0 && <p class="notice">{say('metrics.none')}</p>}
          {groups.map((group) => (
            <section key={group}>
              <h2 lang="en">{group.replaceAll('-', ' ')}</h2>
              <DataTable
                caption={group.replaceAll('-', ' ')}
                columns={[
                  { head: say('tables.metric') },
                  { head: say('metrics.question') },
                  { head: say('metrics.unit') },
                  { head: say('version.head'), numeric: true },
                ]}
                rows={[...contracts.metrics.values()]
                  .filter((metric) => metric.group === group)
                  .map((metric) => [
                    <a lang="en" href={`/definitions/metrics/${metric.id}`}>
                      {metric.title}
                    </a>,
                    <span lang="en">{metric.question}</span>,
                    <span lang="en">{metric.unit.replaceAll('_', ' ')}</span>,
                    metric.version,
                  ])}
              />
            </section>
          ))}
        </>
      ),
    }),
  );
}

/** Everything that stands behind a number: what is counted, out of what, from where, on whose authority, and its limits. */
export function metricPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const metric = contracts.metrics.get(visit.params['name'] ?? '');
  if (metric === undefined) return notFoundPage(visit);
  return html(
    renderPage({
      visit,
      title: metric.title,
      children: (
        <>
          <Trail visit={visit} above={['/definitions/metrics', 'metrics']} />
          <h1 lang="en">{metric.title}</h1>
          <p class="lead" lang="en">
            {metric.question}
          </p>
          <p>
            <code>{metric.id}</code> · {say('version.of', { version: metric.version })} ·{' '}
            <a href={`/tables?metric=${metric.id}`}>{say('overview.see')}</a>
          </p>
          {metric.notAvailable !== undefined && (
            <p class="notice">
              {say('metrics.not_available')} <span lang="en">{metric.notAvailable}</span>
            </p>
          )}
          <InEnglish visit={visit} />
          <Facts visit={visit} metric={metric} />
          <h2>{say('metrics.published')}</h2>
          <DataTable
            caption={say('metrics.published')}
            columns={[
              { head: say('tables.by') },
              { head: say('metrics.to_whom') },
              { head: say('tables.period') },
            ]}
            rows={metric.tables.map((table) => [
              table.by.length === 0 ? (
                say('total')
              ) : (
                <span lang="en">{table.by.join(', ').replaceAll('_', ' ')}</span>
              ),
              say(`publish.${table.publish}`),
              table.periods.map((period) => say(`period.${period}`)).join(', '),
            ])}
          />
          {metric.examples.length > 0 && (
            <>
              <h2>{say('metrics.examples')}</h2>
              <ul lang="en">
                {metric.examples.map((example) => (
                  <li key={example.says}>{example.says}</li>
                ))}
              </ul>
            </>
          )}
          {metric.changes.length > 0 && (
            <>
              <h2>{say('changes')}</h2>
              <ul>
                {metric.changes.map((change) => (
                  <li key={change.version}>
                    {say('version.of', { version: change.version })}, {visit.day(change.on)}:{' '}
                    <span lang="en">
                      {change.what} {change.why}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {[...metric.sql].map(([version, sql]) => (
            <details key={version}>
              <summary>{say('metrics.sql', { version })}</summary>
              <pre tabIndex={0} aria-label={say('metrics.sql', { version })}>
                <code>{sql}</code>
              </pre>
            </details>
          ))}
        </>
      ),
    }),
  );
}

function Facts({ visit, metric }: { readonly visit: Visit; readonly metric: Metric }) {
  const { say } = visit;
  return (
    <dl class="facts">
      <dt>{say('numerator')}</dt>
      <dd lang="en">{metric.numerator}</dd>
      <dt>{say('denominator')}</dt>
      <dd lang="en">{metric.denominator ?? '–'}</dd>
      <dt>{say('metrics.unit')}</dt>
      <dd lang="en">{metric.unit.replaceAll('_', ' ')}</dd>
      <dt>{say('metrics.exclusions')}</dt>
      <dd lang="en">{metric.exclusions.join(' ') || '–'}</dd>
      <dt>{say('metrics.limits')}</dt>
      <dd lang="en">{metric.limits.join(' ') || '–'}</dd>
      <dt>{say('metrics.sources')}</dt>
      <dd>
        {metric.sources.map((source, at) => [
          at === 0 ? '' : ', ',
          <a href={`/definitions/records/${source}`}>{source}</a>,
        ])}
      </dd>
      <dt>{say('authority')}</dt>
      <dd>
        <span lang="en">{metric.authority.citation}</span> ({say(`authority.${metric.authority.kind}`)})
      </dd>
    </dl>
  );
}
