import type { VNode } from 'preact';
import { choropleth } from '../../../reports/charts/choropleth.ts';
import type { AssetMap } from '../../../src/providers/asset-map.ts';
import type { Point, Program } from '../../../src/providers/program.ts';
import { type Answer, html } from '../../answer.ts';
import { chartWords } from '../../layout/cell-text.tsx';
import { DataTable } from '../../layout/data-table.tsx';
import { Figure } from '../../layout/figure.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { FindForm } from './find-form.tsx';

/** Which county has what, and the form that finds a program. */
export async function mapPage(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const [map, programs] = await Promise.all([assetMap.map(undefined), assetMap.programs()]);
  return html(
    renderPage({
      visit,
      title: say('nav.map'),
      children: (
        <>
          <h1>{say('nav.map')}</h1>
          <p class="lead">{say('map.lead')}</p>
          <h2 id="find">{say('map.find.title')}</h2>
          <p>{say('map.find.kept')}</p>
          <FindForm visit={visit} contracts={contracts} asked={{}} />
          <p class="tools-links">
            <a href="/map/gaps">{say('map.gaps')}</a>
            <a href="/map/programs.csv">{say('map.csv')}</a>
            {visit.may('providerWork') && <a href="/map/work">{say('map.work')}</a>}
          </p>
          {programs.length === 0 ? (
            <p class="notice">{say('map.none')}</p>
          ) : (
            <Counties visit={visit} map={map} points={programs.flatMap(pointsOf)} />
          )}
        </>
      ),
    }),
  );
}

/** Of an open place and of no other: the type of a confidential one has no point. */
function pointsOf({ place }: Program): readonly Point[] {
  return place.kind === 'open' && place.point !== undefined ? [place.point] : [];
}

function Counties({
  visit,
  map,
  points,
}: {
  readonly visit: Visit;
  readonly map: AssetMap;
  readonly points: readonly Point[];
}): VNode {
  const { say, number } = visit;
  const about = {
    id: 'map',
    title: say('map.picture'),
    desc: `${say('map.picture.more')} ${say('figure.desc')}`,
    words: chartWords(visit),
    madeUp: visit.hub.madeUp,
    source: say('map.source'),
    footnotes: [say('map.confidential', { n: map.confidential })],
  };
  const places = map.counties.map(({ county, name, programs }) => ({
    fips: county,
    label: name,
    cell: { status: 'shown' as const, value: programs },
  }));
  return (
    <section aria-labelledby="counties">
      <h2 id="counties">{say('map.counties', { n: map.programs })}</h2>
      <div class="beside">
        <Figure about={about} draw={(given) => choropleth(given, places, say('map.programs'), points)} />
        <DataTable
          caption={say('map.picture')}
          columns={[
            { head: say('map.county') },
            { head: say('map.programs'), numeric: true },
            { head: say('map.places'), numeric: true },
            { head: say('map.free'), numeric: true },
            { head: say('map.waiting'), numeric: true },
          ]}
          rows={map.counties.map((county) => [
            <a href={`/map/counties/${county.county}`}>{county.name}</a>,
            ...[county.programs, county.places, county.free, county.waiting].map((value) => number(value, 0)),
          ])}
        />
      </div>
    </section>
  );
}
