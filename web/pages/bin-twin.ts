import type { Distribution } from '../../reports/charts/distribution.ts';
import type { Twin } from '../layout/picture-section.tsx';
import type { Visit } from '../visit.ts';

/** The table beside a distribution. */
export function binTwin(visit: Visit, data: Distribution): Twin {
  return {
    heads: [data.axis, visit.say('young_people')],
    rows: data.bins.map((bin) => [bin.label, bin.cell]),
  };
}
