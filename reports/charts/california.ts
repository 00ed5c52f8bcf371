/** Makes the outlines of California's counties from the Census Bureau's, as us-atlas carries them: `npm run counties`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoCentroid, geoConicEqualArea, geoPath } from 'd3-geo';
import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import { onCone, type Plane } from './california-point.ts';

type GeometryObject = Parameters<typeof feature>[1];

const WIDTH = 480;
const HEIGHT = 560;

/** The files as they should be; a test holds the committed ones to them. */
export function outlines(): { readonly charts: string; readonly centers: string } {
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
  const charts = `/** Written by reports/charts/california.ts from us-atlas (Census Bureau, public domain); do not edit. */
export const width = ${WIDTH};
export const height = ${HEIGHT};
/** Where a point of the earth lies on the map: see california-point.ts. */
export const plane = ${JSON.stringify(planeOf(projection)).replaceAll('"', '').replaceAll(':', ': ').replaceAll(',', ', ').replace('{', '{ ').replace('}', ' }')};
export const counties: readonly {
  readonly fips: string;
  readonly x: number;
  readonly y: number;
  readonly d: string;
}[] = [
${rows.join('\n')}
];
`;
  const centers = counties.map((county) => {
    const [longitude, latitude] = geoCentroid(county);
    return `  ['${county.id}', ${latitude.toFixed(3)}, ${longitude.toFixed(3)}],`;
  });
  return {
    charts,
    centers: `/** Written by reports/charts/california.ts from us-atlas (Census Bureau, public domain); do not edit. */
export const countyCenters: readonly (readonly [fips: string, latitude: number, longitude: number])[] = [
${centers.join('\n')}
];
`,
  };
}

/** The fitted projection as a scale and a shift, so that pages can place a point without d3-geo. */
function planeOf(projection: (point: [number, number]) => [number, number] | null): Plane {
  const at = (longitude: number, latitude: number) => ({
    cone: onCone(latitude, longitude),
    page: projection([longitude, latitude]) ?? [0, 0],
  });
  const [a, b] = [at(-120, 34), at(-120, 40)];
  const scale = (a.page[1] - b.page[1]) / (b.cone.y - a.cone.y);
  const rounded = (value: number): number => Number(value.toFixed(4));
  return { scale: rounded(scale), x: rounded(a.page[0]), y: rounded(a.page[1] + scale * a.cone.y) };
}

if (import.meta.main) {
  const { charts, centers } = outlines();
  writeFileSync(new URL('california.generated.ts', import.meta.url), charts);
  writeFileSync(new URL('../../src/providers/county-centers.generated.ts', import.meta.url), centers);
}
