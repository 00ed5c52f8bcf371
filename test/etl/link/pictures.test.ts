import { expect, test } from 'vitest';
import { link } from '../../../etl/link/link.ts';
import {
  scoresPicture,
  unlinkablesPicture,
  waterfallPicture,
  weightsPicture,
} from '../../../etl/link/pictures.ts';
import { unlinkables } from '../../../etl/link/quality.ts';
import { Scorer } from '../../../etl/link/score.ts';
import { madeUpPeople, tableOf } from './people.ts';

const table = tableOf(madeUpPeople(200).rows);
const linked = link(table);
const { prior, steps } = new Scorer(table, linked.model).waterfall(
  linked.edges.a[0] as number,
  linked.edges.b[0] as number,
);

test.each([
  ['weights', weightsPicture(linked.model)],
  ['waterfall', waterfallPicture(prior, steps)],
  ['scores', scoresPicture(linked.edges, 0)],
  ['unlinkables', unlinkablesPicture(unlinkables(table, linked.model, [0.5, 0.99]))],
])('%s says in words what it shows, and holds no number that is not one', (_, picture) => {
  expect(picture).toMatch(/^<svg[^>]*role="img"/);
  expect(picture).toMatch(/<title id="t">[^<]+<\/title><desc id="d">[^<]+<\/desc>/);
  expect(picture).not.toMatch(/NaN|Infinity|undefined/);
  expect(picture.match(/</g)?.length).toBe(picture.match(/>/g)?.length);
});

test('no pairs at all still make a picture', () => {
  const none = { a: new Uint32Array(0), b: new Uint32Array(0), weight: new Float32Array(0) };
  expect(scoresPicture(none, 0)).not.toMatch(/NaN|Infinity/);
});
