import type { VNode } from 'preact';
import type { MessageKey } from '../../messages/messages.ts';
import type { Visit } from '../../visit.ts';

/** Where a page of definitions stands. */
export function Trail({
  visit,
  above,
}: {
  readonly visit: Visit;
  readonly above?: readonly [string, MessageKey];
}): VNode {
  const { say } = visit;
  return (
    <nav class="trail" aria-label={say('trail')}>
      <a href="/definitions">{say('nav.definitions')}</a>
      {above !== undefined && (
        <>
          {' / '}
          <a href={above[0]}>{say(above[1])}</a>
        </>
      )}
    </nav>
  );
}

/** The contracts are written in English; whoever reads another language is told, and so is a screen reader. */
export function InEnglish({ visit }: { readonly visit: Visit }): VNode | null {
  return visit.viewer.language === 'en' ? null : <p class="remark">{visit.say('definitions.in_english')}</p>;
}
