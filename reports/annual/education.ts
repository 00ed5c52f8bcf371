/** School: enrolled, there, supported, and kept there through moves. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measure, measures } from '../parts/measures.ts';

export function education(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'education',
    { en: 'Education', es: 'Educación' },
    says(
      edition,
      {
        en: '{enrolled} of the school-aged young people identified were enrolled in school, and {absent} were chronically absent.',
        es: 'El {enrolled} de los jóvenes identificados en edad escolar estaba inscrito en la escuela, y el {absent} tuvo ausencias crónicas.',
      },
      { enrolled: book.total('enrolled_in_school'), absent: book.total('chronically_absent') },
    ),
    measures(edition, 'education-measures', { en: 'School', es: 'Escuela' }, [
      measure(edition, 'enrolled_in_school', { en: 'Enrolled in school', es: 'Inscritos en la escuela' }),
      measure(edition, 'days_attended', { en: 'School days attended', es: 'Días de escuela asistidos' }),
      measure(edition, 'chronically_absent', { en: 'Chronically absent', es: 'Con ausencias crónicas' }),
      measure(edition, 'suspended_or_expelled', {
        en: 'Suspended or expelled',
        es: 'Suspendidos o expulsados',
      }),
      measure(edition, 'school_kept_after_move', {
        en: 'School kept after a move',
        es: 'Misma escuela después de una mudanza',
      }),
      measure(edition, 'plans_kept', {
        en: 'Plans that schools kept to',
        es: 'Planes que la escuela cumplió',
      }),
    ]),
    breakdown(edition, {
      metric: 'school_supports',
      by: 'support',
      caption: { en: 'Support in school', es: 'Apoyo en la escuela' },
      head: { en: 'Support', es: 'Apoyo' },
    }),
    breakdown(edition, {
      metric: 'student_groups',
      by: 'student_group',
      caption: {
        en: 'Homeless, foster and probation students',
        es: 'Estudiantes sin hogar, en crianza o en libertad condicional',
      },
      head: { en: 'Group', es: 'Grupo' },
    }),
  );
}
