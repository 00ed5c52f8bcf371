/** School: enrolled, there, supported, and kept there through moves. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';

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
      'enrolled_in_school',
      'days_attended',
      'chronically_absent',
      'suspended_or_expelled',
      'school_kept_after_move',
      'plans_kept',
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
