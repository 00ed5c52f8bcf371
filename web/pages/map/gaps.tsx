import type { ComponentChildren, VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { countiesIn } from '../../../src/providers/asset-map.ts';
import type { Told } from '../../../src/providers/gaps/demand.ts';
import { type Asked, type NeedGap, supplyOf, type WhatIf } from '../../../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../../../src/providers/gaps/gaps.ts';
import { countiesOf } from '../../../src/providers/program.ts';
import { type Answer, html } from '../../answer.ts';
import { CellText } from '../../layout/cell-text.tsx';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { CoverageHoles } from './coverage.tsx';
import { choicesOf, counties, countyLabel, English, Select } from './words.tsx';

/** What is missing where, on one page: demand beside supply beside what the committee aspires to. */
export async function gapsOfResources(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const asked = askedIn(visit, contracts);
  const gaps = await assetMap.gaps(asked);
  const place = asked.county === undefined ? say('place.all') : countyLabel(contracts, asked.county);
  return html(
    renderPage({
      visit,
      title: say('map.gaps'),
      children: (
        <>
          <h1>{say('map.gaps')}</h1>
          <p class="lead">{say('map.gaps.lead')}</p>
          <form class="question" method="get" action="/map/gaps">
            <Select
              visit={visit}
              id="county"
              label={say('map.county')}
              chosen={asked.county}
              options={counties(contracts)}
              open={say('place.all')}
              english={false}
            />
            <Select
              visit={visit}
              id="gender"
              label={say('map.gaps.for')}
              chosen={asked.for?.gender}
              options={choicesOf(contracts, 'genders')}
              open={say('map.any')}
            />
            <button type="submit">{say('tables.show')}</button>
          </form>
          <Reading visit={visit} gaps={gaps} place={place} />
          <Matrix visit={visit} gaps={gaps} place={place} />
          <WhatIfForm visit={visit} contracts={contracts} asked={asked} gaps={gaps} />
          <CoverageHoles visit={visit} contracts={contracts} programs={gaps.programs} county={asked.county} />
          <Sufficiency visit={visit} gaps={gaps} county={asked.county} />
          {gaps.short.length > 0 && <Short visit={visit} contracts={contracts} gaps={gaps} />}
        </>
      ),
    }),
  );
}

/** From the address, or, where something is supposed, from the form that supposes it. */
function askedIn({ query, sent }: Visit, contracts: Contracts): Asked {
  const given = (name: string): string => sent[name] ?? query.get(name) ?? '';
  const county = countiesIn(contracts).find(({ code }) => code === given('county'))?.code;
  const gender = [...choicesOf(contracts, 'genders')].find(([value]) => value === given('gender'))?.[0];
  const need = contracts.needs.nodes.get(given('need'));
  const count = (name: string): number => Math.min(999, Math.max(0, Math.floor(Number(given(name)) || 0)));
  const whatIf: WhatIf | undefined =
    need === undefined
      ? undefined
      : { need: need.code, programs: count('programs'), places: count('places') };
  return { county, for: { gender }, whatIf };
}

const MOST_SENTENCES = 6;

function Reading({
  visit,
  gaps,
  place,
}: {
  readonly visit: Visit;
  readonly gaps: Gaps;
  readonly place: string;
}): VNode {
  const { say } = visit;
  const open = gaps.needs.filter(({ unanswered, short }) => unanswered > 0 || (short ?? 0) > 0);
  return (
    <section aria-labelledby="reading">
      <h2 id="reading">{say('map.reading')}</h2>
      {open.length === 0 ? (
        <p>{say('map.reading.none', { place })}</p>
      ) : (
        <ol>
          {open.slice(0, MOST_SENTENCES).map((gap) => (
            <li key={gap.need}>
              <English text={gap.label} />: {sentences(visit, gap, place).join(' ')}
            </li>
          ))}
        </ol>
      )}
      <p class="remark">
        {gaps.demand.period === undefined
          ? say('map.demand.none')
          : say('map.demand', { period: gaps.demand.period, number: gaps.demand.release ?? 0 })}{' '}
        {say('map.ranked')}
      </p>
    </section>
  );
}

function sentences({ say, number }: Visit, gap: NeedGap, place: string): string[] {
  const { unanswered, needs, target, supply, short, demand, nearest } = gap;
  return [
    ...(unanswered > 0 ? [say('map.reading.unanswered', { n: unanswered, of: needs, place })] : []),
    ...(nearest === undefined ? [] : [say('map.reading.nearest', { n: number(nearest, 0) })]),
    ...(target !== undefined && (short ?? 0) > 0
      ? [say('map.reading.short', { there: supply.programs, wanted: target.programs })]
      : []),
    ...(demand !== undefined && 'value' in demand.unmet
      ? [say('map.reading.unmet', { n: number(demand.unmet.value, 0) })]
      : []),
  ];
}

function Matrix({
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

function WhatIfForm({
  visit,
  contracts,
  asked,
  gaps,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly asked: Asked;
  readonly gaps: Gaps;
}): VNode {
  const { say, number } = visit;
  const { whatIf } = asked;
  const after = gaps.needs.find(({ need }) => need === whatIf?.need);
  return (
    <section aria-labelledby="what-if">
      <h2 id="what-if">{say('map.what_if')}</h2>
      <form class="question" method="post" action="/map/gaps">
        <input type="hidden" name="county" value={asked.county ?? ''} />
        <input type="hidden" name="gender" value={asked.for?.gender ?? ''} />
        <Select
          visit={visit}
          id="need"
          label={say('map.need')}
          chosen={whatIf?.need}
          options={gaps.needs.map(({ need, label }) => [need, label] as const)}
        />
        <div>
          <label for="programs">{say('map.what_if.programs')}</label>
          <input
            id="programs"
            name="programs"
            type="number"
            min="0"
            max="999"
            value={whatIf?.programs ?? 1}
          />
        </div>
        <div>
          <label for="places">{say('map.what_if.places')}</label>
          <input id="places" name="places" type="number" min="0" max="999" value={whatIf?.places ?? 10} />
        </div>
        <button type="submit">{say('map.what_if.show')}</button>
      </form>
      {after !== undefined && whatIf !== undefined && (
        <p class="notice" role="status">
          {say('map.what_if.then', {
            need: contracts.needs.nodes.get(after.need)?.label ?? after.need,
            programs: after.supply.programs,
            places: after.supply.places,
            sufficiency: after.sufficiency === undefined ? '–' : `${number(after.sufficiency * 100, 0)} %`,
          })}
        </p>
      )}
    </section>
  );
}

function Sufficiency({
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

function Short({
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
