import { Refused } from '../../src/errors.ts';
import { type CaptureTable, captureTable, MOST_LISTS } from './capture-table.ts';

export interface ReadOptions {
  /** Take a history that is not in the file as one that nobody had; without it a gap is refused. */
  readonly absentIsZero?: boolean;
}

/**
 * Reads a table of capture histories: one column of 0 and 1 per list, then a column `count`; one line per
 * history. `name` is only used to say where a fault is; no message repeats a value of the file.
 */
export function readTable(text: string, name: string, options: ReadOptions = {}): CaptureTable {
  const rows = splitRows(text);
  const header = rows[0];
  if (header === undefined)
    throw new Refused('TABLE_EMPTY', `${name}: the file has no header line`, {
      remedy: 'Give one column per list and a last column named count.',
    });
  const lists = listNames(header.cells, name);
  const cells = 1 << lists.length;
  const counts = new Float64Array(cells);
  const seen = new Uint8Array(cells);
  for (const row of rows.slice(1)) {
    const where = `${name}, line ${row.line}`;
    if (row.cells.length !== lists.length + 1)
      throw new Refused(
        'ROW_WIDTH',
        `${where}: ${row.cells.length} values where the header names ${lists.length + 1} columns`,
        { remedy: 'Write one value per column.' },
      );
    const history = readHistory(row.cells, lists, where);
    if (seen[history] === 1)
      throw new Refused('HISTORY_TWICE', `${where}: this capture history already has a line`, {
        remedy: 'Add the two counts, or find out which of them is right.',
      });
    seen[history] = 1;
    counts[history] = readCount(row.cells[lists.length]!, where);
  }
  const absent = seen.subarray(1).reduce((sum, flag) => sum + (flag === 0 ? 1 : 0), 0);
  if (absent > 0 && options.absentIsZero !== true)
    throw new Refused(
      'HISTORY_MISSING',
      `${name}: ${absent} of the ${cells - 1} capture histories of ${lists.length} lists have no line`,
      {
        remedy:
          'Write a line with count 0 for each history that nobody had, or say so with --absent-is-zero; never for a count that was withheld.',
      },
    );
  if (counts.every((count) => count === 0))
    throw new Refused('TABLE_WITHOUT_PERSONS', `${name}: every count is zero`);
  return captureTable(lists, counts);
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function splitRows(text: string): Row[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== '')
    .map(({ content, line }) => ({ line, cells: content.split(',').map(unquote) }));
}

function unquote(cell: string): string {
  const trimmed = cell.trim();
  return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
}

function listNames(header: readonly string[], name: string): string[] {
  const lists = header.slice(0, -1);
  if (header.at(-1)?.toLowerCase() !== 'count')
    throw new Refused('NO_COUNT_COLUMN', `${name}, line 1: the last column is not named count`, {
      remedy: 'Give one column per list and a last column named count.',
    });
  if (lists.length < 2)
    throw new Refused(
      'TOO_FEW_LISTS',
      `${name}, line 1: ${lists.length === 1 ? 'one list' : 'no list'}; nothing overlaps`,
      { remedy: 'A hidden population needs at least two lists, and a figure to publish at least three.' },
    );
  if (lists.length > MOST_LISTS)
    throw new Refused(
      'TOO_MANY_LISTS',
      `${name}, line 1: ${lists.length} lists, at most ${MOST_LISTS} can be read`,
      {
        remedy:
          'Merge the lists of agencies that work as one, or leave out those that overlap with no other.',
      },
    );
  lists.forEach((list, index) => {
    if (list === '')
      throw new Refused('LIST_WITHOUT_NAME', `${name}, line 1, column ${index + 1}: the list has no name`);
    if (lists.indexOf(list) !== index)
      throw new Refused(
        'LIST_TWICE',
        `${name}, line 1, column ${index + 1}: the name of column ${lists.indexOf(list) + 1} again`,
      );
  });
  return lists;
}

function readHistory(cells: readonly string[], lists: readonly string[], where: string): number {
  let history = 0;
  lists.forEach((list, index) => {
    const cell = cells[index];
    if (cell !== '0' && cell !== '1')
      throw new Refused('HISTORY_NOT_BINARY', `${where}, column ${list}: not 0 or 1`, {
        remedy: 'Write 1 where the person is on the list and 0 where not.',
      });
    if (cell === '1') history |= 1 << index;
  });
  if (history === 0)
    throw new Refused('UNSEEN_HISTORY', `${where}: a person on no list was not counted by anybody`, {
      remedy: 'Take the line out: its count is what is to be estimated.',
    });
  return history;
}

function readCount(cell: string, where: string): number {
  const count = Number(cell);
  const fault =
    cell === '' || !Number.isFinite(count)
      ? 'not a number'
      : count < 0
        ? 'negative'
        : Number.isInteger(count)
          ? count > Number.MAX_SAFE_INTEGER
            ? 'too large'
            : undefined
          : 'not a whole number';
  if (fault !== undefined)
    throw new Refused('COUNT_NOT_WHOLE', `${where}, column count: ${fault}`, {
      remedy: 'Give the exact number of persons; a rounded or withheld count cannot carry an estimate.',
    });
  return count;
}
