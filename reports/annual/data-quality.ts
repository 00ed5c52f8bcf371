/** How far the figures can be trusted: what is hidden, where agencies differ, and how records were linked. */

import type { MeasuredShare } from '../../src/reports/linkage-shares.ts';
import type { Block, Table } from '../blocks/block.ts';
import { callout, chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';
import { label, say, text } from '../parts/say.ts';
import type { Bilingual } from '../words/language.ts';

export function dataQuality(edition: Edition): Block[] {
  const { release } = edition;
  return chapter(
    edition,
    'quality',
    { en: 'Quality of the data and of the linkage', es: 'Calidad de los datos y del enlace' },
    measures(edition, 'quality-measures', { en: 'Agreement and coverage', es: 'Acuerdo y cobertura' }, [
      'agencies_differ',
      'screening_coverage',
      'known_to_no_system',
    ]),
    says(
      edition,
      {
        en: 'Records of one young person at several agencies are recognised as one by keyed tokens, never by names (linkage {version}). A record that is missed makes two persons of one, and a wrong match makes one of two; the table says how often.',
        es: 'Los registros de una misma persona en varias agencias se reconocen por fichas cifradas, nunca por nombres (enlace {version}). Un registro no reconocido convierte a una persona en dos, y una coincidencia errónea a dos en una; la tabla dice con qué frecuencia.',
      },
      { version: release.linkageVersion?.slice(0, 12) ?? '–' },
    ),
    linkage(edition),
    suppression(edition),
  );
}

/** As measured of the linkage that the release rests on: of the whole state, since records meet across counties. */
function linkage(edition: Edition): Block[] {
  const { linkage: measured, writing } = edition;
  const caption = { en: 'How good the linkage is, California', es: 'Calidad del enlace, California' };
  if (measured === undefined)
    return [
      callout(
        edition,
        caption,
        say(edition, {
          en: 'The linkage behind this release was not measured.',
          es: 'No se midió el enlace en que se basa esta publicación.',
        }),
      ),
    ];
  const rows: readonly (readonly [Bilingual, MeasuredShare | null])[] = [
    [
      {
        en: 'Pairs linked that are one person, by the model',
        es: 'Pares enlazados que son una misma persona, según el modelo',
      },
      measured.precision,
    ],
    [
      {
        en: 'Pairs of one person that were linked, by the model',
        es: 'Pares de una misma persona que se enlazaron, según el modelo',
      },
      measured.recall,
    ],
    [
      {
        en: 'Pairs linked that are one person, by hand',
        es: 'Pares enlazados que son una misma persona, revisados a mano',
      },
      measured.reviewed,
    ],
  ];
  return [
    {
      kind: 'table',
      id: 'linkage-quality',
      caption: text(edition, caption),
      columns: [
        { head: text(edition, { en: 'Measure', es: 'Medida' }), numeric: false },
        { head: text(edition, { en: 'Share', es: 'Proporción' }), numeric: true },
        { head: text(edition, { en: '95% interval', es: 'Intervalo del 95%' }), numeric: true },
      ],
      rows: rows.map(([words, share]) => [
        [text(edition, words)],
        [share === null ? text(edition, NOT_REVIEWED) : writing.percent(share.value)],
        [share === null ? '–' : `${writing.percent(share.low)} – ${writing.percent(share.high)}`],
      ]),
    },
  ];
}

const NOT_REVIEWED: Bilingual = { en: 'too few were reviewed', es: 'se revisaron muy pocos' };

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
