import type { ComponentChildren, VNode } from 'preact';
import type { Cell } from '../../reports/charts/cell.ts';
import type { About } from '../../reports/charts/frame.ts';
import type { Picture } from '../pictures.ts';
import type { Visit } from '../visit.ts';
import { CellText, chartWords, Interval, sourceLine } from './cell-text.tsx';
import { DataTable } from './data-table.tsx';
import { Figure } from './figure.tsx';

interface SectionProps<Data> {
  readonly visit: Visit;
  readonly picture: Picture<Data>;
  readonly draw: (about: About, data: Data) => string;
  /** The same numbers as the picture. */
  readonly twin: Twin;
}

export interface Twin {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (Cell | string)[])[];
  /** Where the interval is worth a column of its own. */
  readonly intervals?: boolean;
}

/** Takeaway, picture, and beside it the table with the same numbers and footnotes. */
export function PictureSection<Data>({ visit, picture, draw, twin }: SectionProps<Data>): VNode {
  const { say } = visit;
  const about = {
    id: picture.id,
    title: picture.title,
    desc: `${picture.takeaway} ${say('figure.desc')}`,
    words: chartWords(visit),
    madeUp: visit.hub.madeUp,
    source: sourceLine(visit, picture.metric, picture.version),
    footnotes: picture.footnotes,
  };
  return (
    <section class="pictured" aria-labelledby={`${picture.id}-takeaway`}>
      <h2 id={`${picture.id}-takeaway`}>{picture.takeaway}</h2>
      <div class="beside">
        <Figure about={about} draw={(given) => draw(given, picture.data)} />
        <TwinTable visit={visit} caption={picture.title} twin={twin} />
      </div>
    </section>
  );
}

function TwinTable({
  visit,
  caption,
  twin,
}: {
  readonly visit: Visit;
  readonly caption: string;
  readonly twin: Twin;
}): VNode {
  const { say } = visit;
  const heads = twin.intervals ? [...twin.heads, say('interval')] : twin.heads;
  return (
    <DataTable
      caption={caption}
      columns={heads.map((head, at) => ({
        head,
        numeric: twin.rows.some((row) => typeof row[at] === 'object'),
      }))}
      rows={twin.rows.map((row) => {
        const cells: ComponentChildren[] = row.map((entry) =>
          typeof entry === 'string' ? entry : <CellText visit={visit} cell={entry} />,
        );
        const last = row.findLast((entry) => typeof entry !== 'string');
        if (twin.intervals) cells.push(last === undefined ? '–' : <Interval visit={visit} cell={last} />);
        return cells;
      })}
    />
  );
}
