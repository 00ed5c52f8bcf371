/** How far places lie from a county, as the crow flies from its middle: good for an order, and for no journey. */
import { countyCenters } from './county-centers.generated.ts';
import type { County, Point } from './program.ts';

const centers = new Map(countyCenters.map(([fips, latitude, longitude]) => [fips, { latitude, longitude }]));
const EARTH_MILES = 3958.8;
const RADIANS = Math.PI / 180;

export function centerOf(county: County): Point | undefined {
  return centers.get(county);
}

export function milesBetween(a: Point, b: Point): number {
  const north = (b.latitude - a.latitude) * RADIANS;
  const east = (b.longitude - a.longitude) * RADIANS;
  const half =
    Math.sin(north / 2) ** 2 +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_MILES * Math.asin(Math.sqrt(half));
}

/** The county itself first, and then the others by how far their middles lie. */
export function nearestCounties(county: County, most: number): readonly County[] {
  const from = centers.get(county);
  if (from === undefined) return [];
  return countyCenters
    .map(([fips, latitude, longitude]) => ({ fips, miles: milesBetween(from, { latitude, longitude }) }))
    .toSorted((a, b) => a.miles - b.miles || (a.fips < b.fips ? -1 : 1))
    .slice(0, most)
    .map(({ fips }) => fips);
}
