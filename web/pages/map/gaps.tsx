import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { countiesIn } from '../../../src/providers/asset-map.ts';
import type { Asked, NeedGap, WhatIf } from '../../../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../../../src/providers/gaps/gaps.ts';
import { valueOf } from '../../../src/providers/gaps/told.ts';
import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { CoverageHoles } from './coverage.tsx';
import { ForWhom, situationIn } from './find-form.tsx';
import { Matrix, PlaceName, Short, Sufficiency } from './gap-tables.tsx';
import { WhatIfForm } from './what-if.tsx';
import { counties, countyLabel, English, Select } from './words.tsx';

/** What is missing where, on one page: demand beside supply beside what the committee aspires to. */
export async function gapsOfResources(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const asked = askedIn(visit, contracts);
  const gaps = await assetMap.gaps({ ...asked, twin: readsTwin(visit, asked.county) });
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
            <ForWhom visit={visit} contracts={contracts} asked={asked.for ?? {}} />
            <button type="submit">{say('tables.show')}</button>
          </form>
          {gaps.demand.twin && (
            <p class="notice" role="note">
              {say('tables.secure', { place })}
            </p>
          )}
          <Reading visit={visit} contracts={contracts} gaps={gaps} place={place} />
          <Matrix visit={visit} contracts={contracts} gaps={gaps} place={place} county={asked.county} />
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
  const { age, gender, system, language } = situationIn(
    contracts,
    Object.fromEntries(['age', 'gender', 'system', 'language'].map((name) => [name, given(name)])),
  );
  const need = contracts.needs.nodes.get(given('need'));
  const count = (name: string): number => Math.min(999, Math.max(0, Math.floor(Number(given(name)) || 0)));
  const whatIf: WhatIf | undefined =
    need === undefined
      ? undefined
      : { need: need.code, programs: count('programs'), places: count('places') };
  return { county, for: { age, gender, system, language }, whatIf };
}

/** A county's own authorised analysts read its twin; that they did is on record. */
function readsTwin(visit: Visit, county: string | undefined): boolean {
  if (county === undefined || visit.viewer.county !== county || !visit.may('countyTable')) return false;
  return visit.permit('countyTable', { county }) !== undefined;
}

const MOST_SENTENCES = 6;

function Reading({
  visit,
  contracts,
  gaps,
  place,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
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
              <English text={gap.label} />: {sentences(visit, gap, place).join(' ')}{' '}
              <UnmetReading
                visit={visit}
                contracts={contracts}
                gap={gap}
                byCounty={gaps.demand.beside.size > 0}
              />
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
  const { unanswered, needs, target, supply, short, nearest } = gap;
  return [
    ...(unanswered > 0 ? [say('map.reading.unanswered', { n: unanswered, of: needs, place })] : []),
    ...(nearest === undefined || supply.programs > 0
      ? []
      : [say('map.reading.nearest', { n: number(nearest, 0) })]),
    ...(target !== undefined && (short ?? 0) > 0
      ? [say('map.reading.short', { there: supply.programs, wanted: target.programs })]
      : []),
  ];
}

/** How much is unmet: here, or where that is not shown, in the place around it. */
function UnmetReading({
  visit,
  contracts,
  gap: { demand, beside, notByCounty },
  byCounty,
}: {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly gap: NeedGap;
  readonly byCounty: boolean;
}): VNode | null {
  const { say, number } = visit;
  const here = demand === undefined ? undefined : valueOf(demand.unmet);
  const found = demand === undefined ? undefined : valueOf(demand.found);
  if (here !== undefined) {
    const n = number(here, 0);
    if (!byCounty || found === undefined) return <>{say('map.reading.unmet', { n })}</>;
    return <>{say('map.reading.unmet_here', { n, of: number(found, 0) })}</>;
  }
  const there = beside.unmet;
  const n = there === undefined ? undefined : valueOf(there.told);
  if (there === undefined || n === undefined) return null;
  const why = notByCounty ? 'map.reading.not_by_county' : 'map.reading.unmet_beside';
  return (
    <>
      {say(why)} <PlaceName visit={visit} contracts={contracts} of={there.of} />: {number(n, 0)}.
    </>
  );
}
