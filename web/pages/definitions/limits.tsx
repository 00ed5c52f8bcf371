import type { Limit } from '../../../src/contracts/clock.ts';
import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Say } from '../../messages/messages.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish, Trail } from './trail.tsx';

/** Limits of time, the counties' own, and who must take part. */
export function limitsPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const clocks = [...contracts.clocks.values()];
  const labels = new Map(contracts.codeLists.get('party')?.codes.map((code) => [code.code, code.label]));
  const counties = new Map(
    contracts.codeLists.get('ca_counties')?.codes.map((code) => [code.code, code.label]),
  );
  return html(
    renderPage({
      visit,
      title: say('limits'),
      children: (
        <>
          <Trail visit={visit} />
          <h1>{say('limits')}</h1>
          <p class="lead">{say('limits.lead')}</p>
          <InEnglish visit={visit} />
          <DataTable
            caption={say('limits')}
            columns={[
              { head: say('limits.clock') },
              { head: say('limits.limit') },
              { head: say('limits.from') },
              { head: say('limits.to') },
              { head: say('authority') },
            ]}
            rows={clocks.map((clock) => [
              <span id={clock.name} lang="en">
                {clock.title}
              </span>,
              `${spokenLimit(clock.limit, say)}${clock.repeats ? ` ${say('limits.again')}` : ''}`,
              <span lang="en">{clock.start.words}</span>,
              <span lang="en">{clock.stop.words}</span>,
              <>
                <span lang="en">{clock.authority.citation}</span> ({say(`authority.${clock.authority.kind}`)})
              </>,
            ])}
          />
          <h2>{say('limits.counties')}</h2>
          <DataTable
            caption={say('limits.counties')}
            columns={[
              { head: say('limits.clock') },
              { head: say('county') },
              { head: say('limits.limit') },
              { head: say('term.why') },
            ]}
            rows={clocks.flatMap((clock) =>
              clock.counties.map((county) => [
                <span lang="en">{clock.title}</span>,
                counties.get(county.county) ?? county.county,
                `${spokenLimit(county.limit, say)}${county.madeUp ? ` (${say('made_up').toLocaleLowerCase()})` : ''}`,
                <span lang="en">{county.why}</span>,
              ]),
            )}
          />
          <h2>{say('parties')}</h2>
          <DataTable
            caption={say('parties')}
            columns={[
              { head: say('parties.for') },
              { head: say('parties.who') },
              { head: say('code.in_force') },
              { head: say('authority') },
            ]}
            rows={contracts.parties.required.map((set) => [
              say(`parties.${set.for}`),
              <span lang="en">{set.parties.map((party) => labels.get(party) ?? party).join(', ')}</span>,
              set.effectiveTo === undefined
                ? say('since', { day: visit.day(set.effectiveFrom) })
                : say('from_to', { from: visit.day(set.effectiveFrom), to: visit.day(set.effectiveTo) }),
              <span lang="en">{set.authority.citation}</span>,
            ])}
          />
        </>
      ),
    }),
  );
}

function spokenLimit(limit: Limit, say: Say): string {
  const parts = [
    limit.months > 0 ? say('unit.months', { n: limit.months }) : '',
    limit.days > 0 ? say('unit.days', { n: limit.days }) : '',
    limit.hours > 0 ? say('unit.hours', { n: limit.hours }) : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
