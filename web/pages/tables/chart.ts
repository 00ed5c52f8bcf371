import { barInterval } from '../../../reports/charts/bar-interval.ts';
import { choropleth } from '../../../reports/charts/choropleth.ts';
import type { About } from '../../../reports/charts/frame.ts';
import { lines } from '../../../reports/charts/line.ts';
import { chartWords, sourceLine } from '../../layout/cell-text.tsx';
import type { ReleasedTable } from '../../released-table.ts';
import type { Visit } from '../../visit.ts';
import { type Row, rowsOf } from './rows.ts';

/** A line over several periods, a map over counties, and bars for everything else. */
export function chartOf(visit: Visit, table: ReleasedTable): (about: About) => string {
  const rows = rowsOf(table);
  const { period, place } = table.question;
  if (period === 'each')
    return (about) => lines(about, { periods: table.metric.periods, series: seriesOf(rows, place, visit) });
  if (place === 'each')
    return (about) =>
      choropleth(
        about,
        rows
          .filter(({ code }) => code !== 'all')
          .map((row) => ({ fips: row.code, label: row.label, cell: row.cell })),
        table.metric.unit,
      );
  return (about) =>
    barInterval(
      about,
      rows.map((row) => ({ label: row.label || visit.say('total'), cell: row.cell })),
    );
}

/** More lines than four cannot be told apart; the table has them all. */
const MOST_LINES = 4;

function seriesOf(rows: readonly Row[], place: string, visit: Visit) {
  const codes = [...new Set(rows.map((row) => row.code))];
  const drawn = place === 'each' ? codes.filter((code) => code === 'all') : codes.slice(0, MOST_LINES);
  return (drawn.length === 0 ? codes.slice(0, MOST_LINES) : drawn).map((code) => {
    const mine = rows.filter((row) => row.code === code);
    return { label: mine[0]?.label || visit.say('total'), cells: mine.map((row) => row.cell) };
  });
}

export function aboutOf(visit: Visit, table: ReleasedTable): Omit<About, 'width'> {
  return {
    id: 'table',
    title: titleOf(visit, table),
    desc: `${table.metric.question} ${visit.say('figure.desc')}`,
    words: chartWords(visit),
    madeUp: visit.hub.madeUp,
    source: sourceLine(
      { ...visit, hub: { ...visit.hub, release: table.release } },
      table.metric.title,
      table.metric.version,
    ),
    footnotes: footnotesOf(table),
  };
}

export function titleOf(visit: Visit, table: ReleasedTable): string {
  const { question, metric } = table;
  const period = question.period === 'each' ? visit.say('period.each') : question.period;
  const by =
    question.by === undefined ? '' : `, ${visit.say('by', { dimension: question.by.replaceAll('_', ' ') })}`;
  return `${metric.title}${by}: ${table.placeLabel}, ${period}`;
}

/** Of what the view shows; the table that it was read from has other periods too. */
export function footnotesOf(table: ReleasedTable): readonly string[] {
  return [...new Set(rowsOf(table).flatMap(({ released }) => released?.footnotes ?? []))];
}
