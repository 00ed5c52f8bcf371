/** What the parties wrote: practices that work, new strategies, and barriers. Only what a party has signed off stands here. */
import type { Block } from '../blocks/block.ts';
import { callout, chapter, section } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { label, say } from '../parts/say.ts';
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
  const { register, year, contracts, writing, place } = edition;
  const entries = register.filter(
    (entry) => entry.kind === kind && entry.content['year'] === year && !entry.withdrawn,
  );
  const signed = entries.filter(({ content }) => content['signed_off'] === true);
  const waiting = entries.length - signed.length;
  const parties = contracts.codeLists.get('party')?.codes ?? [];
  const counties = contracts.codeLists.get('ca_counties')?.codes ?? [];
  const items = signed.map(({ county, content }) => {
    const party = parties.find(({ code }) => code === content['party'])?.label ?? '';
    const words = String(content['words'] ?? '');
    // What a party wrote stands in the language in which it wrote it.
    const language = content['language'] === 'es' ? 'es' : 'en';
    const where = counties.find(({ code }) => code === county)?.label ?? county;
    return [
      // The state's report has those of all counties.
      ...(place.county === undefined ? [`${where}, `] : []),
      label(edition, 'party', String(content['party']), party),
      ': ',
      language === writing.language ? words : { kind: 'foreign' as const, language, text: words },
    ];
  });
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
