import type { DatasetRequest } from '../../../src/datasets/request.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { placeIn, stateIn, titleOf } from './words.ts';

/** Requests as far as the reader may see them: their own, and those that wait for their review. */
export async function requestsPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say, day } = visit;
  const requests = await ports.datasets.requests(permissionOf(visit));
  return html(
    renderPage({
      visit,
      title: say('nav.requests'),
      children: (
        <>
          <h1>{say('nav.requests')}</h1>
          <p class="lead">{say('requests.lead')}</p>
          {visit.may('requestDataset') && (
            <p>
              <a href="/requests/new">{say('requests.new')}</a>
            </p>
          )}
          {requests.length === 0 ? (
            <p class="notice">{say('requests.none')}</p>
          ) : (
            <DataTable
              caption={say('requests.of')}
              columns={[
                { head: say('datasets.title') },
                { head: say('requests.state') },
                { head: say('requests.due') },
                { head: say('requests.place') },
                { head: say('requests.by') },
                { head: say('requests.opened') },
              ]}
              rows={requests.map((request) => [
                <a href={`/requests/${request.id}`} class="own-words">
                  {titleOf(visit, request)}
                </a>,
                <>
                  {stateIn(visit, request.state)}
                  {waitsFor(visit, request) && (
                    <>
                      {' '}
                      <span class="outcome outcome-running">{say('requests.waits')}</span>
                    </>
                  )}
                </>,
                request.dueOn === null ? '–' : day(request.dueOn),
                placeIn(visit, ports, request.county),
                request.authorName ?? '–',
                day(request.openedAt.toISOString()),
              ])}
            />
          )}
          {requests.length === 200 && <p>{say('requests.newest')}</p>}
        </>
      ),
    }),
  );
}

/** Whether the next step is the reader's. */
function waitsFor(visit: Visit, { state, author }: DatasetRequest): boolean {
  const own = author === visit.viewer.person;
  if (own) return state === 'draft' || state === 'returned' || state === 'expired';
  if (state === 'approved') return visit.may('releaseDataset');
  return (state === 'submitted' || state === 'in_review') && visit.may('decideRequest');
}
