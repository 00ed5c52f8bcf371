import type { Agencies } from '../agencies.ts';
import { dayOf, dayText, yearOf } from '../day.ts';
import type { World } from '../household.ts';
import type { Row } from '../story.ts';
import { nameOf, Stream } from '../stream.ts';
import { countyFigures } from './county.ts';
import type { Figure } from './figure.ts';
import { preventionFigures } from './prevention.ts';
import { providerFigures } from './providers.ts';
import { trainingFigures } from './training.ts';

/** Rows about agencies, providers, training and prevention, county by county and year by year. */
export function figures(world: World, agencies: Agencies): readonly Row[] {
  const rows: Row[] = [];
  const figure: Figure = (list, place, record, cells) => {
    const agency = agencies.of(list, place);
    if (agency === undefined) return;
    const id = `fig${nameOf(world.seed, record, place.fips, agency, rows.length)}`;
    rows.push({
      record,
      agency,
      county: place.fips,
      localId: undefined,
      id,
      updated: world.asOf - 3,
      cells,
      later: undefined,
    });
  };
  for (const place of world.places) {
    const stream = new Stream(world.seed, 'figures', place.fips);
    providerFigures(place, stream, figure);
    for (let year = yearOf(world.from); year < yearOf(world.asOf); year++) {
      const period = { start: dayText(dayOf(year, 7, 1)), end: dayText(dayOf(year + 1, 6, 30)), year };
      countyFigures(place, period, stream, figure);
      trainingFigures(place, period, stream, figure);
      preventionFigures(place, period, stream, figure);
    }
  }
  return rows;
}
