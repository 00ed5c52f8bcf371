import { join } from 'node:path';
import { CsvFiles } from './csv-files.ts';
import { type Day, dayText } from './day.ts';
import type { Membership } from './membership.ts';
import type { Sheet } from './sheet.ts';

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
  readonly #people = new CsvFiles<string>();
  readonly #rows = new CsvFiles<Sheet>();
  readonly #folder: string;
  readonly #asOf: Day;

  constructor(folder: string, asOf: Day) {
    this.#folder = folder;
    this.#asOf = asOf;
  }

  addPerson(who: Membership): void {
    const { columns, date } = EXPORTS[who.list];
    const { given, surname, born, ssn, sex, zip, phone, street } = who.observation;
    this.#people
      .of(
        who.agency,
        0,
        () => this.#path(0, who.agency, 'people'),
        () => columns,
      )
      .add([
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

  addRow(night: number, sheet: Sheet, cells: readonly string[]): void {
    this.#rows
      .of(
        sheet,
        night,
        () => this.#path(night, sheet.agency, sheet.record.name),
        () => sheet.columns.map((column, at) => (at === sheet.personAt ? 'local_id' : column)),
      )
      .add(cells);
  }

  close(): void {
    this.#people.close();
    this.#rows.close();
  }

  #path(night: number, agency: string, name: string): string {
    return join(this.#folder, dayText(this.#asOf + night), agency, `${name}.csv`);
  }
}
