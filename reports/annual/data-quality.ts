/** How far the figures can be trusted: what is hidden, where agencies differ, and how records were linked. */
import type { Block, Table } from '../blocks/block.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measure, measures } from '../parts/measures.ts';
import { label, say, text } from '../parts/say.ts';

export function dataQuality(edition: Edition): Block[] {
  const { release } = edition;
  return chapter(
    edition,
    'quality',
    { en: 'Quality of the data and of the linkage', es: 'Calidad de los datos y del enlace' },
    measures(edition, 'quality-measures', { en: 'Agreement and coverage', es: 'Acuerdo y cobertura' }, [
      measure(edition, 'agencies_differ', {
        en: 'Young people on whom agencies differ',
        es: 'Jóvenes sobre los que las agencias difieren',
      }),
      measure(edition, 'screening_coverage', {
        en: 'Coverage of screening',
        es: 'Cobertura de la detección',
      }),
      measure(edition, 'known_to_no_system', {
        en: 'Known to no system',
        es: 'No conocidos por ningún sistema',
      }),
    ]),
    says(
      edition,
      {
        en: 'Records of one young person at several agencies are recognised as one by keyed tokens, never by names (linkage {version}). A record that is missed makes two persons of one, and a wrong match makes one of two; the console’s linkage page shows how often, by hand-checked pairs.',
        es: 'Los registros de una misma persona en varias agencias se reconocen por fichas cifradas, nunca por nombres (enlace {version}). Un registro no reconocido convierte a una persona en dos, y una coincidencia errónea a dos en una; la página de enlace de la consola muestra con qué frecuencia, con pares revisados a mano.',
      },
      { version: release.linkageVersion ?? '–' },
    ),
    suppression(edition),
  );
}

/** How many of this release's figures are blank: nobody disappears silently. */
function suppression(edition: Edition): Block[] {
  const { suppression: groups, place, contracts, writing } = edition;
  const race = groups.filter(({ dimension }) => dimension === 'race_ethnicity');
  const county = groups.filter(({ dimension, member }) => dimension === 'county' && member === place.county);
  if (race.length + county.length === 0) return [];
  const labels = new Map(
    contracts.codeLists.get('race_ethnicity_published')?.codes.map(({ code, label }) => [code, label]),
  );
  const table: Table = {
    kind: 'table',
    id: 'suppression',
    caption: text(edition, {
      en: 'Figures of this release that are hidden',
      es: 'Cifras de esta publicación que están ocultas',
    }),
    columns: [
      { head: text(edition, { en: 'Of whom', es: 'De quién' }), numeric: false },
      { head: text(edition, { en: 'Figures', es: 'Cifras' }), numeric: true },
      { head: text(edition, { en: 'Hidden', es: 'Ocultas' }), numeric: true },
      {
        head: text(edition, { en: 'Shown in pooled years', es: 'Mostradas en años agrupados' }),
        numeric: true,
      },
    ],
    rows: [...county, ...race].map(({ dimension, member, figures, hidden, pooled }) => [
      [
        dimension === 'county'
          ? place.name
          : label(edition, 'race_ethnicity_published', member, labels.get(member) ?? member),
      ],
      [writing.number(figures)],
      [writing.number(hidden)],
      [writing.number(pooled)],
    ]),
  };
  return [
    {
      kind: 'paragraph',
      words: say(edition, {
        en: 'Small counts are hidden, and others with them so that the small ones cannot be worked out. The table says how much that takes away from whom.',
        es: 'Los números pequeños se ocultan, y otros con ellos para que no se puedan calcular. La tabla dice cuánto se le quita a quién.',
      }),
    },
    table,
  ];
}
