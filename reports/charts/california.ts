/** Makes the outlines of California's counties from the Census Bureau's, as us-atlas carries them: `npm run counties`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoConicEqualArea, geoPath } from 'd3-geo';
import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';

type GeometryObject = Parameters<typeof feature>[1];

const WIDTH = 480;
const HEIGHT = 560;

/** The file as it should be; a test holds the committed one to it. */
export function outlines(): string {
  const source = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');
  const topology = JSON.parse(readFileSync(source, 'utf8')) as Parameters<typeof feature>[0];
  const all = feature(topology, topology.objects['counties'] as GeometryObject) as FeatureCollection;
  const counties = all.features
    .filter((county) => String(county.id).startsWith('06'))
    .toSorted((a, b) => String(a.id).localeCompare(String(b.id)));
  // The parallels of California's own Albers projection.
  const projection = geoConicEqualArea()
    .parallels([34, 40.5])
    .rotate([120, 0])
    .fitExtent(
      [
        [2, 2],
        [WIDTH - 2, HEIGHT - 2],
      ],
      { type: 'FeatureCollection', features: counties },
    );
  const path = geoPath(projection).digits(1);
  const rows = counties.map((county) => {
    const [x, y] = path.centroid(county);
    return `  { fips: '${county.id}', x: ${x.toFixed(1)}, y: ${y.toFixed(1)}, d: '${path(county)}' },`;
  });
  return `/** Written by reports/charts/california.ts from us-atlas (Census Bureau, public domain); do not edit. */
export const width = ${WIDTH};
export const height = ${HEIGHT};
export const counties: readonly {
  readonly fips: string;
  readonly x: number;
  readonly y: number;
  readonly d: string;
}[] = [
${rows.join('\n')}
];
`;
}

if (import.meta.main) writeFileSync(new URL('california.generated.ts', import.meta.url), outlines());
