import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { DataTable } from '../../layout/data-table.tsx';
import type { EditionStanding } from '../../reports-port.ts';
import type { Visit } from '../../visit.ts';

interface StepsProps {
  readonly visit: Visit;
  readonly standing: EditionStanding;
}

/** What happened to an edition, and what its reader may do with it next. */
export function Steps({ visit, standing }: StepsProps): VNode {
  const { say, day } = visit;
  const { edition, steps } = standing;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{say('report.steps')}</h2>
      <DataTable
        caption={say('report.steps.of')}
        columns={[
          { head: say('report.step') },
          { head: say('report.when') },
          { head: say('report.who') },
          { head: say('report.said') },
        ]}
        rows={steps.map(({ step, at, name, words, person }) => [
          say(`step.${step}`),
          day(at.toISOString()),
          name ?? (person === null ? say('report.hub') : '–'),
          words ?? '',
        ])}
      />
      {edition.state === 'published' ? (
        visit.may('openReport') && <Correct visit={visit} standing={standing} />
      ) : (
        <Acts visit={visit} standing={standing} />
      )}
    </section>
  );
}

function Acts({ visit, standing }: StepsProps): VNode {
  const { say } = visit;
  const { id, state } = standing.edition;
  return (
    <>
      {visit.may('commentOnReport') && (
        <form class="writing" method="post" action={`/reports/${id}/comment`}>
          <input type="hidden" name="key" value={randomUUID()} />
          <div>
            <label for="comment">{say('report.comment')}</label>
            <textarea id="comment" name="words" rows={3} maxLength={4000} required />
          </div>
          <button type="submit">{say('report.comment.send')}</button>
        </form>
      )}
      {state === 'draft' && visit.may('submitReport') && (
        <form class="writing" method="post" action={`/reports/${id}/submit`}>
          <button type="submit">{say('report.submit')}</button>
        </form>
      )}
      {state === 'review' && visit.may('returnReport') && (
        <form class="writing" method="post" action={`/reports/${id}/return`}>
          <div>
            <label for="return">{say('report.return')}</label>
            <textarea id="return" name="words" rows={2} maxLength={4000} required />
          </div>
          <button type="submit">{say('report.return.send')}</button>
        </form>
      )}
      {state === 'review' && visit.may('approveReport') && (
        <form class="writing" method="post" action={`/reports/${id}/approve`}>
          <button type="submit">{say('report.approve')}</button>
        </form>
      )}
    </>
  );
}

function Correct({ visit, standing }: StepsProps): VNode {
  const { say } = visit;
  const { report, county, year } = standing.edition;
  return (
    <form class="writing" method="post" action="/reports">
      <input type="hidden" name="report" value={report} />
      <input type="hidden" name="county" value={county} />
      <input type="hidden" name="year" value={year} />
      <div>
        <label for="because">{say('report.open.because')}</label>
        <textarea id="because" name="because" rows={2} maxLength={2000} required />
      </div>
      <button type="submit">{say('report.correct')}</button>
    </form>
  );
}
