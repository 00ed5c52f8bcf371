import type { VNode } from 'preact';
import type { Visit } from '../visit.ts';
import { HelpLines } from './help-lines.tsx';

export function Footer({ visit }: { readonly visit: Visit }): VNode {
  const { say, hub, day } = visit;
  return (
    <footer class="foot">
      <HelpLines say={say} />
      <div class="foot-line">
        <p>
          {hub.release === undefined
            ? say('release.none_short')
            : say('release.line', {
                number: hub.release.number,
                state: hub.release.state,
                day: day(hub.release.closedOn),
              })}
          {hub.madeUp && <strong> {say('made_up')}</strong>} {say('version', { version: hub.version })}
        </p>
        <ul>
          <li>
            <a href="/help/accessibility">{say('help.accessibility')}</a>
          </li>
          <li>
            <a href="/help/privacy">{say('help.privacy')}</a>
          </li>
          <li>
            <a href="/help/api">{say('help.api')}</a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
