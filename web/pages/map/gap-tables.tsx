import type { ComponentChildren, VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Told } from '../../../src/providers/gaps/demand.ts';
import { supplyOf } from '../../../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../../../src/providers/gaps/gaps.ts';
import { countiesOf } from '../../../src/providers/program.ts';
import { CellText } from '../../layout/cell-text.tsx';
import { DataTable } from '../../layout/data-table.tsx';
import type { Visit } from '../../visit.ts';
import { countyLabel, English } from './words.tsx';

export function Matrix({
  visit,
  gaps,
  place,
}: {
  readonly visit: Visit;
  readonly gaps: Gaps;
  readonly place: string;
}): VNode {
  const { say, number } = visit;
  const told = (figure: Told | undefined): VNode => (
    <CellText visit={visit} cell={figure ?? { status: 'not_available' }} />
  );
  const or = (value: number | undefined): ComponentChildren => (value === undefined ? '–' : number(value, 0));
  return (
    <section aria-labelledby="matrix">
      <h2 id="matrix">{say('map.matrix', { place })}</h2>
      <DataTable
        caption={say('map.matrix.caption')}
        columns={[
          { head: say('map.need') },
          { head: say('map.demand.found'), numeric: true },
          { head: say('map.demand.unmet'), numeric: true },
          { head: say('map.demand.late'), numeric: true },
          { head: say('map.programs'), numeric: true },
          { head: say('map.places'), numeric: true },
          { head: say('map.free'), numeric: true },
          { head: say('map.waiting'), numeric: true },
          { head: say('map.trained'), numeric: true },
          { head: say('map.target'), numeric: true },
          { head: say('map.short'), numeric: true },
          { head: say('map.sufficiency'), numeric: true },
        ]}
        rows={gaps.needs.map(({ label, demand, supply, target, short, sufficiency }) => [
          <English text={label} />,
          told(demand?.found),
          told(demand?.unmet),
          told(demand?.late),
          ...[supply.programs, supply.places, supply.free, supply.waiting, supply.trained].map(or),
          or(target?.programs),
          or(short),
          sufficiency === undefined ? '–' : `${number(sufficiency * 100, 0)} %`,
        ])}
      />
      <p class="footnotes">{say('map.matrix.notes')}</p>
    </section>
  );
}

export function Sufficiency({
  visit,
  gaps,
  county,
}: {
  readonly visit: Visit;
  readonly gaps: Gaps;
  readonly county: string | undefined;
}): VNode {
  const { say, number } = visit;
  const there = gaps.programs.filter(
    ({ place }) => county === undefined || countiesOf(place).includes(county),
  );
  const { places } = supplyOf(there);
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">{say('map.over_time')}</h2>
      <p>
        {gaps.enrolled === undefined
          ? say('map.per_thousand.none')
          : say('map.per_thousand', { n: number((places / gaps.enrolled) * 1000, 2) })}
      </p>
      <DataTable
        caption={say('map.over_time.caption')}
        columns={[
          { head: say('map.month') },
          { head: say('map.programs'), numeric: true },
          { head: say('map.places'), numeric: true },
          { head: say('map.occupied'), numeric: true },
          { head: say('map.waiting'), numeric: true },
        ]}
        rows={gaps.overTime.map(({ month, programs, places: all, occupied, waiting }) => [
          month,
          ...[programs, all, occupied, waiting].map((value) => number(value, 0)),
        ])}
      />
    </section>
  );
}

export function Short({
  visit,
  contracts,
  gaps,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly gaps: Gaps;
}): VNode {
  const { say, number } = visit;
  return (
    <section aria-labelledby="short">
      <h2 id="short">{say('map.by_county')}</h2>
      <DataTable
        caption={say('map.by_county.caption')}
        columns={[
          { head: say('map.county') },
          { head: say('map.short'), numeric: true },
          { head: say('map.without') },
        ]}
        rows={gaps.short.map(({ county, short, without, aimed }) => [
          <a href={`/map/gaps?county=${county}`}>{countyLabel(contracts, county)}</a>,
          aimed ? number(short, 0) : '–',
          <English
            text={without.map((need) => contracts.needs.nodes.get(need)?.label ?? need).join('; ') || '–'}
          />,
        ])}
      />
    </section>
  );
}
