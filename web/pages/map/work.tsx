import type { VNode } from 'preact';
import { DECISIONS } from '../../../src/providers/decide-waiting.ts';
import type { WorkItem } from '../../../src/providers/work-list.ts';
import { type Answer, html, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

/** What a county has to look after: entries that are out of date, and those that wait for somebody to say what they are. */
export async function workPage(visit: Visit, { assetMap }: Ports): Promise<Answer> {
  const { say, day, number } = visit;
  const { items, waiting } = await assetMap.work(permissionOf(visit));
  return html(
    renderPage({
      visit,
      title: say('map.work'),
      children: (
        <>
          <h1>{say('map.work')}</h1>
          <p class="lead">{say('map.work.lead')}</p>
          <p class="tools-links">
            <a href="/map/edit/new">{say('map.new')}</a>
            <a href="/map/import">{say('map.import')}</a>
            <a href="/map">{say('nav.map')}</a>
          </p>
          <section aria-labelledby="waiting">
            <h2 id="waiting">{say('map.work.waiting', { n: number(waiting.length, 0) })}</h2>
            {waiting.length > 0 && (
              <DataTable
                caption={say('map.work.waiting.caption')}
                columns={[
                  { head: say('map.program') },
                  { head: say('map.work.why') },
                  { head: say('map.work.decide') },
                ]}
                rows={waiting.map((entry) => [
                  `${entry.texts['program'] ?? '–'} (${entry.texts['provider'] ?? '–'})`,
                  <>
                    <span lang="en">{entry.reasons.join('; ')}</span>{' '}
                    {entry.looksLike !== null && (
                      <a href={`/map/programs/${entry.looksLike}`}>{say('map.work.other')}</a>
                    )}
                  </>,
                  <Decide visit={visit} id={entry.id} complete={entry.looksLike !== null} />,
                ])}
              />
            )}
          </section>
          <section aria-labelledby="items">
            <h2 id="items">{say('map.work.items', { n: number(items.length, 0) })}</h2>
            <DataTable
              caption={say('map.work.items.caption')}
              columns={[
                { head: say('map.program') },
                { head: say('map.work.why') },
                { head: say('map.work.verified') },
                { head: say('map.work.asked') },
              ]}
              rows={items.slice(0, 200).map((item) => [
                <>
                  <a href={`/map/edit/${item.program.id}`}>{item.program.name}</a>
                  <br />
                  {item.program.provider}
                </>,
                item.why.map((why) => say(`map.why.${why}`)).join(', '),
                item.program.verification.on === undefined ? '–' : day(item.program.verification.on),
                <Ask visit={visit} item={item} />,
              ])}
            />
          </section>
        </>
      ),
    }),
  );
}

function Decide({
  visit,
  id,
  complete,
}: {
  readonly visit: Visit;
  readonly id: string;
  readonly complete: boolean;
}): VNode {
  const offered = complete ? DECISIONS : (['dropped'] as const);
  return (
    <form method="post" action="/map/work">
      <input type="hidden" name="waiting" value={id} />
      {offered.map((decision) => (
        <button key={decision} type="submit" name="decision" value={decision}>
          {visit.say(`map.decide.${decision}`)}
        </button>
      ))}
    </form>
  );
}

function Ask({ visit, item }: { readonly visit: Visit; readonly item: WorkItem }): VNode {
  const { say, day } = visit;
  if (item.askedOn !== null) return <>{day(item.askedOn)}</>;
  if (item.program.contact.email === undefined) return <>{say('map.why.no_email')}</>;
  return (
    <form method="post" action="/map/work">
      <button type="submit" name="ask" value={item.program.id}>
        {say('map.ask')}
      </button>
    </form>
  );
}

export async function doWork(visit: Visit, { assetMap }: Ports): Promise<Answer> {
  const permission = permissionOf(visit);
  const { ask, waiting, decision } = visit.sent;
  if (ask !== undefined && /^[0-9a-f-]{36}$/.test(ask)) {
    const asks = visit.permit('askProvider');
    if (asks !== undefined) await assetMap.ask(asks, ask);
  }
  const decided = DECISIONS.find((one) => one === decision);
  if (waiting !== undefined && /^[0-9a-f-]{36}$/.test(waiting) && decided !== undefined) {
    const settles = visit.permit('decideWaitingProgram');
    if (settles !== undefined)
      await assetMap.settle(settles, waiting, decided, visit.viewer.person ?? permission.purpose);
  }
  return seeOther('/map/work');
}
