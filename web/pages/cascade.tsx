import { funnel } from '../../reports/charts/funnel.ts';
import type { Answer } from '../answer.ts';
import { PictureSection } from '../layout/picture-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { picturedPage } from './pictured-page.tsx';

export function cascadePage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  return picturedPage(visit, ports, { title: 'nav.cascade', lead: 'cascade.lead' }, ({ cascade }) => (
    <PictureSection
      visit={visit}
      picture={cascade}
      draw={funnel}
      twin={{
        heads: [say('cascade.step'), say('young_people'), say('cascade.share')],
        rows: cascade.data.map((step) => [step.label, step.cell, step.remark ?? '–']),
      }}
    />
  ));
}
