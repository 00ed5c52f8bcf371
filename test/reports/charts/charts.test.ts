import { describe, expect, test } from 'vitest';
import { examples } from './examples.ts';

const pictures = Object.entries(examples).flatMap(([name, draw]) =>
  [720, 340].map((width): [string, string] => [`${name}-${width}`, draw({ width })]),
);

describe.each(pictures)('the chart %s', (name, svg) => {
  test('is drawn as it was looked at', async () => {
    await expect(svg).toMatchFileSnapshot(`golden/${name}.svg`);
  });

  test('has a title, a description and the mark of made-up data', () => {
    const [, labelled] = /aria-labelledby="([^"]+)"/.exec(svg) ?? [];
    for (const id of labelled?.split(' ') ?? [''])
      expect(svg).toMatch(new RegExp(`<(title|desc) id="${id}">[^<]+<`));
    expect(svg).toMatch(/MADE-UP DATA|DATOS INVENTADOS/);
  });

  test('names nothing without its own prefix, and refers to nothing outside', () => {
    const [, prefix] = /aria-labelledby="(\w+)-title/.exec(svg) ?? [];
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(ids.every((id) => id.startsWith(`${prefix}-`))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
    expect(svg).not.toMatch(/href|http(?!:\/\/www\.w3\.org\/2000\/svg")/);
  });

  test('carries no style that a strict page would refuse', () => {
    expect(svg).not.toMatch(/ style=|<style|<script| on\w+=/);
  });

  test('closes every element and writes every number', () => {
    const open: string[] = [];
    for (const [, end, element, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/gi)) {
      if (end === '/') expect(open.pop()).toBe(element);
      else if (self !== '/') open.push(element ?? '');
    }
    expect(open).toEqual([]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('real data carries no mark of made-up data', () => {
  for (const draw of Object.values(examples)) {
    const svg = draw({ madeUp: false });
    expect(svg).not.toMatch(/made-up|inventados/i);
  }
});
