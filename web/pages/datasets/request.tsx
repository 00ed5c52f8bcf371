import type { VNode } from 'preact';
import { textOf } from '../../../src/datasets/request.ts';
import type { RequestStanding } from '../../../src/datasets/requests-seen.ts';
import { waitedFor } from '../../../src/datasets/review-workflow.ts';
import type { TablePreview } from '../../../src/datasets/table-preview.ts';
import { valuesOf } from '../../../src/register/field-values.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { Facts } from '../../layout/facts.tsx';
import { FormNotice } from '../../layout/form-notice.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { isId } from './actor.ts';
import { Given } from './bundles.tsx';
import type { Done } from './done.ts';
import { Review } from './review.tsx';
import { placeIn, stateIn, titleOf } from './words.ts';

/** One request: where it stands, what it asks for, what was given, and what its reader may do with it. */
export async function requestPage(visit: Visit, ports: Ports, done: Done = {}): Promise<Answer> {
  const { say } = visit;
  const { id = '' } = visit.params;
  if (!isId(id)) return notFoundPage(visit);
  const standing = await ports.datasets.standing(permissionOf(visit), id);
  const { tables } = await ports.datasets.tables();
  const title = titleOf(visit, standing.request);
  const answer = html(
    renderPage({
      visit,
      title,
      children: (
        <>
          <nav class="trail" aria-label={say('trail')}>
            <a href="/requests">{say('nav.requests')}</a>
          </nav>
          <h1 class="own-words">{title}</h1>
          <FormNotice visit={visit} refused={done.refused} />
          <Standing visit={visit} ports={ports} standing={standing} />
          <Given visit={visit} ports={ports} standing={standing} link={done.link} />
          <Review visit={visit} standing={standing} />
          <Asked visit={visit} ports={ports} standing={standing} tables={tables} />
          <Steps visit={visit} standing={standing} />
        </>
      ),
    }),
  );
  return done.refused === undefined ? answer : { ...answer, status: 422 };
}

interface PartProps {
  readonly visit: Visit;
  readonly standing: RequestStanding;
}

function Standing({ visit, ports, standing }: PartProps & { readonly ports: Ports }): VNode {
  const { say, day } = visit;
  const { request, steps, making } = standing;
  const roles = waitedFor(steps).map((role) =>
    role === 'steward' || role === 'county-counsel' ? say(`request.role.${role}`) : role,
  );
  return (
    <>
      <p class="lead">{say(`request.next.${request.state}`, { roles: roles.join(', ') })}</p>
      {making !== null && request.state === 'approved' && (
        <p class="notice">
          {making.outcome === null || making.outcome === 'done'
            ? say('request.making')
            : say('request.making.refused', { code: making.code ?? making.outcome.toUpperCase() })}
        </p>
      )}
      <Facts
        facts={[
          [say('requests.state'), stateIn(visit, request.state)],
          ...(request.dueOn === null ? [] : [[say('requests.due'), day(request.dueOn)] as const]),
          [say('requests.place'), placeIn(visit, ports, request.county)],
          [say('requests.by'), request.authorName ?? '–'],
          [say('requests.opened'), day(request.openedAt.toISOString())],
        ]}
      />
    </>
  );
}

function Asked({
  visit,
  ports: { contracts },
  standing: { request },
  tables,
}: PartProps & { readonly ports: Ports; readonly tables: readonly TablePreview[] }): VNode {
  const { say, number } = visit;
  const known = new Map(tables.map((table) => [table.address, table]));
  return (
    <section aria-labelledby="says">
      <h2 id="says">{say('request.says')}</h2>
      {contracts.datasets.sections.map(({ name, words, fields }) => {
        const said = new Map(
          valuesOf(contracts, fields, request.content).map((value) => [value.name, value.labels.join(', ')]),
        );
        if (said.size === 0) return null;
        return (
          <section key={name} lang="en" aria-labelledby={`says-${name}`}>
            <h3 id={`says-${name}`}>{words}</h3>
            <dl class="facts">
              {fields
                .filter((field) => said.has(field.name))
                .map((field) => (
                  <>
                    <dt>{field.words}</dt>
                    <dd class="own-words">{said.get(field.name)}</dd>
                  </>
                ))}
            </dl>
          </section>
        );
      })}
      <h3>{say('request.tables')}</h3>
      {request.tables.length > 0 && (
        <DataTable
          caption={say('request.tables.of')}
          columns={[
            { head: say('request.table') },
            { head: say('request.cells'), numeric: true },
            { head: say('request.hidden'), numeric: true },
          ]}
          rows={request.tables.map((address) => {
            const table = known.get(address);
            const metric = address.split('/')[0] ?? '';
            return [
              <a href={`/definitions/metrics/${metric}`}>{address}</a>,
              table === undefined || table.cells === 0 ? say('request.not_there') : number(table.cells, 0),
              table === undefined || table.cells === 0 ? '–' : number(table.hidden, 0),
            ];
          })}
        />
      )}
      {request.proposals.map((table) => (
        <p key={table}>{say('request.proposed', { table })}</p>
      ))}
      {textOf(request, 'title') === '' && request.tables.length === 0 && <p>–</p>}
    </section>
  );
}

function Steps({ visit, standing }: PartProps): VNode {
  const { say, day } = visit;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{say('request.steps')}</h2>
      <DataTable
        caption={say('request.steps.of')}
        columns={[
          { head: say('request.step') },
          { head: say('request.when') },
          { head: say('request.who') },
          { head: say('request.said') },
        ]}
        rows={standing.steps.map(({ step, at, name, role, words }) => [
          say(`request.step.${step}`),
          day(at.toISOString()),
          [name ?? say('request.hub'), ...(role === null ? [] : [role.replaceAll('-', ' ')])].join(', '),
          <span class="own-words">{words ?? ''}</span>,
        ])}
      />
    </section>
  );
}
