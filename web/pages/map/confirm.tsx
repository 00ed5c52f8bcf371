import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { Card } from './program.tsx';

/** What a provider's link opens: looking changes nothing, since programs that read mail follow links too. */
export async function confirmPage(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const secret = visit.params['secret'] ?? '';
  const program = await assetMap.ofLink(secret);
  return html(
    renderPage({
      visit,
      title: say('map.confirm'),
      children:
        program === undefined ? (
          <>
            <h1>{say('map.confirm')}</h1>
            <p class="notice">{say('map.confirm.over')}</p>
          </>
        ) : (
          <>
            <h1>{say('map.confirm.of', { program: program.name })}</h1>
            <p class="lead">{program.provider}</p>
            <p>{say('map.confirm.ask')}</p>
            <form method="post" action={`/map/confirm/${secret}`}>
              <button type="submit">{say('map.confirm.yes')}</button>
            </form>
            <p>{say('map.confirm.wrong')}</p>
            <Card visit={visit} contracts={contracts} program={program} />
          </>
        ),
    }),
  );
}

export async function confirmEntry(visit: Visit, { assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const done = await assetMap.confirm(visit.params['secret'] ?? '');
  return html(
    renderPage({
      visit,
      title: say('map.confirm'),
      children: (
        <>
          <h1>{say('map.confirm')}</h1>
          <p class="notice">{say(done ? 'map.confirm.done' : 'map.confirm.over')}</p>
        </>
      ),
    }),
  );
}
