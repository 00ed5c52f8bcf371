/**
 * An agency's own data-quality report: what it sent, what was rejected and why, how that compares with what is usual, and
 * what to do. Its numbers are counts of rows, exact because the agency sent them, and are of no release.
 */
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { FeedQuality, RuleQuality } from '../../src/deliveries/quality.ts';
import type { Block, Inline, Report, Table, Words } from '../blocks/block.ts';
import { type Bilingual, type Language, type Writing, writingIn } from '../words/language.ts';

export interface AgencyQuality {
  readonly contracts: Contracts;
  readonly agency: string;
  readonly name: string;
  readonly language: Language;
  readonly madeUp: boolean;
  readonly feeds: readonly FeedQuality[];
}

/** As many deliveries of a feed as a table shows. */
const SHOWN = 6;

export function agencyQuality(about: AgencyQuality): Report {
  const { agency, name, language, madeUp, feeds } = about;
  const writing = writingIn(language);
  const said = (words: Bilingual): string => words[language];
  const day = feeds
    .flatMap(({ deliveries }) => deliveries.map(({ asOf }) => asOf.slice(0, 10)))
    .reduce((newest, one) => (one > newest ? one : newest), '1970-01-01');
  const title = said({ en: 'Quality of the data sent', es: 'Calidad de los datos enviados' });
  return {
    name: `quality-${agency}`,
    language,
    title,
    subtitle: name,
    author: 'Tessera',
    running: said({ en: `${agency} · deliveries as of ${day}`, es: `${agency} · entregas al ${day}` }),
    contents: said({ en: 'Contents', es: 'Contenido' }),
    madeUp: madeUp ? said({ en: 'Made-up data', es: 'Datos inventados' }) : undefined,
    day,
    short: true,
    cover: [
      {
        kind: 'paragraph',
        words: [
          said({
            en: 'For the agency that sent the data and its steward only: these are exact counts of rows. What was rejected stays at its line in the file; no value is repeated here.',
            es: 'Solo para la agencia que envió los datos y su responsable: son recuentos exactos de filas. Lo rechazado queda en su línea del archivo; aquí no se repite ningún valor.',
          }),
        ],
      },
    ],
    blocks:
      feeds.length === 0
        ? [
            {
              kind: 'callout',
              title,
              words: [
                said({ en: 'This agency has sent nothing yet.', es: 'Esta agencia aún no ha enviado nada.' }),
              ],
            },
          ]
        : [
            ...feeds.flatMap((feed) => feedBlocks(about, writing, feed)),
            {
              kind: 'heading',
              level: 1,
              id: 'more',
              text: said({ en: 'Where to look further', es: 'Dónde buscar más' }),
            },
            {
              kind: 'list',
              items: [
                [
                  said({
                    en: `npx tessera check FILES tells at the agency, before anything is sent, what the hub would reject.`,
                    es: `npx tessera check ARCHIVOS dice en la agencia, antes de enviar, qué rechazaría el centro.`,
                  }),
                ],
                [
                  said({
                    en: `npx tessera contracts template ${agency} --out FOLDER makes the starter kit: dictionary, codes and empty files.`,
                    es: `npx tessera contracts template ${agency} --out CARPETA crea el paquete inicial: diccionario, códigos y archivos vacíos.`,
                  }),
                ],
                [
                  said({
                    en: 'npx tessera contracts show RULE says what a rule wants.',
                    es: 'npx tessera contracts show REGLA dice qué pide una regla.',
                  }),
                ],
              ],
            },
          ],
    definitions: [],
    notes: [],
  };
}

function feedBlocks({ contracts, language }: AgencyQuality, writing: Writing, feed: FeedQuality): Block[] {
  const said = (words: Bilingual): string => words[language];
  const { record, kind, deliveries, rules } = feed;
  const newest = deliveries.at(-1);
  const id = `feed-${record}-${kind}`.replaceAll('_', '-');
  const usual = newest?.rejectedShare.usual ?? null;
  const kindWords = said(
    kind === 'full' ? { en: 'whole extract', es: 'extracto completo' } : { en: 'changes', es: 'cambios' },
  );
  const heading: Block = { kind: 'heading', level: 1, id, text: `${record} (${kindWords})` };
  const summary: Block = {
    kind: 'paragraph',
    words: [
      said({
        en: `Of the ${writing.number(newest?.rows.value ?? 0)} rows of the newest delivery ${writing.number(newest?.rejected ?? 0)} were rejected (${writing.percent(newest?.rejectedShare.value ?? 0)}${usual === null ? '' : `; usual here is ${writing.percent(usual)}`}).`,
        es: `De las ${writing.number(newest?.rows.value ?? 0)} filas de la entrega más reciente se rechazaron ${writing.number(newest?.rejected ?? 0)} (${writing.percent(newest?.rejectedShare.value ?? 0)}${usual === null ? '' : `; lo usual aquí es ${writing.percent(usual)}`}).`,
      }),
    ],
  };
  const sent: Table = {
    kind: 'table',
    id: `${id}-sent`,
    caption: said({ en: `What was sent: ${record}`, es: `Lo enviado: ${record}` }),
    columns: [
      { head: said({ en: 'As of', es: 'Al' }), numeric: false },
      ...[
        { en: 'Rows', es: 'Filas' },
        { en: 'Accepted', es: 'Aceptadas' },
        { en: 'Rejected', es: 'Rechazadas' },
        { en: 'Waiting', es: 'En espera' },
      ].map((head) => ({ head: said(head), numeric: true })),
    ],
    rows: deliveries
      .slice(-SHOWN)
      .map(({ asOf, rows, accepted, rejected, quarantined }) => [
        [asOf.slice(0, 10)],
        ...[rows.value, accepted, rejected, quarantined].map((count): Words => [writing.number(count)]),
      ]),
  };
  const broken = rules.filter(({ series }) => (series.at(-1)?.value ?? 0) > 0);
  return [
    heading,
    summary,
    sent,
    ...(broken.length === 0 ? [] : [brokenRules(contracts, language, writing, id, broken)]),
  ];
}

function brokenRules(
  contracts: Contracts,
  language: Language,
  writing: Writing,
  id: string,
  broken: readonly RuleQuality[],
): Table {
  const said = (words: Bilingual): string => words[language];
  const english = (text: string): Inline =>
    language === 'en' ? text : { kind: 'foreign', language: 'en', text };
  return {
    kind: 'table',
    id: `${id}-rules`,
    caption: said({ en: 'Why, and what to do', es: 'Por qué, y qué hacer' }),
    columns: [
      { head: said({ en: 'Rule', es: 'Regla' }), numeric: false },
      { head: said({ en: 'What to do', es: 'Qué hacer' }), numeric: false },
      { head: said({ en: 'Rows', es: 'Filas' }), numeric: true },
      { head: said({ en: 'Usual', es: 'Usual' }), numeric: true },
    ],
    rows: broken.map(({ rule, series }) => {
      const known = contracts.qualityRules.get(rule);
      const newest = series.at(-1);
      return [
        [`${rule}: `, english(known?.words ?? '')],
        [english(known?.remedy ?? '')],
        [writing.number(newest?.value ?? 0)],
        [typeof newest?.usual === 'number' ? writing.number(newest.usual) : '–'],
      ];
    }),
  };
}
