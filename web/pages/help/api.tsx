import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Visit } from '../../visit.ts';

const EXAMPLE = `curl -s "$HUB/graphql" \\
  -H 'content-type: application/json' \\
  -d '{"query":"{ hub { version release } }"}'`;

export function apiGuidePage(visit: Visit): Answer {
  const { say } = visit;
  return html(
    renderPage({
      visit,
      title: say('help.api'),
      children: (
        <>
          <h1>{say('help.api')}</h1>
          <p class="lead">{say('api.lead')}</p>
          <h2>{say('api.first')}</h2>
          <pre tabIndex={0}>
            <code>{EXAMPLE}</code>
          </pre>
          <p>
            <a href="/graphiql">{say('api.graphiql')}</a>
          </p>
          <h2>{say('api.rules')}</h2>
          <ul>
            <li>{say('api.rule.release')}</li>
            <li>{say('api.rule.hidden')}</li>
            <li>{say('api.rule.fips')}</li>
            <li>{say('api.rule.tables')}</li>
          </ul>
        </>
      ),
    }),
  );
}
