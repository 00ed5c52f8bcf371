import type { Answer } from '../answer.ts';
import { GroupSection } from '../layout/group-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { picturedPage } from './pictured-page.tsx';

export function clocksPage(visit: Visit, ports: Ports): Promise<Answer> {
  return picturedPage(visit, ports, { title: 'nav.clocks', lead: 'clocks.lead' }, ({ clocks }) => (
    <>
      <p>
        <a href="/definitions/clocks">{visit.say('clocks.limits')}</a>
      </p>
      <GroupSection visit={visit} group={clocks} />
    </>
  ));
}
