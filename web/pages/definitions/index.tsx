import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { MessageKey } from '../../messages/messages.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

export function definitionsPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const parts: readonly (readonly [path: string, title: MessageKey, lead: MessageKey, count: number])[] = [
    ['metrics', 'metrics', 'metrics.lead', contracts.metrics.size],
    ['terms', 'terms', 'terms.lead', contracts.terms.size],
    ['codes', 'codes', 'codes.lead', contracts.codeLists.size],
    ['needs', 'needs', 'needs.lead', contracts.needs.nodes.size],
    ['clocks', 'limits', 'limits.lead', contracts.clocks.size],
    ['records', 'records', 'records.lead', contracts.records.size],
  ];
  return html(
    renderPage({
      visit,
      title: say('nav.definitions'),
      children: (
        <>
          <h1>{say('nav.definitions')}</h1>
          <p class="lead">{say('definitions.lead', { version: contracts.version })}</p>
          <ul class="cards">
            {parts.map(([path, title, lead, count]) => (
              <li key={path}>
                <h2>
                  <a href={`/definitions/${path}`}>{say(title)}</a> <span class="count">{count}</span>
                </h2>
                <p>{say(lead)}</p>
              </li>
            ))}
          </ul>
        </>
      ),
    }),
  );
}
