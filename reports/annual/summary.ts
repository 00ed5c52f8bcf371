/** The year in plain words: written from the figures by rule, so that no sentence says more than a cell. */
import type { Block } from '../blocks/block.ts';
import { isKnown } from '../charts/cell.ts';
import { charted } from '../figures/bound.ts';
import { callout, chapter, list } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { denominator, numerator, say, sentence } from '../parts/say.ts';

export function summary(edition: Edition): Block[] {
  const { book, year, place } = edition;
  const initial = book.total('initial_team_in_time');
  const trained = book.total('mandated_staff_trained');
  return chapter(
    edition,
    'summary',
    { en: 'The year in brief', es: 'El año en breve' },
    tookPart(edition),
    list(
      sentence(
        edition,
        {
          en: 'Agencies in {place} identified {n} young people in {year}.',
          es: 'Las agencias de {place} identificaron a {n} jóvenes en {year}.',
        },
        { place: place.name, n: book.total('identified'), year },
      ),
      sentence(
        edition,
        {
          en: '{n} of those identified were served in the year.',
          es: '{n} de las personas identificadas recibieron servicios en el año.',
        },
        { n: book.breakdown('young_people_served', 'served_by')?.total ?? book.total('young_people_served') },
      ),
      isKnown(charted(initial))
        ? sentence(
            edition,
            {
              en: '{share} of first team meetings were in time ({met} of {all}).',
              es: 'El {share} de las primeras reuniones del equipo fue a tiempo ({met} de {all}).',
            },
            { share: initial, met: numerator(edition, initial), all: denominator(edition, initial) },
          )
        : sentence(
            edition,
            {
              en: 'First team meetings in time: {share}.',
              es: 'Primeras reuniones del equipo a tiempo: {share}.',
            },
            { share: initial },
          ),
      sentence(
        edition,
        {
          en: '{people} young people were missing from care, {times} times.',
          es: '{people} jóvenes estuvieron ausentes del cuidado, {times} veces.',
        },
        { people: book.total('young_people_missing'), times: book.total('times_missing') },
      ),
      sentence(
        edition,
        {
          en: '{unmet} needs that agencies found went without a service.',
          es: '{unmet} necesidades que las agencias encontraron quedaron sin servicio.',
        },
        { unmet: book.member('needs_by_step', 'step', 'unmet') },
      ),
      sentence(
        edition,
        {
          en: '{share} of the staff who must be trained were trained.',
          es: 'El {share} del personal que debe capacitarse estaba capacitado.',
        },
        { share: trained },
      ),
    ),
  );
}

/** A county of which the release holds nothing above zero has sent nothing, and its report says so first. */
function tookPart(edition: Edition): Block[] {
  const { book, place, year } = edition;
  if (edition.release.period !== year)
    return [
      callout(
        edition,
        { en: 'No final release of this year', es: 'No hay publicación definitiva de este año' },
        say(
          edition,
          {
            en: 'No final release of {year} has been made. The figures are those of release {n} ({period}); where it holds none, the report says so.',
            es: 'No se ha hecho una publicación definitiva de {year}. Las cifras son de la publicación {n} ({period}); donde no contiene ninguna, el informe lo dice.',
          },
          { year, n: String(edition.release.number), period: edition.release.period ?? '–' },
        ),
      ),
    ];
  const counted = book.tookPart;
  return counted || place.county === undefined
    ? []
    : [
        callout(
          edition,
          { en: 'No figures of this county', es: 'Sin cifras de este condado' },
          say(
            edition,
            {
              en: 'No agency of {place} sent records of {year}. The county’s figures are zero or not available for that reason, and say nothing of its young people.',
              es: 'Ninguna agencia de {place} envió registros de {year}. Las cifras del condado son cero o no están disponibles por esa razón y no dicen nada de sus jóvenes.',
            },
            { place: place.name, year },
          ),
        ),
      ];
}
