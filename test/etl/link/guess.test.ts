import { expect, test } from 'vitest';
import { columnsElsewhere, guessFields } from '../../../etl/link/guess.ts';

const kinds = (header: string[], rows: string[][], except: string[] = []) => {
  const { fields, left, dateOrder } = guessFields(header, rows, except);
  return {
    kinds: Object.fromEntries(fields.map(({ name, kind }) => [name, kind])),
    left: left.map(({ column }) => column),
    dateOrder,
  };
};

test('names of columns tell what they hold', () => {
  const header = ['rec_id', 'First Name', 'LAST', 'DOB', 'soc_sec_id', 'zip', 'Gender', 'cell', 'city'];
  const rows = [
    ['1', 'Ana', 'Diaz', '2009-03-09', '219451234', '90012', 'F', '2135550142', 'Fresno'],
    ['2', 'Bo', 'Ito', '2008-01-19', '577628890', '90013', 'M', '2135550143', 'Napa'],
  ];
  expect(kinds(header, rows)).toEqual({
    kinds: {
      first_name: 'given',
      last: 'surname',
      dob: 'date',
      soc_sec_id: 'id',
      zip: 'postcode',
      gender: 'sex',
      cell: 'phone',
      city: 'text',
    },
    left: ['rec_id'],
    dateOrder: 'mdy',
  });
});

test('values tell of dates, and of the order of day and month', () => {
  const rows = [
    ['x', '27-08-2009'],
    ['y', '13-01-2008'],
    ['z', '02-03-2008'],
  ];
  expect(kinds(['given', 'when'], rows)).toMatchObject({ kinds: { when: 'date' }, dateOrder: 'dmy' });
});

test('empty and constant columns, the truth, and columns made of others are left out', () => {
  const rows = Array.from({ length: 20 }, (_, i) => [
    `Ana${i}x`,
    `Diaz${i}y`,
    `Ana${i}x Diaz${i}y`,
    '',
    'CA',
    String(i),
  ]);
  expect(kinds(['given', 'surname', 'full_name', 'blank', 'state', 'person'], rows, ['person'])).toEqual({
    kinds: { given: 'given', surname: 'surname' },
    left: ['full_name', 'blank', 'state', 'person'],
    dateOrder: 'mdy',
  });
});

test('headers that only capitals or points part are read as words', () => {
  const header = ['PatientFirstName', 'PatientLastName', 'D.O.B.', 'SSNumber', 'MailingZip', 'HomePhone'];
  const rows = [
    ['Ana', 'Diaz', '03/09/2009', '219-45-1234', '90012', '(213) 555-0142'],
    ['Bo', 'Ito', '01/19/2008', '577-62-8890', '90013', '(213) 555-0143'],
  ];
  const found = kinds(header, rows).kinds;
  expect(Object.values(found)).toEqual(['given', 'surname', 'date', 'id', 'postcode', 'phone']);
});

test('a date in three columns is one field, and one column of them alone is none', () => {
  const header = ['fname', 'lname', 'by', 'bm', 'bd'];
  const rows = Array.from({ length: 30 }, (_, i) => [
    `A${i}`,
    `B${i}`,
    `${1950 + i}`,
    `${1 + (i % 12)}`,
    `${1 + i}`,
  ]);
  const guessed = guessFields(header, rows);
  expect(guessed.fields.at(-1)).toEqual({ name: 'birth_date', kind: 'date', columns: [2, 3, 4] });
  expect(
    kinds(
      ['fname', 'by'],
      rows.map(([a = '', , by = '']) => [a, by]),
    ).kinds,
  ).toEqual({ fname: 'given', by: 'text' });
});

test('what is no date of birth, and no name of a person, is not taken for one', () => {
  const header = ['birth_place', 'school_name', 'client_name', 'first_and_last'];
  const rows = [
    ['Fresno', 'North High', 'Diaz, Ana', 'Ana Diaz'],
    ['Napa', 'South High', 'Bo Ito', 'Bo Ito'],
  ];
  expect(kinds(header, rows).kinds).toEqual({
    birth_place: 'text',
    school_name: 'text',
    client_name: 'name',
    first_and_last: 'name',
  });
});

test('values tell what an unknown header does not', () => {
  const rows = Array.from({ length: 20 }, (_, i) => [
    i % 2 === 0 ? 'F' : 'm',
    `${90_001 + i}`,
    `21355501${String(i).padStart(2, '0')}`,
    `219-45-12${String(i).padStart(2, '0')}`,
    `word ${i}`,
  ]);
  expect(Object.values(kinds(['c1', 'c2', 'c3', 'c4', 'c5'], rows).kinds)).toEqual([
    'sex',
    'postcode',
    'phone',
    'id',
    'text',
  ]);
});

test('the other file may name its columns otherwise: names decide, then what they hold', () => {
  const [left, right] = [
    ['first_name', 'last_name', 'dob', 'city'],
    ['Geburt', 'city', 'DateOfBirth', 'Surname', 'GivenName'],
  ];
  const rows = [
    ['Ana', 'Diaz', '2009-03-09', 'Fresno'],
    ['Bo', 'Ito', '2008-01-19', 'Napa'],
  ];
  const others = [
    ['x', 'Fresno', '03/09/2009', 'Diaz', 'Ana'],
    ['y', 'Napa', '01/19/2008', 'Ito', 'Bo'],
  ];
  const { fields } = guessFields(left, rows);
  const guessed = guessFields(right, others).fields;
  expect(columnsElsewhere(fields, left, right, guessed)).toEqual([[4], [3], [2], [1]]);
  expect(columnsElsewhere(fields, left, ['city', 'GivenName'], guessed.slice(-1))).toContain(undefined);
});
