import type { VNode } from 'preact';
import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Catalogue, TableQuestion } from '../../released-table.ts';
import type { Visit } from '../../visit.ts';
import { Answered } from './answered.tsx';
import { titleOf } from './chart.ts';
import { Compared } from './compared.tsx';
import { QuestionForm } from './form.tsx';
import { comparedQuestion, readQuestion } from './question.ts';
import { Snippets } from './snippets.tsx';

/** The table tool: metric, place, period, breakdown; chart beside table, with the same numbers. */
export async function tablesPage(visit: Visit, ports: Pick<Ports, 'catalogue' | 'table'>): Promise<Answer> {
  const { say } = visit;
  const catalogue = await ports.catalogue();
  const question = catalogue === undefined ? undefined : readQuestion(visit.query, catalogue);
  if (catalogue === undefined || question === undefined)
    return html(pageOf(visit, say('nav.tables'), <p class="notice">{say('release.none')}</p>));
  const table = await ports.table(question, twinOf(visit, question));
  const compared = comparedQuestion(visit.query, question, catalogue);
  const form = (
    <QuestionForm visit={visit} catalogue={catalogue} question={question} compared={compared?.with} />
  );
  if (table === undefined)
    return html(
      pageOf(
        visit,
        say('nav.tables'),
        <>
          {form}
          <p class="notice">{say('tables.not_published')}</p>
        </>,
      ),
    );
  return html(
    pageOf(
      visit,
      titleOf(visit, table),
      <>
        {form}
        <Answered visit={visit} table={table} compared={compared?.with} />
        {compared !== undefined && (
          <Compared
            visit={visit}
            table={table}
            other={await ports.table(compared.question, twinOf(visit, compared.question))}
            label={labelOf(visit, catalogue, compared.with)}
          />
        )}
        <Snippets visit={visit} table={table} />
      </>,
      ['table-tools'],
    ),
  );
}

function pageOf(visit: Visit, title: string, body: VNode, islands: readonly 'table-tools'[] = []): string {
  return renderPage({
    visit,
    title,
    islands,
    children: (
      <>
        <h1>{visit.say('nav.tables')}</h1>
        <p class="lead">{visit.say('tables.lead')}</p>
        {body}
      </>
    ),
  });
}

/** A county's own authorised analysts read its twin; that they did is on record. */
function twinOf(visit: Visit, { place }: TableQuestion): string | undefined {
  const { county } = visit.viewer;
  if (county === undefined || county !== place || !visit.may('countyTable')) return undefined;
  return visit.permit('countyTable', { county }) === undefined ? undefined : county;
}

/** What stands beside this view: a county, the state, or else a period. */
function labelOf({ say }: Visit, { places }: Catalogue, asked: string): string {
  return asked === 'all' ? say('place.all') : (places.find(({ code }) => code === asked)?.label ?? asked);
}
