import type { Field, RecordType } from '../../../src/contracts/record.ts';
import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { InEnglish, Trail } from './trail.tsx';

export function recordsPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const records = [...contracts.records.values()];
  const systems = [...new Set(records.map((record) => record.system))];
  return html(
    renderPage({
      visit,
      title: say('records'),
      children: (
        <>
          <Trail visit={visit} />
          <h1>{say('records')}</h1>
          <p class="lead">{say('records.lead')}</p>
          <InEnglish visit={visit} />
          {systems.map((system) => (
            <section key={system}>
              <h2>{say(`system.${system}`)}</h2>
              <DataTable
                caption={say(`system.${system}`)}
                columns={[
                  { head: say('record') },
                  { head: say('meaning') },
                  { head: say('records.fields'), numeric: true },
                ]}
                rows={records.filter((record) => record.system === system).map((record) => recordRow(record))}
              />
            </section>
          ))}
        </>
      ),
    }),
  );
}

function recordRow(record: RecordType) {
  return [
    <a lang="en" href={`/definitions/records/${record.name}`}>
      {record.title}
    </a>,
    <span lang="en">{record.description}</span>,
    record.fields.length,
  ];
}

export function recordPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const record = contracts.records.get(visit.params['name'] ?? '');
  if (record === undefined) return notFoundPage(visit);
  return html(
    renderPage({
      visit,
      title: record.title,
      children: (
        <>
          <Trail visit={visit} above={['/definitions/records', 'records']} />
          <h1 lang="en">{record.title}</h1>
          <p class="lead" lang="en">
            {record.description}
          </p>
          <p>
            <code>{record.name}</code> · {say(`system.${record.system}`)} ·{' '}
            {say('version.of', { version: record.version })} ·{' '}
            {say('since', { day: visit.day(record.effectiveFrom) })}
          </p>
          <InEnglish visit={visit} />
          <DataTable
            caption={say('records.fields')}
            columns={[
              { head: say('field') },
              { head: say('field.type') },
              { head: say('meaning') },
              { head: say('field.codes') },
              { head: say('field.class') },
              { head: say('field.basis') },
            ]}
            rows={record.fields.map((field) => fieldRow(field, visit))}
          />
        </>
      ),
    }),
  );
}

function fieldRow(field: Field, { say }: Visit) {
  return [
    <code>{field.name}</code>,
    `${field.type}${field.constraints.required ? ` · ${say('field.required')}` : ''}`,
    <span lang="en">{field.description}</span>,
    field.codes === undefined ? (
      '–'
    ) : (
      <a href={field.codes === 'holistic_needs' ? '/definitions/needs' : `/definitions/codes/${field.codes}`}>
        {field.codes}
      </a>
    ),
    field.leaves ? field.sensitivity.replaceAll('_', ' ') : <strong>{say('field.never')}</strong>,
    field.leaves ? field.basis.join(', ').replaceAll('_', ' ') : '–',
  ];
}
