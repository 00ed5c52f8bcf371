import { curve } from '../../reports/charts/curve.ts';
import { type Comparison, dotComparison } from '../../reports/charts/dot-comparison.ts';
import type { Answer } from '../answer.ts';
import { PictureSection, type Twin } from '../layout/picture-section.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { picturedPage } from './pictured-page.tsx';

export function prevalencePage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  return picturedPage(
    visit,
    ports,
    { title: 'nav.prevalence', lead: 'prevalence.lead' },
    ({ prevalence }) => {
      if ('refused' in prevalence)
        return (
          <section class="notice" aria-labelledby="refused">
            <h2 id="refused">{say('prevalence.refused')}</h2>
            <p>{prevalence.refused}</p>
            <p>{say('prevalence.refused.more')}</p>
          </section>
        );
      const { comparison, assumption, leaveOneOut } = prevalence;
      return (
        <>
          <PictureSection
            visit={visit}
            picture={comparison}
            draw={dotComparison}
            twin={estimates(visit, comparison.data)}
          />
          {assumption === undefined ? (
            <p>{say('prevalence.no_curve')}</p>
          ) : (
            <PictureSection
              visit={visit}
              picture={assumption}
              draw={curve}
              twin={{
                heads: [assumption.data.xAxis, assumption.data.yAxis],
                intervals: true,
                rows: assumption.data.points.map((point) => [
                  visit.number(point.x, 2),
                  { status: 'shown', value: point.y, lower: point.lower, upper: point.upper },
                ]),
              }}
            />
          )}
          {leaveOneOut === undefined ? (
            <p>{say('prevalence.no_single')}</p>
          ) : (
            <PictureSection
              visit={visit}
              picture={leaveOneOut}
              draw={dotComparison}
              twin={estimates(visit, leaveOneOut.data)}
            />
          )}
          <p>{say('prevalence.at_least')}</p>
        </>
      );
    },
  );
}

function estimates(visit: Visit, data: Comparison): Twin {
  return {
    heads: [visit.say('prevalence.method'), visit.say('prevalence.estimate')],
    intervals: true,
    rows: data.estimates.map((one) => [one.label, one.refused ?? one.cell]),
  };
}
