import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { MessageKey } from '../../messages/messages.ts';
import type { Visit } from '../../visit.ts';

export function accessibilityPage(visit: Visit): Answer {
  return statement(visit, 'help.accessibility', 'access.lead', [
    ['access.meets', 'access.meets.more'],
    ['access.how', 'access.how.more'],
    ['access.limits', 'access.limits.more'],
    ['access.report', 'access.report.more'],
  ]);
}

export function privacyPage(visit: Visit): Answer {
  return statement(visit, 'help.privacy', 'privacy.lead', [
    ['privacy.young', 'privacy.young.more'],
    ['privacy.visit', 'privacy.visit.more'],
    ['privacy.cookie', 'privacy.cookie.more'],
    ['privacy.outside', 'privacy.outside.more'],
  ]);
}

function statement(
  visit: Visit,
  title: MessageKey,
  lead: MessageKey,
  parts: readonly (readonly [head: MessageKey, body: MessageKey])[],
): Answer {
  const { say } = visit;
  return html(
    renderPage({
      visit,
      title: say(title),
      children: (
        <>
          <h1>{say(title)}</h1>
          <p class="lead">{say(lead)}</p>
          {parts.map(([head, body]) => (
            <section key={head}>
              <h2>{say(head)}</h2>
              <p>{say(body)}</p>
            </section>
          ))}
        </>
      ),
    }),
  );
}
