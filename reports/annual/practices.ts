/** What the parties wrote: practices that work, new strategies, and barriers. Only what a party has signed off stands here. */
import type { Block } from '../blocks/block.ts';
import { callout, chapter, section } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { inItsLanguage } from '../parts/own-words.ts';
import { partyLabel, placeLabel, textsOf } from '../parts/party-texts.ts';
import { say } from '../parts/say.ts';
import type { Bilingual } from '../words/language.ts';

const KINDS: readonly { readonly kind: string; readonly title: Bilingual }[] = [
  { kind: 'practice', title: { en: 'Promising practices', es: 'Prácticas prometedoras' } },
  { kind: 'strategy', title: { en: 'Innovative strategies', es: 'Estrategias innovadoras' } },
  { kind: 'barrier', title: { en: 'Barriers', es: 'Obstáculos' } },
];

export function practices(edition: Edition): Block[] {
  return chapter(
    edition,
    'practices',
    {
      en: 'Promising practices, innovative strategies and barriers',
      es: 'Prácticas prometedoras, estrategias innovadoras y obstáculos',
    },
    ...KINDS.flatMap(({ kind, title }) => [
      section(edition, `practices-${kind}`, title),
      ...written(edition, kind, title),
    ]),
  );
}

function written(edition: Edition, kind: string, title: Bilingual): Block[] {
  const { year, place } = edition;
  const { signed, waiting } = textsOf(edition, kind);
  const items = signed.map(({ county, party, language, words }) => [
    // The state's report has those of all counties.
    ...(place.county === undefined ? [`${placeLabel(edition, county)}, `] : []),
    partyLabel(edition, party),
    ': ',
    inItsLanguage(edition, language, words),
  ]);
  return [
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
    ...(items.length > 0 && waiting === 0
      ? []
      : [
          callout(
            edition,
            title,
            say(
              edition,
              waiting > 0
                ? {
                    en: 'A text that a party entered for {year} has not been signed off, and is not printed.',
                    es: 'Un texto que una parte ingresó para {year} aún no tiene visto bueno y no se imprime.',
                  }
                : {
                    en: 'The parties have entered no text for {year}.',
                    es: 'Las partes no han ingresado ningún texto para {year}.',
                  },
              { year },
            ),
          ),
        ]),
  ];
}
