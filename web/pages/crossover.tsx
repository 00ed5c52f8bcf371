import { flow } from '../../reports/charts/flow.ts';
import { upset } from '../../reports/charts/upset.ts';
import type { Answer } from '../answer.ts';
import { GroupSection } from '../layout/group-section.tsx';
import { PictureSection } from '../layout/picture-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { picturedPage } from './pictured-page.tsx';

export function crossoverPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  return picturedPage(visit, ports, { title: 'nav.crossover', lead: 'crossover.lead' }, (pictures) => {
    const { combinations, flows, crossover } = pictures;
    return (
      <>
        {combinations !== undefined && (
          <PictureSection
            visit={visit}
            picture={combinations}
            draw={upset}
            twin={{
              heads: [say('crossover.systems'), say('young_people')],
              rows: combinations.data.combinations.map((one) => [
                one.of.map((at) => combinations.data.sets[at]?.label ?? '').join(' + '),
                one.cell,
              ]),
            }}
          />
        )}
        {flows !== undefined && (
          <PictureSection
            visit={visit}
            picture={flows}
            draw={flow}
            twin={{
              heads: [flows.data.fromWords, flows.data.toWords, say('young_people')],
              rows: flows.data.flows.map((one) => [
                flows.data.from[one.from] ?? '',
                flows.data.to[one.to] ?? '',
                one.cell,
              ]),
            }}
          />
        )}
        <GroupSection visit={visit} group={crossover} />
      </>
    );
  });
}
