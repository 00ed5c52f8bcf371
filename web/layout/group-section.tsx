import type { VNode } from 'preact';
import { barInterval } from '../../reports/charts/bar-interval.ts';
import { distribution } from '../../reports/charts/distribution.ts';
import { heatMatrix } from '../../reports/charts/heat-matrix.ts';
import { binTwin } from '../pages/bin-twin.ts';
import type { Group } from '../pictures.ts';
import type { Visit } from '../visit.ts';
import { CellText, Interval } from './cell-text.tsx';
import { DataTable } from './data-table.tsx';
import { PictureSection } from './picture-section.tsx';

/** Everything that the release holds of a group: its statewide figures, a picture of each table, and what is missing. */
export function GroupSection({ visit, group }: { readonly visit: Visit; readonly group: Group }): VNode {
  const { say } = visit;
  return (
    <>
      {group.lines.length > 0 && (
        <section aria-labelledby="group-figures">
          <h2 id="group-figures">{say('group.figures', { period: group.period })}</h2>
          <DataTable
            caption={say('group.statewide', { period: group.period })}
            columns={[
              { head: say('tables.metric') },
              { head: say('group.figure'), numeric: true },
              { head: say('interval'), numeric: true },
              { head: say('metrics.unit') },
            ]}
            rows={group.lines.map((line) => [
              <a href={line.href}>{line.title}</a>,
              <CellText visit={visit} cell={line.cell} />,
              <Interval visit={visit} cell={line.cell} />,
              line.unit,
            ])}
          />
        </section>
      )}
      {group.matrices.map((picture) => (
        <PictureSection
          key={picture.id}
          visit={visit}
          picture={picture}
          draw={heatMatrix}
          twin={{
            heads: [say('group.row'), ...picture.data.columns],
            rows: picture.data.rows.map((row) => [row.label, ...row.cells]),
          }}
        />
      ))}
      {group.distributions.map((picture) => (
        <PictureSection
          key={picture.id}
          visit={visit}
          picture={picture}
          draw={distribution}
          twin={binTwin(visit, picture.data)}
        />
      ))}
      {group.bars.map((picture) => (
        <PictureSection
          key={picture.id}
          visit={visit}
          picture={picture}
          draw={barInterval}
          twin={{
            heads: [say('group.row'), say('group.figure')],
            intervals: true,
            rows: picture.data.map((bar) => [bar.label, bar.cell]),
          }}
        />
      ))}
      <Absent visit={visit} group={group} />
    </>
  );
}

function Absent({ visit, group }: { readonly visit: Visit; readonly group: Group }): VNode | null {
  const { say } = visit;
  if (group.absent.length === 0 && group.lines.length > 0) return null;
  return (
    <section class="notice" aria-labelledby="group-absent">
      <h2 id="group-absent">{say('group.absent')}</h2>
      <p>{say(group.absent.length === 0 ? 'group.nothing' : 'group.absent.more')}</p>
      <ul>
        {group.absent.map(({ id, title }) => (
          <li key={id}>
            <a href={`/definitions/metrics/${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
