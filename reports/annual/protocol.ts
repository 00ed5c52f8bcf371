/** The county's protocol and its parties, as its register holds them; for the state, the counties that take part. */
import type { Block, Inline } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { callout, chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';
import { label, say, text } from '../parts/say.ts';

export function protocol(edition: Edition): Block[] {
  return chapter(
    edition,
    'protocol',
    edition.place.county === undefined
      ? { en: 'Protocols and counties taking part', es: 'Protocolos y condados participantes' }
      : { en: 'The county’s protocol and its parties', es: 'El protocolo del condado y sus partes' },
    edition.place.county === undefined ? statewide(edition) : parties(edition),
    measures(
      edition,
      'protocol-measures',
      { en: 'The protocol at work', es: 'El protocolo en la práctica' },
      ['required_parties_at_meetings', 'sharing_explained', 'factors_considered', 'team_actions_done'],
    ),
    breakdown(edition, {
      metric: 'outside_the_protocol',
      by: 'population',
      caption: {
        en: 'Young people whom protocols may leave out',
        es: 'Jóvenes que los protocolos pueden dejar fuera',
      },
      head: { en: 'Group', es: 'Grupo' },
    }),
  );
}

function statewide(edition: Edition): Block[] {
  const { book } = edition;
  return [
    says(
      edition,
      {
        en: '{share} of the counties that said whether they take part in the program do.',
        es: 'El {share} de los condados que informaron si participan en el programa lo hace.',
      },
      { share: book.total('counties_taking_part') },
    ),
    measures(edition, 'participation-measures', { en: 'Taking part', es: 'Participación' }, [
      'counties_taking_part',
      'plans_submitted',
    ]),
    ...breakdown(edition, {
      metric: 'protocols_by_law',
      by: 'law',
      caption: { en: 'Protocols, by the law of their day', es: 'Protocolos, según la ley de su fecha' },
      head: { en: 'Law', es: 'Ley' },
    }),
  ];
}

function parties(edition: Edition): Block[] {
  const { register } = edition;
  const rows = register
    .filter(({ kind }) => kind === 'party')
    .map(({ content, effectiveFrom }) => [
      [partyName(edition, String(content['party']))],
      [
        text(
          edition,
          content['standing'] === 'required'
            ? { en: 'Required', es: 'Obligatoria' }
            : { en: 'Optional', es: 'Opcional' },
        ),
      ],
      [String(content['agency'] ?? '–')],
      [effectiveFrom],
    ]);
  if (rows.length === 0)
    return [
      callout(
        edition,
        { en: 'Parties to the protocol', es: 'Partes del protocolo' },
        say(edition, {
          en: 'The county’s register names no party to its protocol.',
          es: 'El registro del condado no nombra ninguna parte de su protocolo.',
        }),
      ),
    ];
  return [
    {
      kind: 'table',
      id: 'parties',
      caption: text(edition, { en: 'Parties to the protocol', es: 'Partes del protocolo' }),
      columns: [
        { head: text(edition, { en: 'Party', es: 'Parte' }), numeric: false },
        { head: text(edition, { en: 'Standing', es: 'Carácter' }), numeric: false },
        { head: text(edition, { en: 'Agency', es: 'Agencia' }), numeric: false },
        { head: text(edition, { en: 'Since', es: 'Desde' }), numeric: false },
      ],
      rows,
    },
  ];
}

function partyName(edition: Edition, code: string): Inline {
  const english = edition.contracts.codeLists.get('party')?.codes.find((one) => one.code === code)?.label;
  return label(edition, 'party', code, english ?? code);
}
