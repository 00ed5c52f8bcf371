/** One metric by one of its dimensions: as a table of this year beside the last, and as a picture of this year. */
import { type Block, type Figure, type Inline, plain, type Table, type Words } from '../blocks/block.ts';
import { barInterval } from '../charts/bar-interval.ts';
import { isKnown } from '../charts/cell.ts';
import { funnel } from '../charts/funnel.ts';
import type { Breakdown, Found, Member } from '../figures/book.ts';
import { bound, charted, isPercent } from '../figures/bound.ts';
import type { Bilingual } from '../words/language.ts';
import type { Edition } from './edition.ts';
import { picture, sameNumbers } from './picture.ts';
import { label, say, text } from './say.ts';

export interface Asked {
  readonly metric: string;
  readonly by: string;
  readonly caption: Bilingual;
  /** What the first column holds. */
  readonly head: Bilingual;
  /** Also as a picture, above the table: bars side by side, or the steps of a way. */
  readonly pictured?: 'bars' | 'steps';
  /** Of a tree of codes only its broad areas: the release holds the rest. */
  readonly broad?: boolean;
}

export function breakdown(edition: Edition, asked: Asked): Block[] {
  const all = edition.book.breakdown(asked.metric, asked.by);
  if (all === undefined) return [notThere(edition, asked)];
  const now =
    asked.broad === true
      ? { ...all, members: all.members.filter(({ code }) => code.split('.').length === 2) }
      : all;
  const place: Block[] =
    now.of === 'state' && edition.place.county !== undefined
      ? [{ kind: 'paragraph', words: stateOnly(edition, asked) }]
      : [];
  const drawn = asked.pictured === undefined ? [] : pictureOf(edition, asked, now);
  return [...place, ...drawn, tableOf(edition, asked, now)];
}

function notThere(edition: Edition, { caption, metric }: Asked): Block {
  const known = edition.contracts.metrics.has(metric);
  return {
    kind: 'callout',
    title: text(edition, caption),
    words: say(
      edition,
      known
        ? {
            en: 'This release holds no such table.',
            es: 'Esta publicación no contiene esa tabla.',
          }
        : {
            en: 'This table was withdrawn from the catalogue.',
            es: 'Esta tabla se retiró del catálogo.',
          },
    ),
  };
}

function stateOnly(edition: Edition, { caption }: Asked): Words {
  return say(
    edition,
    {
      en: '{what}: published for the whole state only, so that no young person of a county can be told. The table shows California.',
      es: '{what}: se publica solo para todo el estado, para que no se pueda reconocer a nadie de un condado. La tabla muestra California.',
    },
    { what: text(edition, caption) },
  );
}

function tableOf(edition: Edition, asked: Asked, { members, total }: Breakdown): Table {
  const { writing, book } = edition;
  const before = book.earlier.at(-1);
  const percent = isPercent(total);
  const earlier = (found: Found): Words =>
    before === undefined ? [] : [bound(book.inYear(found, before), writing)];
  const row = (label: Words, found: Found): Words[] => [
    label,
    ...(before === undefined ? [] : [earlier(found)]),
    [bound(found, writing)],
    ...(percent ? [[bound(found, writing, 'denominator')]] : []),
  ];
  return {
    kind: 'table',
    id: `${asked.metric}-${asked.by}`.replaceAll('_', '-'),
    caption: `${text(edition, asked.caption)}, ${placeOf(edition, asked)}`,
    columns: [
      { head: text(edition, asked.head), numeric: false },
      ...(before === undefined ? [] : [{ head: before, numeric: true }]),
      { head: edition.year, numeric: true },
      ...(percent ? [{ head: text(edition, OF_HOW_MANY), numeric: true }] : []),
    ],
    rows: [
      ...members.map((member) => row([labelled(edition, member)], member.found)),
      row([text(edition, total.statistic === 'count' ? EACH_ONCE : ALL)], total),
    ],
  };
}

function labelled(edition: Edition, { list, code, label: english }: Member): Inline {
  return label(edition, list, code, english);
}

function placeOf({ book, place }: Edition, { metric, by }: Asked): string {
  return book.breakdown(metric, by)?.of === 'state' ? 'California' : place.name;
}

function pictureOf(edition: Edition, asked: Asked, { members, total }: Breakdown): readonly Figure[] {
  const bars = members.map((member) => ({
    label: plain([labelled(edition, member)]),
    cell: charted(member.found),
  }));
  if (!bars.some(({ cell }) => isKnown(cell))) return [];
  const { caption, metric, by } = asked;
  return [
    picture(edition, {
      id: `chart-${metric}-${by}`.replaceAll('_', '-'),
      title: { en: `${caption.en}, ${edition.year}`, es: `${caption.es}, ${edition.year}` },
      caption: sameNumbers(edition, placeOf(edition, asked)),
      metric,
      percent: isPercent(total),
      points: bars,
      draw: (about) => (asked.pictured === 'steps' ? funnel : barInterval)(about, bars),
    }),
  ];
}

const OF_HOW_MANY: Bilingual = { en: 'Of how many', es: 'De cuántos' };
const EACH_ONCE: Bilingual = { en: 'All, each once', es: 'Todos, cada uno una vez' };
const ALL: Bilingual = { en: 'All', es: 'Todos' };
