import type { ComponentChildren } from 'preact';
import { type Answer, html } from '../answer.ts';
import { renderPage } from '../layout/page.tsx';
import type { MessageKey } from '../messages/messages.ts';
import type { Pictures } from '../pictures.ts';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';

/** A page whose pictures come from the release; before the first release it says what will stand here. */
export async function picturedPage(
  visit: Visit,
  ports: Ports,
  page: { readonly title: MessageKey; readonly lead: MessageKey },
  body: (pictures: Pictures) => ComponentChildren,
): Promise<Answer> {
  const { say } = visit;
  const pictures = await ports.pictures(say);
  return html(
    renderPage({
      visit,
      title: say(page.title),
      children: (
        <>
          <h1>{say(page.title)}</h1>
          <p class="lead">{say(page.lead)}</p>
          {pictures === undefined ? <p class="notice">{say('release.none')}</p> : body(pictures)}
        </>
      ),
    }),
  );
}
