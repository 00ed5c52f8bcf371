/** A request as a researcher writes it down: one YAML file with a part for each of the five safes, and the tables. */
import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { Contracts } from '../../contracts/contracts.ts';
import type { RegisterField } from '../../contracts/register.ts';
import type { GivenRequest } from '../../datasets/request-content.ts';
import { Misuse, Refused } from '../../errors.ts';
import type { FieldText } from '../../register/content.ts';

export function readRequestFile(contracts: Contracts, path: string): GivenRequest {
  const written = parsed(path);
  if (!isMap(written)) throw unreadable('is no list of parts');
  const sections = new Map(contracts.datasets.sections.map(({ name, fields }) => [name, fields]));
  const fields: FieldText[] = [];
  for (const [name, part] of Object.entries(written)) {
    if (name === 'tables' || name === 'proposals') continue;
    const known = sections.get(name);
    if (known === undefined || !isMap(part))
      throw unreadable(
        `has parts that are none of ${[...sections.keys(), 'tables', 'proposals'].join(', ')}`,
      );
    for (const [field, value] of Object.entries(part)) {
      if (!known.some((one) => one.name === field))
        throw unreadable(
          `has under ${name} a field that is none of ${known.map((one) => one.name).join(', ')}`,
        );
      if (value !== null && value !== '') fields.push({ name: field, values: [asText(value)] });
    }
  }
  return { fields, tables: textsIn(written['tables']), proposals: textsIn(written['proposals']) };
}

/** Every field with its words, and two tables to begin with. */
export function requestTemplate(contracts: Contracts): string {
  const parts = contracts.datasets.sections.map(({ name, words, fields }) =>
    [`# ${words}`, `${name}:`, ...fields.flatMap(fieldLines), ''].join('\n'),
  );
  return [
    ...parts,
    '# Tables of the catalogue, as metric/dimensions: npx tessera dataset tables',
    stringify({ tables: ['identified/all', 'identified/county'] }).trimEnd(),
    '# Tables that the catalogue does not have yet; once approved and declared they leave with the next release.',
    'proposals: []',
    '',
  ].join('\n');
}

function fieldLines({ name, words, required, choices, codes }: RegisterField): string[] {
  const offered = [...choices].map(([code, label]) => `${code} (${label})`);
  return [
    `  # ${words}${required ? '' : ' (may be left empty)'}`,
    ...(offered.length === 0 ? [] : [`  # one of: ${offered.join('; ')}`]),
    ...(codes === undefined ? [] : [`  # a code of the list ${codes}: npx tessera contracts show ${codes}`]),
    `  ${name}:`,
  ];
}

function parsed(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (
      (cause as NodeJS.ErrnoException).code !== undefined &&
      !(cause instanceof SyntaxError) &&
      'path' in (cause as object)
    )
      throw new Misuse('NO_FILE', 'the request file cannot be read', {
        remedy: 'npx tessera dataset request --template > request.yaml',
      });
    throw unreadable('is no YAML');
  }
}

function unreadable(why: string): Refused {
  return new Refused('REQUEST_FILE', `The request file ${why}.`, {
    remedy: 'npx tessera dataset request --template shows one.',
  });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A day is a date to YAML. */
function asText(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}

function textsIn(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw unreadable('lists tables as something else than texts');
}
