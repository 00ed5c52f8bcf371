/**
 * The directory to print: every program by county and by need, with whom to call. What it says is public; of a
 * confidential place it has the counties of its region, since there is nothing else to print.
 */
import type { Contracts } from '../../src/contracts/contracts.ts';
import { countiesIn } from '../../src/providers/asset-map.ts';
import { areasOf } from '../../src/providers/gaps/areas.ts';
import { type County, countiesOf, type Place, type Program } from '../../src/providers/program.ts';
import { answers, freeOf } from '../../src/providers/search.ts';
import { isStale } from '../../src/providers/stale.ts';
import type { Block, Inline, Report, Words } from '../blocks/block.ts';
import { type Bilingual, type Language, writingIn } from '../words/language.ts';

export interface DirectoryToPrint {
  readonly contracts: Contracts;
  readonly programs: readonly Program[];
  /** One county; every county that has a program, where none is named. */
  readonly county: County | undefined;
  readonly language: Language;
  readonly madeUp: boolean;
  /** The day of which it is: free places and what is out of date are as of it. */
  readonly day: string;
}

export function printedDirectory(about: DirectoryToPrint): Report {
  const { contracts, programs, county, language, madeUp, day } = about;
  const said = (words: Bilingual): string => words[language];
  const writing = writingIn(language);
  const counties = countiesIn(contracts).filter(({ code }) => county === undefined || code === county);
  const place = county === undefined ? undefined : counties[0]?.label;
  const served = counties
    .map(({ code, label }) => ({
      code,
      label,
      programs: programs.filter((program) => countiesOf(program.place).includes(code)),
    }))
    .filter((one) => one.programs.length > 0);
  return {
    name: `directory-${county ?? 'state'}`,
    language,
    title: said({ en: 'Directory of programs for young people', es: 'Directorio de programas para jóvenes' }),
    subtitle:
      place === undefined
        ? said({
            en: 'State of California, by county and by need',
            es: 'Estado de California, por condado y por necesidad',
          })
        : said({ en: `County of ${place}, by need`, es: `Condado de ${place}, por necesidad` }),
    author: 'Tessera',
    running: said({ en: `Asset map as of ${day}`, es: `Mapa de recursos al ${day}` }),
    contents: said({ en: 'Contents', es: 'Contenido' }),
    madeUp: madeUp ? said({ en: 'Made-up data', es: 'Datos inventados' }) : undefined,
    day,
    short: county !== undefined,
    cover: [
      {
        kind: 'paragraph',
        words: [
          said({
            en: `As the counties’ own list had it on ${writing.day(day)}. Call before you send somebody: a free place may be taken. A program that answers several needs stands at each of them.`,
            es: `Según la lista de los propios condados al ${writing.day(day)}. Llame antes de enviar a alguien: un lugar libre puede estar ocupado. Un programa que atiende varias necesidades figura en cada una.`,
          }),
        ],
      },
    ],
    blocks:
      served.length === 0
        ? [
            {
              kind: 'paragraph',
              words: [said({ en: 'No program is on the map yet.', es: 'Aún no hay programas en el mapa.' })],
            },
          ]
        : served.flatMap((one) => countyBlocks(about, one.code, one.label, one.programs)),
    definitions: [],
    notes: [],
  };
}

function countyBlocks(
  about: DirectoryToPrint,
  code: County,
  label: string,
  programs: readonly Program[],
): Block[] {
  const { contracts, language } = about;
  const english = (text: string): Inline =>
    language === 'en' ? text : { kind: 'foreign', language: 'en', text };
  const said = (words: Bilingual): string => words[language];
  const tables = areasOf(contracts).flatMap((need): Block[] => {
    const own = programs.filter(({ needs }) => answers(needs, [need]));
    const name = contracts.needs.nodes.get(need)?.label ?? need;
    if (own.length === 0) return [];
    return [
      {
        kind: 'table',
        id: `c${code}-${need}`.toLowerCase().replaceAll('.', '-'),
        caption: `${label}: ${name}`,
        columns: [
          { en: 'Program', es: 'Programa' },
          { en: 'Takes', es: 'Acepta' },
          { en: 'Whom to call', es: 'A quién llamar' },
          { en: 'Where', es: 'Dónde' },
        ].map((head) => ({ head: said(head), numeric: false })),
        rows: own.map((program): Words[] => [
          [`${program.name}, ${program.provider}${isStale(program, about.day) ? ' *' : ''}`],
          takes(about, program, english),
          [[program.contact.phone, program.contact.email].filter(Boolean).join(', ')],
          [whereOf(about, program.place)],
        ]),
      },
    ];
  });
  const stale = programs.some((program) => isStale(program, about.day));
  return [
    { kind: 'heading', level: 1, id: `county-${code}`, text: label },
    ...tables,
    ...(stale
      ? [
          {
            kind: 'footnote' as const,
            mark: '*',
            words: [said({ en: 'not verified for six months', es: 'sin verificar desde hace seis meses' })],
          },
        ]
      : []),
  ];
}

function takes(
  { language, contracts }: DirectoryToPrint,
  program: Program,
  english: (text: string) => Inline,
): Words {
  const { minAge, maxAge, genders } = program.eligibility;
  const years = { en: 'years', es: 'años' }[language];
  const ages =
    minAge === undefined && maxAge === undefined ? [] : [`${minAge ?? 0}–${maxAge ?? ''} ${years}`];
  const field = contracts.directory.flatMap(({ fields }) => fields).find(({ name }) => name === 'genders');
  const free = freeOf(program);
  const places = free === undefined ? [] : [{ en: `${free} free`, es: `${free} libres` }[language]];
  const who = genders.map((gender) => field?.choices.get(gender) ?? gender).join(', ');
  return [[...ages, ...places].join('; '), ...(who === '' ? [] : ['; ', english(who)])];
}

function whereOf({ language, contracts }: DirectoryToPrint, place: Place): string {
  const names = countiesOf(place).map(
    (code) => countiesIn(contracts).find((county) => county.code === code)?.label ?? code,
  );
  if (place.kind === 'confidential')
    return {
      en: `Confidential; serves ${names.join(', ')}`,
      es: `Confidencial; atiende a ${names.join(', ')}`,
    }[language];
  const { address } = place;
  return address === undefined
    ? names.join(', ')
    : [address.street, address.city, address.zip].filter(Boolean).join(', ');
}
