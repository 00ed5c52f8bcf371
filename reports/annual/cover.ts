/** The first page: what this is, on what it rests, and who signs it. */
import type { Block, Words } from '../blocks/block.ts';
import { callout, paragraph } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { MADE_UP } from '../parts/picture.ts';
import { label, say, text } from '../parts/say.ts';
import type { Bilingual } from '../words/language.ts';

export function cover(edition: Edition): Block[] {
  const { release, writing, madeUp } = edition;
  const final = release.state === 'final';
  return [
    paragraph(
      ...numbered(edition),
      say(
        edition,
        {
          en: 'From release {n} ({state}), closed {day}. Made under WIC 16524.10 and the Model Interagency Protocol Framework: the number of young people served, the services they received, promising practices, and gaps in services and resources.',
          es: 'De la publicación {n} ({state}), cerrada el {day}. Hecho conforme a WIC 16524.10 y al Marco del Protocolo Interagencial Modelo: el número de jóvenes atendidos, los servicios que recibieron, las prácticas prometedoras y las carencias de servicios y recursos.',
        },
        {
          n: String(release.number),
          state: text(
            edition,
            final ? { en: 'final', es: 'definitiva' } : { en: 'provisional', es: 'provisional' },
          ),
          day: writing.day(release.closedOn),
        },
      ),
    ),
    ...(madeUp
      ? [
          callout(
            edition,
            MADE_UP,
            say(edition, {
              en: 'The young people in this report do not exist. Nothing in it may be quoted as a fact about any county.',
              es: 'Los jóvenes de este informe no existen. Nada de lo que dice puede citarse como un hecho sobre ningún condado.',
            }),
          ),
        ]
      : []),
    signatures(edition),
    helpLines(edition),
  ];
}

/** An edition that is published has a number; one that corrects another says so before anything else. */
function numbered(edition: Edition): readonly Words[] {
  const { issue } = edition;
  if (issue === undefined) return [];
  const [n, before] = [String(issue.number), String(issue.corrects?.number)];
  return [
    issue.corrects === undefined
      ? say(edition, { en: 'Edition {n}.', es: 'Edición {n}.' }, { n })
      : say(
          edition,
          {
            en: 'Edition {n}, which corrects edition {before} and takes its place.',
            es: 'Edición {n}, que corrige la edición {before} y la sustituye.',
          },
          { n, before },
        ),
  ];
}

/** One line for each party that must sign; the register says who signs for it. */
function signatures(edition: Edition): Block {
  const { contracts, register, place } = edition;
  const labels = new Map(contracts.codeLists.get('party')?.codes.map(({ code, label }) => [code, label]));
  const inRegister = register
    .filter(({ kind, content }) => kind === 'party' && content['standing'] === 'required')
    .map(({ content }) => ({ party: String(content['party']), agency: String(content['agency'] ?? '') }));
  const asked = contracts.parties.required.findLast((one) => one.for === 'protocol')?.parties ?? [];
  const signing = inRegister.length > 0 ? inRegister : asked.map((party) => ({ party, agency: '' }));
  const rows: Words[][] =
    place.county === undefined
      ? [[[text(edition, STATE_SIGNS)], [''], ['']]]
      : signing.map(({ party, agency }) => [
          [label(edition, 'party', party, labels.get(party) ?? party), agency === '' ? '' : ` (${agency})`],
          [''],
          [''],
        ]);
  return {
    kind: 'table',
    id: 'signatures',
    caption: text(edition, { en: 'Signed for the parties', es: 'Firmado por las partes' }),
    columns: [
      { head: text(edition, { en: 'Party', es: 'Parte' }), numeric: false },
      { head: text(edition, { en: 'Name and signature', es: 'Nombre y firma' }), numeric: false },
      { head: text(edition, { en: 'Date', es: 'Fecha' }), numeric: false },
    ],
    rows,
  };
}

const STATE_SIGNS: Bilingual = {
  en: 'Department of Social Services',
  es: 'Departamento de Servicios Sociales',
};

/** Whoever reads this may need one of these numbers. */
export function helpLines(edition: Edition): Block {
  return paragraph(
    say(edition, {
      en: 'National Human Trafficking Hotline: call 888-373-7888, or text 233733. In immediate danger call 911.',
      es: 'Línea Nacional contra la Trata de Personas: llame al 888-373-7888 o envíe un mensaje de texto al 233733. En peligro inmediato llame al 911.',
    }),
  );
}
