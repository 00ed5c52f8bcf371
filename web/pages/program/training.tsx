import type { VNode } from 'preact';
import type { Metric } from '../../../src/contracts/metric.ts';
import { DataTable } from '../../layout/data-table.tsx';
import type { Visit } from '../../visit.ts';
import { codesOf, type PartProps } from './part.ts';

export function Training({ visit, contracts }: PartProps): VNode {
  const { say } = visit;
  return (
    <>
      <p>{say('training.lead')}</p>
      <DataTable
        caption={say('training')}
        columns={[{ head: say('training.competency') }, { head: say('training.group') }]}
        rows={codesOf(contracts, 'competency').map(({ label, attributes }) => [
          <span lang="en">{label}</span>,
          textOf(attributes['group']),
        ])}
      />
      <h3>{say('training.skills')}</h3>
      <ul lang="en">
        {codesOf(contracts, 'competency_skill').map(({ code, label }) => (
          <li key={code}>{label}</li>
        ))}
      </ul>
      <h3>{say('program.figures')}</h3>
      <Figures visit={visit} metrics={metricsOf(contracts.metrics, 'training')} />
    </>
  );
}

/** The one metric that is about buyers, and not about young people. */
const DEMAND = 'activity_against_demand';

export function Prevention({ visit, contracts }: PartProps): VNode {
  const { say } = visit;
  const metrics = metricsOf(contracts.metrics, 'prevention');
  return (
    <>
      <p>{say('prevention.lead')}</p>
      <DataTable
        caption={say('prevention')}
        columns={[{ head: say('prevention.program') }, { head: say('prevention.length') }]}
        rows={codesOf(contracts, 'prevention_program').map(({ label, attributes }) => [
          <span lang="en">{label}</span>,
          <span lang="en">{textOf(attributes['length'])}</span>,
        ])}
      />
      <h3>{say('program.figures')}</h3>
      <Figures visit={visit} metrics={metrics.filter(({ id }) => id !== DEMAND)} />
      <h3>{say('program.demand')}</h3>
      <Figures visit={visit} metrics={metrics.filter(({ id }) => id === DEMAND)} />
    </>
  );
}

function metricsOf(all: ReadonlyMap<string, Metric>, group: string): readonly Metric[] {
  return [...all.values()].filter((metric) => metric.group === group);
}

function Figures({ visit, metrics }: { readonly visit: Visit; readonly metrics: readonly Metric[] }): VNode {
  return (
    <ul lang="en">
      {metrics.map(({ id, title }) => (
        <li key={id}>
          <a href={`/tables?metric=${id}`}>{title}</a> (
          <a href={`/definitions/metrics/${id}`} lang={visit.viewer.language}>
            {visit.say('program.definition')}
            <span class="unseen">: {title}</span>
          </a>
          )
        </li>
      ))}
    </ul>
  );
}

function textOf(attribute: unknown): string {
  return typeof attribute === 'string' ? attribute : '–';
}
