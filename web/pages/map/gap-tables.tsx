import type { ComponentChildren, VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { listNamed } from '../../../src/contracts/lookup.ts';
import type { StandIn } from '../../../src/providers/gaps/demand.ts';
import { supplyOf } from '../../../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../../../src/providers/gaps/gaps.ts';
import type { Told } from '../../../src/providers/gaps/told.ts';
import { countiesOf } from '../../../src/providers/program.ts';
import { CellText } from '../../layout/cell-text.tsx';
import { DataTable } from '../../layout/data-table.tsx';
import type { Visit } from '../../visit.ts';
import { countyLabel, English } from './words.tsx';

export function Matrix({
  visit,
  contracts,
  gaps,
  place,
  county,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly gaps: Gaps;
  readonly place: string;
  readonly county: string | undefined;
}): VNode {
  const { say, number } = visit;
  const told = (figure: Told | undefined, standIn: StandIn | undefined): VNode => (
    <>
      <CellText visit={visit} cell={figure ?? { status: 'not_available' }} />
      {standIn !== undefined && (
        <small class="stand-in">
          <PlaceName visit={visit} contracts={contracts} of={standIn.of} />:{' '}
          <CellText visit={visit} cell={standIn.told} />
        </small>
      )}
    </>
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
          ...(county === undefined ? [] : [{ head: say('map.nearest'), numeric: true }]),
          { head: say('map.target'), numeric: true },
          { head: say('map.short'), numeric: true },
          { head: say('map.sufficiency'), numeric: true },
        ]}
        rows={gaps.needs.map(({ label, demand, beside, supply, nearest, target, short, sufficiency }) => [
          <English text={label} />,
          told(demand?.found, beside.found),
          told(demand?.unmet, beside.unmet),
          told(demand?.late, beside.late),
          ...[supply.programs, supply.places, supply.free, supply.waiting, supply.trained].map(or),
          ...(county === undefined ? [] : [or(nearest)]),
          or(target?.programs),
          or(short),
          sufficiency === undefined ? '–' : `${number(sufficiency * 100, 0)} %`,
        ])}
      />
      <p class="footnotes">{say('map.matrix.notes')}</p>
      {gaps.demand.notByCounty.size > 0 && <p class="footnotes">{say('map.matrix.county_notes')}</p>}
    </section>
  );
}

/** A region by its name, or the state. */
export function PlaceName({
  visit,
  contracts,
  of,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly of: string;
}): VNode {
  if (of === 'state') return <>{visit.say('map.state')}</>;
  return (
    <English text={listNamed(contracts, 'ca_region').codes.find(({ code }) => code === of)?.label ?? of} />
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
          { head: say('map.over_time.reached'), numeric: true },
        ]}
        rows={gaps.overTime.map(({ month, programs, places: all, occupied, waiting, reached, aimed }) => [
          month,
          ...[programs, all, occupied, waiting].map((value) => number(value, 0)),
          aimed === 0 ? '–' : say('map.over_time.of', { reached, aimed }),
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
          { head: say('map.demand.found'), numeric: true },
          { head: say('map.demand.unmet'), numeric: true },
          { head: say('map.short'), numeric: true },
          { head: say('map.without') },
        ]}
        rows={gaps.short.map(({ county, demand, short, without, aimed }) => [
          <a href={`/map/gaps?county=${county}`}>{countyLabel(contracts, county)}</a>,
          <CellText visit={visit} cell={demand?.found ?? { status: 'not_available' }} />,
          <CellText visit={visit} cell={demand?.unmet ?? { status: 'not_available' }} />,
          aimed ? number(short, 0) : '–',
          <English
            text={without.map((need) => contracts.needs.nodes.get(need)?.label ?? need).join('; ') || '–'}
          />,
        ])}
      />
    </section>
  );
}
