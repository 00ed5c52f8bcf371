/** What an edition corrects of the one before it: why, which figures say something else now, and which texts. */

import type { RegisterEntry } from '../../src/register/entries.ts';
import { TEXT_KINDS } from '../../src/reports/edition.ts';
import { type Block, type Bound, boundIn, type Words } from '../blocks/block.ts';
import { chapter, list, paragraph, says } from './chapter.ts';
import type { Corrected, Edition } from './edition.ts';
import { partyLabel } from './party-texts.ts';
import { say, sentence, text, titleOf } from './say.ts';

/** More would be another report: the file of figures has them all. */
const MOST_ROWS = 60;

export function errata(edition: Edition, blocks: readonly Block[]): Block[] {
  const corrects = edition.issue?.corrects;
  if (corrects === undefined) return [];
  const changed = changedFigures(corrects, blocks);
  const texts = changedTexts(edition, corrects);
  return chapter(
    edition,
    'errata',
    { en: 'What this edition corrects', es: 'Qué corrige esta edición' },
    paragraph(
      sentence(
        edition,
        {
          en: 'Edition {n} was published on {day} from release {release}; this one rests on release {now} and takes its place.',
          es: 'La edición {n} se publicó el {day} con la publicación {release}; esta se basa en la publicación {now} y la sustituye.',
        },
        {
          n: String(corrects.number),
          day: edition.writing.day(corrects.publishedOn),
          release: String(corrects.release),
          now: String(edition.release.number),
        },
      ),
      ...(corrects.because === null
        ? []
        : [say(edition, { en: 'The reason: {why}', es: 'El motivo: {why}' }, { why: corrects.because })]),
    ),
    changed.length === 0
      ? says(edition, {
          en: 'No figure says anything else than it did.',
          es: 'Ninguna cifra dice algo distinto de lo que decía.',
        })
      : figures(edition, changed.slice(0, MOST_ROWS), corrects),
    changed.length > MOST_ROWS
      ? says(
          edition,
          {
            en: 'These are the first; {more} more figures changed, and stand in the file of figures of both editions.',
            es: 'Estas son las primeras; cambiaron {more} cifras más, que constan en el archivo de cifras de ambas ediciones.',
          },
          { more: edition.writing.number(changed.length - MOST_ROWS) },
        )
      : [],
    texts.length === 0
      ? says(edition, {
          en: 'The texts of the parties are the same.',
          es: 'Los textos de las partes son los mismos.',
        })
      : list(...texts),
  );
}

interface Changed {
  readonly was: string;
  readonly now: Bound;
}

/** Of figures that both editions tell; one that is new, or stands no longer, has nothing to be compared with. */
function changedFigures({ told }: Pick<Corrected, 'told'>, blocks: readonly Block[]): Changed[] {
  const before = new Map(told.map((one) => [`${one.address} ${one.part}`, one]));
  const once = new Map(boundIn(blocks).map((one) => [`${one.address} ${one.part}`, one]));
  return [...once].flatMap(([key, now]) => {
    const was = before.get(key);
    const same =
      was === undefined || (was.value === now.value && (now.value !== null || was.text === now.text));
    return same ? [] : [{ was: was.text, now }];
  });
}

function figures(edition: Edition, changed: readonly Changed[], { number }: Corrected): Block {
  const head = (n: number): string => text(edition, { en: `Edition ${n}`, es: `Edición ${n}` });
  return {
    kind: 'table',
    id: 'errata-figures',
    caption: text(edition, { en: 'Figures that were corrected', es: 'Cifras corregidas' }),
    columns: [
      { head: text(edition, { en: 'Figure', es: 'Cifra' }), numeric: false },
      { head: head(number), numeric: true },
      { head: head(edition.issue?.number ?? number + 1), numeric: true },
    ],
    rows: changed.map(({ was, now }) => [nameOf(edition, now), [was], [now]]),
  };
}

/** The metric, with its place in the release: period, cell and part, as `tessera trace` takes them. */
function nameOf(edition: Edition, { address, part }: Bound): Words {
  const [metric = '', , ...rest] = address.split('/');
  return [titleOf(edition, metric), ` (${rest.join('/')}${part === 'value' ? '' : `, ${part}`})`];
}

function changedTexts(edition: Edition, { register }: Corrected): Words[] {
  const texts = (entries: readonly RegisterEntry[]): ReadonlyMap<string, RegisterEntry> =>
    new Map(
      entries
        .filter(
          ({ kind, content }) => TEXT_KINDS.some((one) => one === kind) && content['year'] === edition.year,
        )
        .filter(({ content, withdrawn }) => content['signed_off'] === true && !withdrawn)
        .map((entry) => [entry.id, entry]),
    );
  const [before, now] = [texts(register), texts(edition.register)];
  const told = (entry: RegisterEntry, words: { readonly en: string; readonly es: string }): Words =>
    say(edition, words, { party: partyLabel(edition, String(entry.content['party'])) });
  return [
    ...[...now.values()].flatMap((entry) => {
      const was = before.get(entry.id);
      if (was === undefined)
        return [told(entry, { en: 'A text of {party} was added.', es: 'Se agregó un texto de {party}.' })];
      return was.content['words'] === entry.content['words']
        ? []
        : [told(entry, { en: 'A text of {party} was changed.', es: 'Se modificó un texto de {party}.' })];
    }),
    ...[...before.values()]
      .filter(({ id }) => !now.has(id))
      .map((entry) =>
        told(entry, { en: 'A text of {party} was taken out.', es: 'Se retiró un texto de {party}.' }),
      ),
  ];
}
