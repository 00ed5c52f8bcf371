import { type Answer, html } from '../answer.ts';
import { renderPage } from '../layout/page.tsx';
import type { Visit } from '../visit.ts';

/** What a reader may not see gets the same page as what is not there. */
export function notFoundPage(visit: Visit): Answer {
  return plain(visit, 404, visit.say('not_found'), visit.say('not_found.more'));
}

function plain(visit: Visit, status: number, title: string, more: string): Answer {
  return html(
    renderPage({
      visit,
      title,
      children: (
        <>
          <h1>{title}</h1>
          <p class="lead">{more}</p>
          <p>
            <a href="/">{visit.say('nav.overview')}</a> · <a href="/help">{visit.say('nav.help')}</a>
          </p>
        </>
      ),
    }),
    status,
  );
}
