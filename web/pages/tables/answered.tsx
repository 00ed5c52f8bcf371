import type { ComponentChildren, VNode } from 'preact';
import { isKnown } from '../../../reports/charts/cell.ts';
import { CellText, Interval } from '../../layout/cell-text.tsx';
import { DataTable } from '../../layout/data-table.tsx';
import { Figure } from '../../layout/figure.tsx';
import type { ReleasedTable } from '../../released-table.ts';
import type { Visit } from '../../visit.ts';
import { aboutOf, chartOf, footnotesOf, titleOf } from './chart.ts';
import { dimensionName } from './dimension-name.ts';
import { zipAddress } from './elsewhere.ts';
import { queryOf } from './question.ts';
import { type Row, rowsOf } from './rows.ts';

interface AnsweredProps {
  readonly visit: Visit;
  readonly table: ReleasedTable;
  readonly compared: string | undefined;
}

/** Chart beside table, with the same numbers and footnotes, and all that can be taken away. */
export function Answered({ visit, table, compared }: AnsweredProps): VNode {
  const { say } = visit;
  const query = queryOf(table.question, table.release.number);
  const rows = rowsOf(table);
  return (
    <>
      {table.release.newer !== undefined && (
        <p class="notice" role="note">
          {say('tables.newer', { number: table.release.number, newer: table.release.newer })}{' '}
          <a href={`/tables?${queryOf({ ...table.question, release: undefined })}`}>{say('tables.newest')}</a>
        </p>
      )}
      {table.secure && (
        <p class="notice" role="note">
          {say('tables.secure', { place: table.placeLabel })}
        </p>
      )}
      <section class="pictured">
        <h2 id="answer">{takeaway(visit, table, rows)}</h2>
        <p class="remark">
          {table.metric.question}{' '}
          <a href={`/definitions/metrics/${table.metric.id}`}>
            {say('tables.definition', { version: table.metric.version })}
          </a>
        </p>
        <div class="beside">
          <Figure
            about={aboutOf(visit, table)}
            draw={chartOf(visit, table)}
            downloads={[{ href: `/tables/chart.svg?${query}`, label: say('download.svg') }]}
          />
          <div>
            <Figures visit={visit} table={table} rows={rows} />
            <Notes visit={visit} table={table} rows={rows} />
          </div>
        </div>
        <p class="tools-links">
          <a href={`/tables?${queryOf(table.question, table.release.number, compared)}`}>
            {say('tables.permalink')}
          </a>
          <a href={`/tables/data.csv?${query}`} download>
            {say('download.csv')}
          </a>
          {!table.secure && (
            <a href={zipAddress(table)} download>
              {say('tables.zip')}
            </a>
          )}
        </p>
        <div id="tools" class="tools" hidden>
          <button type="button" data-do="copy" data-done={say('tools.copied')}>
            {say('tools.copy')}
          </button>
          <button type="button" data-do="print" data-done="">
            {say('tools.print')}
          </button>
          <button type="button" data-do="png" data-done={say('tools.saved')}>
            {say('tools.png')}
          </button>
          <span id="tools-said" role="status" />
        </div>
      </section>
    </>
  );
}

/** The answer in words: the number itself where there is one, else what is shown. */
function takeaway(visit: Visit, table: ReleasedTable, rows: readonly Row[]): string {
  const [only] = rows;
  if (rows.length !== 1 || only === undefined) return titleOf(visit, table);
  if (isKnown(only.cell)) return `${titleOf(visit, table)}: ${visit.number(only.cell.value)}`;
  return `${titleOf(visit, table)}: ${visit.say(only.cell.status === 'hidden' ? 'mark.hidden' : 'mark.not_available')}`;
}

interface FiguresProps {
  readonly visit: Visit;
  readonly table: ReleasedTable;
  readonly rows: readonly Row[];
}

function Figures({ visit, table, rows }: FiguresProps): VNode {
  const { say, number } = visit;
  const count = (row: Row, key: 'numerator' | 'denominator'): string => {
    const value = isKnown(row.cell) ? row.released?.[key] : undefined;
    return value === null || value === undefined ? '–' : number(value, 0);
  };
  const many = rows.some((row) => row.period !== rows[0]?.period);
  const counted = table.metric.statistic === 'count';
  return (
    <DataTable
      id="figures"
      caption={titleOf(visit, table)}
      columns={[
        { head: table.question.by === undefined ? say('tables.place') : dimensionName(table.question.by) },
        ...(many ? [{ head: say('tables.period') }] : []),
        { head: table.metric.unit, numeric: true },
        { head: say('interval'), numeric: true },
        ...(counted
          ? []
          : [
              { head: say('numerator'), numeric: true },
              { head: say('denominator'), numeric: true },
            ]),
      ]}
      rows={rows.map((row) => [
        placeOrMember(table, row),
        ...(many ? [row.period] : []),
        <CellText visit={visit} cell={row.cell} />,
        <Interval visit={visit} cell={row.cell} />,
        ...(counted ? [] : [count(row, 'numerator'), count(row, 'denominator')]),
      ])}
    />
  );
}

/** Each county leads to its own view, which says why its figure is hidden. */
function placeOrMember({ question, placeLabel }: ReleasedTable, { code, label }: Row): ComponentChildren {
  if (question.place !== 'each' || code === 'all') return label || placeLabel;
  return <a href={`/tables?${queryOf({ ...question, place: code })}`}>{label}</a>;
}

function Notes({ visit, table, rows }: FiguresProps): VNode {
  const { say } = visit;
  const has = (status: Row['cell']['status']): boolean => rows.some((row) => row.cell.status === status);
  return (
    <ul class="footnotes">
      {has('hidden') && <li>[c] {say('mark.hidden')}</li>}
      {has('not_available') && <li>[x] {say('mark.not_available')}</li>}
      {has('provisional') && <li>[p] {say('mark.provisional')}</li>}
      {footnotesOf(table).map((note) => (
        <li key={note}>{note}</li>
      ))}
      {table.metric.limits !== undefined && <li>{table.metric.limits}</li>}
    </ul>
  );
}
