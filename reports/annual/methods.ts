/** Where the figures come from, what the words mean, what is hidden, and how to cite. */
import type { Block, Words } from '../blocks/block.ts';
import { chapter, list, says, section } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { inEnglish, say, text, titleOf } from '../parts/say.ts';
import { metricWords } from '../words/metric-words.ts';

export function methods(edition: Edition): Block[] {
  const { release, place, year, writing, contracts } = edition;
  const cite = text(edition, {
    en: `Tessera. Annual report, ${place.name}, ${year}. Release ${release.number}, closed ${writing.day(release.closedOn)}.`,
    es: `Tessera. Informe anual, ${place.name}, ${year}. Publicación ${release.number}, cerrada el ${writing.day(release.closedOn)}.`,
  });
  return chapter(
    edition,
    'methods',
    { en: 'Methods, definitions and how to cite', es: 'Métodos, definiciones y cómo citar' },
    section(edition, 'methods-source', {
      en: 'Where the figures come from',
      es: 'De dónde vienen las cifras',
    }),
    says(
      edition,
      {
        en: 'Every figure is read from release {n}, made under the policy {policy} from facts known on {day}, and nothing is added up or divided in this report. A figure can be traced with the address that the file of figures gives it.',
        es: 'Cada cifra se lee de la publicación {n}, hecha bajo la política {policy} con los hechos conocidos al {day}; en este informe no se suma ni se divide nada. Cada cifra puede rastrearse con la dirección que le da el archivo de cifras.',
      },
      { n: String(release.number), policy: release.policy ?? '–', day: release.knownOn ?? '–' },
    ),
    section(edition, 'methods-hidden', { en: 'What is hidden, and why', es: 'Qué se oculta y por qué' }),
    list(
      say(edition, {
        en: '[c] Hidden to protect young people. No count from 1 to 10 is shown, nor can one be worked out from this report, from this release, or from it and earlier ones together.',
        es: '[c] Oculto para proteger a los jóvenes. Ningún número de 1 a 10 se muestra ni puede calcularse a partir de este informe, de esta publicación o de ella junto con las anteriores.',
      }),
      say(edition, {
        en: '[x] Not available: no agency sends what the figure needs, or the release holds none.',
        es: '[x] No disponible: ninguna agencia envía lo que la cifra necesita, o la publicación no la contiene.',
      }),
      say(edition, {
        en: '[p] Provisional: the figure may still be corrected.',
        es: '[p] Provisional: la cifra todavía puede corregirse.',
      }),
      say(edition, {
        en: 'A zero is a zero. No noise is added and nothing is rounded but the last digit of a percentage.',
        es: 'Un cero es un cero. No se agrega ruido y solo se redondea el último dígito de un porcentaje.',
      }),
    ),
    section(edition, 'methods-intervals', { en: 'Intervals', es: 'Intervalos' }),
    says(edition, {
      en: 'Beside a percentage stands its 95% interval (Wilson; for times to an end, Kaplan and Meier). Where two intervals overlap widely, a difference may be chance.',
      es: 'Junto a cada porcentaje está su intervalo del 95% (Wilson; para tiempos hasta un evento, Kaplan y Meier). Donde dos intervalos se superponen mucho, la diferencia puede ser casualidad.',
    }),
    section(edition, 'methods-cite', { en: 'How to cite', es: 'Cómo citar' }),
    { kind: 'paragraph', words: [cite] },
    section(edition, 'methods-definitions', { en: 'Definitions', es: 'Definiciones' }),
    { kind: 'list', items: definitions(edition, contracts) },
  );
}

/** Those that the report's own figures rest on; the file of figures has them all with their limits. */
function definitions(edition: Edition, contracts: Edition['contracts']): Words[] {
  const told = metricWords(edition.writing.language);
  return [...contracts.metrics.values()]
    .filter(({ id }) => DEFINED.has(id))
    .map(({ id, version, numerator, denominator, authority }) => {
      const [en, cited] = [
        `${numerator}${denominator === undefined ? '' : `, among: ${denominator}`}`,
        told?.authorities[authority.citation] ?? authority.citation,
      ];
      return [
        titleOf(edition, id),
        ` (${id} v${version}): `,
        told?.definitions[id] ?? inEnglish(edition, en),
        `. ${cited}.`,
      ];
    });
}

const DEFINED = new Set([
  'identified',
  'identified_by_source',
  'identified_and_care',
  'young_people_served',
  'needs_by_step',
  'initial_team_in_time',
  'engaged_in_time',
  'screening_follow_up',
  'young_people_missing',
  'missing_reported_in_time',
  'identified_reported_in_time',
  'crossover_share',
  'mandated_staff_trained',
]);
