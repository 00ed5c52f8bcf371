import { expect, test } from 'vitest';
import { guessFields } from '../../../etl/link/guess.ts';

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
