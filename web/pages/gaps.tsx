import { heatMatrix } from '../../reports/charts/heat-matrix.ts';
import type { Answer } from '../answer.ts';
import { PictureSection } from '../layout/picture-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { picturedPage } from './pictured-page.tsx';

export function gapsPage(visit: Visit, ports: Ports): Promise<Answer> {
  return picturedPage(visit, ports, { title: 'nav.gaps', lead: 'gaps.lead' }, ({ gaps }) => (
    <>
      <p>
        <a href="/definitions/needs">{visit.say('needs')}</a>
      </p>
      <PictureSection
        visit={visit}
        picture={gaps}
        draw={heatMatrix}
        twin={{
          heads: [visit.say('gaps.need'), ...gaps.data.columns],
          rows: gaps.data.rows.map((row) => [row.label, ...row.cells]),
        }}
      />
    </>
  ));
}
