import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { stateIn } from './words.ts';

/** What was given, to which organization: everybody may know, and a citation leads here. */
export async function datasetsPage(visit: Visit, { datasets }: Ports): Promise<Answer> {
  const { say, number, day } = visit;
  const given = await datasets.given();
  return html(
    renderPage({
      visit,
      title: say('nav.datasets'),
      children: (
        <>
          <h1>{say('nav.datasets')}</h1>
          <p class="lead">{say('datasets.lead')}</p>
          {given.length === 0 ? (
            <p class="notice">{say('datasets.none')}</p>
          ) : (
            <DataTable
              caption={say('datasets.of')}
              columns={[
                { head: say('datasets.title') },
                { head: say('datasets.organization') },
                { head: say('datasets.release'), numeric: true },
                { head: say('datasets.cells'), numeric: true },
                { head: say('datasets.made') },
                { head: say('datasets.state') },
                { head: 'SHA-256' },
              ]}
              rows={given.map((one) => [
                <span id={one.id} class="own-words">
                  {one.title}
                </span>,
                <span class="own-words">{one.organization}</span>,
                <a href={`/releases/${one.release}`}>{one.release}</a>,
                number(one.cells, 0),
                day(one.madeAt.toISOString()),
                stateIn(visit, one.state),
                <code class="long">{one.sha256}</code>,
              ])}
            />
          )}
          <p>
            {visit.may('requestDataset') ? (
              <a href="/requests/new">{say('requests.new')}</a>
            ) : (
              say('datasets.ask')
            )}
          </p>
        </>
      ),
    }),
  );
}
