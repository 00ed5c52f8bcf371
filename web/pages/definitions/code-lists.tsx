import type { CodeList } from '../../../src/contracts/code-list.ts';
import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { InEnglish, Trail } from './trail.tsx';

export function codeListsPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const lists = [...contracts.codeLists.values()].toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  return html(
    renderPage({
      visit,
      title: say('codes'),
      children: (
        <>
          <Trail visit={visit} />
          <h1>{say('codes')}</h1>
          <p class="lead">{say('codes.lead')}</p>
          <InEnglish visit={visit} />
          <DataTable
            caption={say('codes')}
            columns={[
              { head: say('code_list') },
              { head: say('code_system') },
              { head: say('version.head'), numeric: true },
              { head: say('codes.count'), numeric: true },
            ]}
            rows={lists.map((list) => [
              <a lang="en" href={`/definitions/codes/${list.name}`}>
                {list.title}
              </a>,
              <span lang="en">{list.codeSystem}</span>,
              list.version,
              list.codes.length,
            ])}
          />
        </>
      ),
    }),
  );
}

export function codeListPage(visit: Visit, { contracts }: Ports): Answer {
  const { say } = visit;
  const list = contracts.codeLists.get(visit.params['name'] ?? '');
  if (list === undefined) return notFoundPage(visit);
  return html(
    renderPage({
      visit,
      title: list.title,
      children: (
        <>
          <Trail visit={visit} above={['/definitions/codes', 'codes']} />
          <h1 lang="en">{list.title}</h1>
          <p>
            <code>{list.name}</code> · <span lang="en">{list.codeSystem}</span> ·{' '}
            {say('version.of', { version: list.version })}
          </p>
          {list.note !== undefined && <p lang="en">{list.note}</p>}
          <InEnglish visit={visit} />
          <CodeTable visit={visit} list={list} />
          {list.changes.length > 0 && (
            <section>
              <h2>{say('changes')}</h2>
              <ul>
                {list.changes.map((change) => (
                  <li key={change.version}>
                    {say('version.of', { version: change.version })}, {visit.day(change.on)}:{' '}
                    <span lang="en">
                      {change.what} {change.why}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      ),
    }),
  );
}

function CodeTable({ visit, list }: { readonly visit: Visit; readonly list: CodeList }) {
  const { say } = visit;
  const attributes = Object.entries(list.attributes);
  return (
    <DataTable
      caption={list.title}
      columns={[
        { head: say('code') },
        { head: say('code.label') },
        { head: say('code.in_force') },
        { head: say('code.checked') },
        ...attributes.map(([, title]) => ({ head: <span lang="en">{title}</span> })),
      ]}
      rows={list.codes.map((code) => [
        <code>{code.code}</code>,
        <span lang="en">{code.label}</span>,
        code.validTo === undefined
          ? say('since', { day: visit.day(code.validFrom) })
          : say('from_to', { from: visit.day(code.validFrom), to: visit.day(code.validTo) }),
        say(`status.${code.status}`),
        ...attributes.map(([key]) => <span lang="en">{spoken(code.attributes[key])}</span>),
      ])}
    />
  );
}

function spoken(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : `${value as string | number}`;
}
