/** The definitions behind a report's numbers, and what whoever has only the numbers must be told. */
import { type Block, boundIn, type Definition } from '../blocks/block.ts';
import type { Edition } from './edition.ts';
import { text } from './say.ts';

export function definitionsOf({ contracts, release }: Edition, blocks: readonly Block[]): Definition[] {
  const used = new Set(boundIn(blocks).map(({ address }) => address.split('/')[0] ?? ''));
  return [...contracts.metrics.values()]
    .filter(({ id }) => used.has(id))
    .map(({ id, version, title, question, unit, statistic, numerator, denominator, limits, authority }) => ({
      metric: id,
      version: release.definitions?.[id] ?? version,
      title,
      question,
      unit,
      statistic,
      numerator,
      denominator: denominator ?? '',
      limits: limits.join(' '),
      authority: authority.citation,
    }));
}

export function notesOf(edition: Edition, title: string): string[] {
  const { release, place, year, writing, madeUp } = edition;
  const day = writing.day(release.closedOn);
  return [
    ...(madeUp
      ? [
          text(edition, {
            en: 'Made-up data: the young people in it do not exist.',
            es: 'Datos inventados: los jóvenes de este informe no existen.',
          }),
        ]
      : []),
    text(edition, {
      en: '[c] hidden to protect young people; [x] not available; [p] provisional.',
      es: '[c] oculto para proteger a los jóvenes; [x] no disponible; [p] provisional.',
    }),
    text(edition, {
      en: 'A hidden figure is not zero, and its mark does not say whether it is small.',
      es: 'Una cifra oculta no es cero, y su marca no dice si es pequeña.',
    }),
    text(edition, {
      en: `Cite as: Tessera. ${title}, ${place.name}, ${year}. Release ${release.number}, closed ${day}.`,
      es: `Cítese como: Tessera. ${title}, ${place.name}, ${year}. Publicación ${release.number}, cerrada el ${day}.`,
    }),
  ];
}
