/** Gaps: needs that went without a service, beside the providers there are and the staff who are trained. */
import type { Block, Table } from '../blocks/block.ts';
import { bound } from '../figures/bound.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { label, text } from '../parts/say.ts';

export function gaps(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'gaps',
    { en: 'Gaps in services and resources', es: 'Carencias de servicios y recursos' },
    says(
      edition,
      {
        en: '{unmet} needs went without a service in {year}. {waiting} young people were waiting for a place with a provider when it ended.',
        es: '{unmet} necesidades quedaron sin servicio en {year}. Al terminar el año, {waiting} jóvenes esperaban un lugar con un proveedor.',
      },
      {
        unmet: book.member('needs_by_step', 'step', 'unmet'),
        waiting: book.statewide('waiting_for_providers'),
        year: edition.year,
      },
    ),
    says(edition, {
      en: 'Waiting lists are told for the whole state. A need beside few providers is a gap in supply; one beside many is a gap in reach.',
      es: 'Las listas de espera se informan para todo el estado. Una necesidad con pocos proveedores es falta de oferta; con muchos, falta de acceso.',
    }),
    needsAndProviders(edition),
    breakdown(edition, {
      metric: 'unmet_reasons',
      by: 'reason',
      caption: { en: 'Why needs were not met', es: 'Por qué no se atendieron las necesidades' },
      head: { en: 'Reason', es: 'Motivo' },
      pictured: 'bars',
    }),
    breakdown(edition, {
      metric: 'staff_trained',
      by: 'role',
      caption: { en: 'Staff trained, by role', es: 'Personal capacitado, por función' },
      head: { en: 'Role', es: 'Función' },
    }),
  );
}

/** Supply beside need, by the broad areas of the tree of needs. */
function needsAndProviders(edition: Edition): readonly Table[] {
  const { book, writing, place } = edition;
  const supply = book.breakdown('providers_by_need', 'need');
  const demand = book.breakdown('needs_found', 'need');
  const answered = book.breakdown('needs_received', 'area');
  if (supply === undefined && demand === undefined) return [];
  const members = (demand ?? supply)?.members.filter(({ code }) => code.split('.').length === 2) ?? [];
  const cell = (of: typeof supply, code: string) => {
    const found = of?.members.find((one) => one.code === code)?.found;
    return found === undefined ? ['–'] : [bound(found, writing)];
  };
  return [
    {
      kind: 'table',
      id: 'needs-and-providers',
      caption: `${text(edition, { en: 'Young people with a need, needs answered, and providers', es: 'Jóvenes con una necesidad, necesidades atendidas y proveedores' })}, ${demand?.of === 'place' ? place.name : 'California'}`,
      columns: [
        { head: text(edition, { en: 'Area of need', es: 'Área de necesidad' }), numeric: false },
        { head: text(edition, { en: 'Young people', es: 'Jóvenes' }), numeric: true },
        { head: text(edition, { en: 'Needs answered', es: 'Necesidades atendidas' }), numeric: true },
        { head: text(edition, { en: 'Providers', es: 'Proveedores' }), numeric: true },
      ],
      rows: members.map(({ list, code, label: english }) => [
        [label(edition, list, code, english)],
        cell(demand, code),
        cell(answered, code),
        cell(supply, code),
      ]),
    },
  ];
}
