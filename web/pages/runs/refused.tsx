import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { RefusedDelivery } from '../../../src/deliveries/refusals.ts';
import { DataTable } from '../../layout/data-table.tsx';
import type { Visit } from '../../visit.ts';

interface RefusedProps {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly refused: readonly RefusedDelivery[];
  /** Its words may tell a count. */
  readonly exact: boolean;
}

/** Whose delivery was refused, why, and what to do; those that still wait for a new one stand first. */
export function Refused({ visit, contracts, refused, exact }: RefusedProps): VNode | null {
  const { say } = visit;
  if (refused.length === 0) return null;
  const { qualityRules: rules } = contracts;
  return (
    <section class={refused.some((one) => !one.sentAgain) ? 'notice' : undefined} aria-labelledby="refused">
      <h2 id="refused">{say('runs.refused')}</h2>
      <DataTable
        caption={say('runs.refused.more')}
        columns={[
          { head: say('runs.agency') },
          { head: say('runs.refused.delivery') },
          { head: say('runs.refused.on') },
          { head: say('runs.refused.why') },
          { head: say('runs.refused.do') },
          { head: say('runs.refused.then') },
        ]}
        rows={refused
          .toSorted((a, b) => Number(a.sentAgain) - Number(b.sentAgain))
          .map((one) => [
            one.agency,
            <code class="long">{one.delivery}</code>,
            `${visit.day(one.refusedAt.toISOString())}, ${one.refusedAt.toISOString().slice(11, 16)} UTC`,
            <span lang="en">{exact ? one.words : `${rules.get(one.code)?.words ?? ''} (${one.code})`}</span>,
            <>
              <span lang="en">{asSentence(one.remedy ?? rules.get(one.code)?.remedy ?? '')}</span>{' '}
              {!one.sentAgain && say('runs.refused.tell', { agency: one.agency })}
            </>,
            say(one.sentAgain ? 'runs.refused.again' : 'runs.refused.waiting'),
          ])}
      />
    </section>
  );
}

/** A remedy that ends a line of the command is written as part of it. */
function asSentence(text: string): string {
  const whole = text === '' || text.endsWith('.') ? text : `${text}.`;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}`;
}
