/** Sentences: words of the reader's language with numbers of the release set into them. */
import type { Bound, Inline, Words } from '../blocks/block.ts';
import type { Found } from '../figures/book.ts';
import { bound } from '../figures/bound.ts';
import { labelIn } from '../words/labels.ts';
import type { Bilingual } from '../words/language.ts';
import { metricWords } from '../words/metric-words.ts';
import type { Edition } from './edition.ts';

/** What may stand in the place of a `{name}`: a figure, one part of a figure, or a word. */
export type Told = Found | Bound | string;

export function say(
  { writing }: Edition,
  words: Bilingual,
  values: Readonly<Record<string, Told>> = {},
): Words {
  return words[writing.language].split(/(\{\w+\})/).flatMap((piece): Inline[] => {
    if (piece === '') return [];
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined) return [piece];
    const value = values[name];
    if (value === undefined) throw new Error(`a sentence speaks of {${name}}, and was given none`);
    if (typeof value === 'string') return [value];
    return ['kind' in value ? value : bound(value, writing)];
  });
}

/** Words without numbers, such as those of headings. */
export function text({ writing }: Edition, words: Bilingual): string {
  return words[writing.language];
}

/** Words of the contracts, which are kept in English. */
export function inEnglish({ writing }: Edition, words: string): Inline {
  return writing.language === 'en' ? words : { kind: 'foreign', language: 'en', text: words };
}

export function numerator(edition: Edition, found: Found): Bound {
  return bound(found, edition.writing, 'numerator');
}

export function denominator(edition: Edition, found: Found): Bound {
  return bound(found, edition.writing, 'denominator');
}

/** What a metric is called; in words of the contracts, marked as English, where there are none in the reader's language. */
export function titleOf(edition: Edition, metric: string): Inline {
  const english = edition.contracts.metrics.get(metric)?.title ?? metric;
  return metricWords(edition.writing.language)?.titles[metric] ?? inEnglish(edition, english);
}

/** The label of a code; one that has no words in the reader's language is marked as English. */
export function label(edition: Edition, list: string, code: string, english: string): Inline {
  return labelIn(edition.writing.language, list, code) ?? inEnglish(edition, english);
}

/**
 * A sentence of a report: where the release has no number for it, it says that and why, in place of a sentence with a
 * hole. A hidden number keeps its sentence, with the mark in its place.
 */
export function sentence(edition: Edition, words: Bilingual, values: Readonly<Record<string, Told>>): Words {
  const missing = Object.values(values).find((value) => isMissing(value)) as Found | undefined;
  if (missing === undefined) return say(edition, words, values);
  const values_ = { x: bound(missing, edition.writing) };
  if (!edition.contracts.metrics.has(missing.metric))
    return [
      ...say(
        edition,
        {
          en: 'A figure that stood here is no longer in the catalogue: {x} (',
          es: 'Una cifra que estaba aquí ya no está en el catálogo: {x} (',
        },
        values_,
      ),
      `${missing.metric}).`,
    ];
  // A county's page says that the figure is there, and of whom.
  if (missing.figure === undefined && edition.book.statewide(missing.metric).figure !== undefined)
    return [
      titleOf(edition, missing.metric),
      ...say(edition, {
        en: ': published for the whole state only.',
        es: ': se publica solo para todo el estado.',
      }),
    ];
  return [
    titleOf(edition, missing.metric),
    ...say(edition, { en: ': not available {x}.', es: ': no disponible {x}.' }, values_),
  ];
}

function isMissing(value: Told): boolean {
  if (typeof value === 'string' || 'kind' in value) return false;
  return value.figure === undefined || value.figure.status === 'not_available';
}
