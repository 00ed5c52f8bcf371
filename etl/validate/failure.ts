import type { Contracts } from '../../src/contracts/contracts.ts';
import { heldAs } from '../../src/contracts/lookup.ts';
import { Refused } from '../../src/errors.ts';
import { IDENTIFYING, NEVER_HELD, OTHER_KEY, PART_2, UNMAPPED, WITHHELD } from './field/field-form.ts';
import { textOf } from './field/text-field.ts';
import { admittedOf, judgeOf } from './guard/value-guard.ts';
import { count, type Tally } from './outcome.ts';
import { part2RuleOf } from './rule/part-2.ts';
import type { RowLayout } from './rule/row-layout.ts';

export const SHAPE_RULE = 'Q001';
const GUARD_RULE = 'Q003';

/** Says which rule a value breaks that was not taken. Throws if it is something that identifies a person. */
export type Examine = (
  slot: number,
  why: number,
  line: number,
  bytes: Uint8Array,
  start: number,
  end: number,
) => string;

/**
 * The rare way: here values become strings, to be looked at and forgotten. Every failing value of a row comes
 * through, also after the row is lost, since the guard must see them all.
 */
export function failureExaminer(
  contracts: Contracts,
  layout: RowLayout,
  file: string,
  tally: Tally,
): Examine {
  const { record, fields } = layout;
  const failing = fields.map((field) => judgeOf(contracts, field));
  const taken = fields.map((field) => admittedOf(contracts, field));
  const part2Rule = part2RuleOf(contracts, record)?.id ?? SHAPE_RULE;

  const isRefused = (list: string | undefined, cell: string): boolean =>
    list !== undefined &&
    record.subject === 'person' &&
    cell.split(';').some((code) => heldAs(contracts, list, code).as === 'refused');

  return (slot, why, line, bytes, start, end) => {
    const { name = '', codes } = fields[slot] ?? {};
    if (why === WITHHELD) {
      throw new Refused(
        'FIELD_WITHHELD',
        `${file}, line ${line}: the agreement withholds ${record.name}.${name}, and the column has a value`,
        { remedy: 'leave the column out, or empty' },
      );
    }
    if (why === OTHER_KEY) {
      throw new Refused(
        'KEY_VERSION',
        `${file}, line ${line}: ${name} is another version of the key than token_key_version of the manifest`,
        { remedy: 'encode everybody with one key, and name its version in the manifest' },
      );
    }
    const value = textOf(bytes, start, end);
    const identifier = (why === IDENTIFYING ? taken[slot] : failing[slot])?.(value);
    if (identifier !== undefined) {
      throw new Refused(
        'IDENTIFIER_FOUND',
        `${file}, line ${line}, column ${name}: rule ${GUARD_RULE}, a value looks like ${identifier}`,
        { remedy: contracts.qualityRules.get(GUARD_RULE)?.remedy ?? 'leave the column out' },
      );
    }
    if (why === PART_2) {
      count(tally.refused, name);
      return part2Rule;
    }
    if (why === NEVER_HELD || (why === UNMAPPED && isRefused(codes, value))) count(tally.refused, name);
    else if (why === UNMAPPED) count(tally.unmapped, name);
    return SHAPE_RULE;
  };
}
