import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import { ROLES } from '../../viewer.ts';
import type { Visit } from '../../visit.ts';

/** A short guide for each role; the reader's own comes first. */
export function helpPage(visit: Visit): Answer {
  const { say, viewer } = visit;
  const roles = ROLES.toSorted((a, b) => Number(b === viewer.role) - Number(a === viewer.role));
  return html(
    renderPage({
      visit,
      title: say('nav.help'),
      children: (
        <>
          <h1>{say('nav.help')}</h1>
          <p class="lead">{say('help.lead')}</p>
          <nav class="contents" aria-label={say('contents')}>
            <a href="/help/api">{say('help.api')}</a>
            <a href="/graphiql">GraphiQL</a>
            <a href="/help/accessibility">{say('help.accessibility')}</a>
            <a href="/help/privacy">{say('help.privacy')}</a>
          </nav>
          <section aria-labelledby="marks">
            <h2 id="marks">{say('help.marks')}</h2>
            <dl class="facts">
              <dt>[c]</dt>
              <dd>{say('mark.hidden')}</dd>
              <dt>[x]</dt>
              <dd>{say('mark.not_available')}</dd>
              <dt>[p]</dt>
              <dd>{say('mark.provisional')}</dd>
            </dl>
            <p>{say('help.hidden_why')}</p>
          </section>
          {roles.map((role) => (
            <section key={role} aria-labelledby={`for-${role}`}>
              <h2 id={`for-${role}`}>{say(`role.${role}`)}</h2>
              <p>{say(`help.guide.${role}`)}</p>
            </section>
          ))}
        </>
      ),
    }),
  );
}
