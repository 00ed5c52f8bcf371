/** An estimate of those whom nobody identified, or why there is none. */
import type { Block } from '../blocks/block.ts';
import { callout, chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { inEnglish, say } from '../parts/say.ts';
import { metricWords } from '../words/metric-words.ts';

export function prevalence(edition: Edition): Block[] {
  const { book, contracts } = edition;
  const estimate = book.statewide('prevalence');
  const told = estimate.figure?.value !== null && estimate.figure?.value !== undefined;
  const limits = contracts.metrics.get('prevalence')?.limits ?? [];
  const inSpanish = metricWords(edition.writing.language)?.limits['prevalence'];
  return chapter(
    edition,
    'estimate',
    { en: 'Young people whom nobody identified', es: 'Jóvenes a quienes nadie identificó' },
    says(edition, {
      en: 'The counts in this report are of young people whom an agency identified. How many more there are can be estimated from the overlap between agencies, where their records allow it.',
      es: 'Las cifras de este informe son de jóvenes identificados por una agencia. Cuántos más hay puede estimarse por la coincidencia entre agencias, cuando sus registros lo permiten.',
    }),
    told
      ? says(
          edition,
          {
            en: 'For the whole state the estimate is {n}, identified or not.',
            es: 'Para todo el estado, la estimación es de {n}, identificados o no.',
          },
          { n: estimate },
        )
      : callout(
          edition,
          { en: 'No estimate is given', es: 'No se da una estimación' },
          say(edition, {
            en: 'This release holds no estimate: one is published only where the records bear it and enough young people are behind it. No number is better than one that nobody could defend.',
            es: 'Esta publicación no contiene una estimación: se publica solo cuando los registros la sustentan y hay suficientes jóvenes detrás de ella. Es mejor ningún número que uno que nadie pueda defender.',
          }),
        ),
    told && limits.length > 0
      ? { kind: 'list', items: limits.map((words, at) => [inSpanish?.[at] ?? inEnglish(edition, words)]) }
      : [],
  );
}
