import { funnel } from '../../reports/charts/funnel.ts';
import type { Answer } from '../answer.ts';
import { GroupSection } from '../layout/group-section.tsx';
import { PictureSection } from '../layout/picture-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { picturedPage } from './pictured-page.tsx';

export function cascadePage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  return picturedPage(
    visit,
    ports,
    { title: 'nav.cascade', lead: 'cascade.lead' },
    ({ funnel: steps, cascade }) => (
      <>
        {steps !== undefined && (
          <PictureSection
            visit={visit}
            picture={steps}
            draw={funnel}
            twin={{
              heads: [say('cascade.step'), say('young_people'), say('cascade.share')],
              rows: steps.data.map((step) => [step.label, step.cell, step.remark ?? '–']),
            }}
          />
        )}
        <GroupSection visit={visit} group={cascade} />
      </>
    ),
  );
}
