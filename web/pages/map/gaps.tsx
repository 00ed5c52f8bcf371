import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { countiesIn } from '../../../src/providers/asset-map.ts';
import type { Asked, NeedGap, WhatIf } from '../../../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../../../src/providers/gaps/gaps.ts';
import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { CoverageHoles } from './coverage.tsx';
import { Matrix, Short, Sufficiency } from './gap-tables.tsx';
import { WhatIfForm } from './what-if.tsx';
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
              id="county"
              label={say('map.county')}
              chosen={asked.county}
              options={counties(contracts)}
              open={say('place.all')}
              english={false}
            />
            <Select
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
