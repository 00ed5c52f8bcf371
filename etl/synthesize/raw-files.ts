import { join } from 'node:path';
import type { CsvFiles } from './csv-files.ts';
import { type Day, dayText } from './day.ts';
import type { Membership } from './membership.ts';
import type { Version } from './row-versions.ts';
import type { Sheet } from './sheet.ts';
import type { Row } from './story.ts';

/** How an agency's own export of its people looks: its headers and the way it writes a date. */
interface Export {
  readonly columns: readonly string[];
  readonly date: (born: string) => string;
}

const slashes = (born: string): string => `${born.slice(5, 7)}/${born.slice(8)}/${born.slice(0, 4)}`;
const short = (born: string): string =>
  `${Number(born.slice(5, 7))}/${Number(born.slice(8))}/${born.slice(0, 4)}`;
const asItIs = (born: string): string => born;
const EXPORTS: Readonly<Record<Membership['list'], Export>> = {
  child_welfare: {
    columns: [
      'record_id',
      'first_name',
      'last_name',
      'dob',
      'ssn',
      'gender',
      'zip',
      'phone',
      'street_address',
    ],
    date: asItIs,
  },
  probation: {
    columns: [
      'case_id',
      'first_name',
      'last_name',
      'date_of_birth',
      'ssn',
      'sex',
      'zip_code',
      'phone_number',
      'address',
    ],
    date: slashes,
  },
  health: {
    columns: [
      'person_id',
      'given_name',
      'surname',
      'birth_date',
      'ssn',
      'sex',
      'postcode',
      'telephone',
      'street',
    ],
    date: asItIs,
  },
  mental_health: {
    columns: ['record_id', 'first_name', 'last_name', 'dob', 'ssn', 'gender', 'zip', 'cell', 'address_1'],
    date: slashes,
  },
  education: {
    columns: ['local_id', 'firstname', 'lastname', 'birthdate', 'ssn', 'gender', 'zip', 'phone', 'address'],
    date: short,
  },
  community: {
    columns: ['unique_id', 'first', 'last', 'birthday', 'ssn', 'sex', 'zip', 'mobile', 'address_line_1'],
    date: asItIs,
  },
};

/** The agency side: identified extracts, which never leave it, and its own rows under its own numbers. */
export class RawFiles {
  readonly #files: CsvFiles;
  readonly #folder: string;

  constructor(files: CsvFiles, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  addPerson(night: Day, who: Membership): void {
    const { columns, date } = EXPORTS[who.list];
    const { given, surname, born, ssn, sex, zip, phone, street } = who.observation;
    this.#files.add(this.#path(night, who.agency, 'people'), columns, [
      who.localId,
      given,
      surname,
      date(born),
      ssn,
      sex === 'female' ? 'F' : sex === 'male' ? 'M' : 'U',
      zip,
      phone,
      street,
    ]);
  }

  addRow(night: Day, row: Row, version: Version, sheet: Sheet): void {
    const columns = sheet.columns.map((column) => (column === 'person_token' ? 'local_id' : column));
    this.#files.add(
      this.#path(night, row.agency, row.record),
      columns,
      sheet.columns.map((column) => {
        if (column === 'person_token') return row.localId ?? '';
        return sheet.cellOf(row, version, column);
      }),
    );
  }

  #path(night: Day, agency: string, name: string): string {
    return join(this.#folder, dayText(night), agency, `${name}.csv`);
  }
}
