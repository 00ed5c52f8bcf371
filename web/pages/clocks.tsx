import { distribution } from '../../reports/charts/distribution.ts';
import type { Answer } from '../answer.ts';
import { PictureSection } from '../layout/picture-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { binTwin } from './bin-twin.ts';
import { picturedPage } from './pictured-page.tsx';

export function clocksPage(visit: Visit, ports: Ports): Promise<Answer> {
  return picturedPage(visit, ports, { title: 'nav.clocks', lead: 'clocks.lead' }, ({ clocks }) => (
    <>
      <p>
        <a href="/definitions/clocks">{visit.say('clocks.limits')}</a>
      </p>
      {clocks.map((picture) => (
        <PictureSection
          key={picture.id}
          visit={visit}
          picture={picture}
          draw={distribution}
          twin={binTwin(visit, picture.data)}
        />
      ))}
    </>
  ));
}
