import type { Contracts } from '../contracts.ts';
import { sendableFields } from '../lookup.ts';
import type { RecordType } from '../record.ts';
import { agencyCodes, listsOf } from './agency-codes.ts';
import type { Sender } from './example.ts';
import type { Sheet } from './workbook.ts';

/** What the guide says, as sheets to sort, filter and map against: the same records, columns and codes. */
export function dictionarySheets(
  contracts: Contracts,
  records: readonly RecordType[],
  sender: Sender,
): readonly Sheet[] {
  return [
    {
      name: 'Records',
      widths: [28, 36, 90, 24, 8],
      rows: [
        ['record', 'title', 'what it is', 'sent', 'version'],
        ...records.map(({ name, title, description, cadence, version }) => [
          name,
          title,
          description,
          cadence,
          String(version),
        ]),
      ],
    },
    {
      name: 'Columns',
      widths: [28, 28, 10, 12, 10, 28, 26, 90],
      rows: [
        ['record', 'column', 'send', 'type', 'several', 'codes', 'example', 'what it is'],
        ...records.flatMap((record) => columnRows(contracts, record, sender)),
      ],
    },
    {
      name: 'Codes',
      widths: [28, 20, 60, 36, 30],
      rows: [
        ['list', 'code', 'meaning', 'about one young person', 'your code'],
        ...listsOf(contracts, records).flatMap((list) =>
          agencyCodes(contracts, list, sender.agency).map(({ code, yours }) => [
            list.name,
            code.code,
            code.label,
            code.heldAs === undefined ? (code.never === undefined ? '' : 'never') : `as ${code.heldAs}`,
            yours.join(', '),
          ]),
        ),
      ],
    },
    {
      name: 'Never sent',
      widths: [60, 90],
      rows: [
        ['never about one young person', 'instead'],
        ...[...contracts.neverHeld.values()].map(({ words, instead }) => [words, instead]),
      ],
    },
  ];
}

/** Every column of the contract: those that stay at the agency say so. */
function columnRows(contracts: Contracts, record: RecordType, { system }: Sender): string[][] {
  const sent = new Set(sendableFields(contracts, record, system));
  return record.fields.map((field) => [
    record.name,
    field.name,
    sent.has(field) ? (field.constraints.required ? 'required' : 'optional') : 'never',
    field.token === undefined ? field.type : 'pseudonym',
    field.several ? 'yes' : '',
    field.codes ?? '',
    field.example ?? '',
    field.description,
  ]);
}
