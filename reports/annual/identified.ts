/** Who was identified: by which system, and who they are. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { byCounty } from '../parts/by-county.ts';
import { chapter, says, section } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';

export function identified(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'identified',
    { en: 'Young people identified', es: 'Jóvenes identificados' },
    says(
      edition,
      {
        en: 'In {year}, {n} young people were identified as having experienced commercial sexual exploitation, or were suspected of it by an agency. Each is counted once, however many agencies identified them.',
        es: 'En {year} se identificó a {n} jóvenes que vivieron explotación sexual comercial o de quienes una agencia lo sospechó. Cada persona se cuenta una vez, sin importar cuántas agencias la identificaron.',
      },
      { year: edition.year, n: book.total('identified') },
    ),
    says(edition, {
      en: 'Identified is not the same as exploited: the figure shows what agencies found, and grows when they look.',
      es: 'Identificado no es lo mismo que explotado: la cifra muestra lo que las agencias encontraron y crece cuando buscan.',
    }),
    section(edition, 'identified-by-source', {
      en: 'By source of identification',
      es: 'Por fuente de identificación',
    }),
    breakdown(edition, {
      metric: 'identified_by_source',
      by: 'system',
      caption: { en: 'Young people identified, by source', es: 'Jóvenes identificados, por fuente' },
      head: { en: 'Source', es: 'Fuente' },
      pictured: 'bars',
    }),
    section(edition, 'identified-status', { en: 'Confirmed and suspected', es: 'Confirmados y sospechados' }),
    breakdown(edition, {
      metric: 'identified',
      by: 'status',
      caption: { en: 'Young people identified, by status', es: 'Jóvenes identificados, por estado' },
      head: { en: 'Status', es: 'Estado' },
    }),
    breakdown(edition, {
      metric: 'newly_identified',
      by: 'newness',
      caption: { en: 'New and known before', es: 'Nuevos y ya conocidos' },
      head: { en: 'First identified', es: 'Primera identificación' },
    }),
    section(edition, 'identified-who', {
      en: 'Age, sex, race and ethnicity',
      es: 'Edad, sexo, raza y etnia',
    }),
    says(
      edition,
      {
        en: 'Boys and LGBTQ young people are known to be identified less often than they are exploited. {share} of those identified were boys.',
        es: 'Se sabe que a los niños varones y a los jóvenes LGBTQ se les identifica menos de lo que se les explota. El {share} de las personas identificadas eran varones.',
      },
      { share: book.total('boys_share') },
    ),
    breakdown(edition, {
      metric: 'identified',
      by: 'age_band',
      caption: { en: 'Young people identified, by age', es: 'Jóvenes identificados, por edad' },
      head: { en: 'Age', es: 'Edad' },
      pictured: 'bars',
    }),
    breakdown(edition, {
      metric: 'identified',
      by: 'sex',
      caption: { en: 'Young people identified, by sex', es: 'Jóvenes identificados, por sexo' },
      head: { en: 'Sex', es: 'Sexo' },
    }),
    breakdown(edition, {
      metric: 'identified',
      by: 'race_ethnicity',
      caption: {
        en: 'Young people identified, by race and ethnicity',
        es: 'Jóvenes identificados, por raza y etnia',
      },
      head: { en: 'Race and ethnicity', es: 'Raza y etnia' },
    }),
    byCounty(edition, {
      metric: 'identified',
      caption: { en: 'Young people identified, by county', es: 'Jóvenes identificados, por condado' },
      mapped: true,
    }),
  );
}
