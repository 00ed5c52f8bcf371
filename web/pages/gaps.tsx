import type { Answer } from '../answer.ts';
import { GroupSection } from '../layout/group-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { picturedPage } from './pictured-page.tsx';

export function gapsPage(visit: Visit, ports: Ports): Promise<Answer> {
  return picturedPage(visit, ports, { title: 'nav.gaps', lead: 'gaps.lead' }, ({ gaps }) => (
    <>
      <p>
        <a href="/definitions/needs">{visit.say('needs')}</a> ·{' '}
        <a href="/map/gaps">{visit.say('map.gaps')}</a>
      </p>
      <GroupSection visit={visit} group={gaps} />
    </>
  ));
}
