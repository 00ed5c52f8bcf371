/** This year beside the years before it, all from one release, and what changed in the counting. */
import type { Block } from '../blocks/block.ts';
import { chapter, list, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { inEnglish, say } from '../parts/say.ts';
import { trend } from '../parts/trend.ts';
import { revisions } from './revisions.ts';

export function comparison(edition: Edition): Block[] {
  const { book, contracts, release, year } = edition;
  const before = book.earlier.at(-1);
  if (before === undefined)
    return chapter(
      edition,
      'comparison',
      { en: 'Compared with the years before', es: 'Comparación con años anteriores' },
      says(edition, {
        en: 'This release holds no earlier year to compare with.',
        es: 'Esta publicación no contiene ningún año anterior con el cual comparar.',
      }),
    );
  const changed = [...contracts.metrics.values()].flatMap(({ title, changes }) =>
    changes
      .filter(({ on }) => on.slice(0, 4) >= before)
      .map(({ on, why }) => [inEnglish(edition, `${title} (${on}): ${why}`)]),
  );
  const rows = [
    'identified',
    'young_people_missing',
    'screenings',
    'initial_team_in_time',
    'served_within_30_days',
    'mandated_staff_trained',
  ];
  return chapter(
    edition,
    'comparison',
    { en: 'Compared with the years before', es: 'Comparación con años anteriores' },
    says(
      edition,
      {
        en: 'In {year}, {now} young people were identified; in {before} it was {earlier}.',
        es: 'En {year} se identificó a {now} jóvenes; en {before} fueron {earlier}.',
      },
      { year, before, now: book.total('identified'), earlier: book.total('identified', before) },
    ),
    trend(edition, { en: 'Over the years', es: 'A lo largo de los años' }, rows),
    says(
      edition,
      {
        en: 'All years stand here as release {n} knows them, facts known on {day}. A figure of an earlier year may differ from the one that an earlier report printed: records arrive late, are corrected, and persons are recognised as one. A change of 1 to 10 is not shown: the figure is hidden instead, so that nobody can subtract one report from another.',
        es: 'Todos los años figuran aquí como los conoce la publicación {n}, con los hechos conocidos al {day}. La cifra de un año anterior puede diferir de la que imprimió otro informe: los registros llegan tarde, se corrigen y se reconoce que dos registros son de la misma persona. Un cambio de 1 a 10 no se muestra: la cifra se oculta para que nadie pueda restar un informe de otro.',
      },
      { n: String(release.number), day: release.knownOn ?? release.closedOn },
    ),
    revisions(edition, rows),
    release.corrects === null
      ? []
      : says(
          edition,
          {
            en: 'This release corrects release {n} of the same period.',
            es: 'Esta publicación corrige la publicación {n} del mismo período.',
          },
          { n: String(release.corrects) },
        ),
    changed.length === 0
      ? says(edition, {
          en: 'No definition changed in these years.',
          es: 'Ninguna definición cambió en estos años.',
        })
      : [
          {
            kind: 'paragraph' as const,
            words: say(edition, { en: 'Definitions that changed:', es: 'Definiciones que cambiaron:' }),
          },
          list(...changed),
        ],
  );
}
