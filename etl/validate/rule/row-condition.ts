import type { Condition, Matcher } from '../../../src/contracts/condition.ts';
import { dayOfMoment, dayOfText } from '../calendar.ts';
import { type RowLayout, slotOf } from './row-layout.ts';
import { and, FALSE, type Question, TRUE, UNKNOWN } from './three-valued.ts';

/** Whether a row meets a condition; every field that it names must match. */
export function compileCondition(layout: RowLayout, condition: Condition): Question {
  return and(
    Object.entries(condition.fields).flatMap(([name, matcher]) =>
      compileMatcher(layout, slotOf(layout, name), matcher),
    ),
  );
}

function compileMatcher(layout: RowLayout, slot: number, matcher: Matcher): Question[] {
  const { values } = layout;
  const questions: Question[] = [];
  if (matcher.present !== undefined) {
    const { present } = matcher;
    questions.push(() => (Number.isNaN(values[slot]) === present ? FALSE : TRUE));
  }
  if (matcher.in !== undefined) questions.push(among(layout, slot, matcher.in, TRUE));
  if (matcher.notIn !== undefined) questions.push(among(layout, slot, matcher.notIn, FALSE));
  if (matcher.under !== undefined) {
    const stems = matcher.under;
    const codes = layout.codeNames[slot] ?? [];
    questions.push(
      among(
        layout,
        slot,
        codes.filter((code) => stems.some((stem) => code.startsWith(stem))),
        TRUE,
      ),
    );
  }
  if (matcher.min !== undefined || matcher.max !== undefined) questions.push(between(layout, slot, matcher));
  return questions;
}

/** A cell with several codes is among them if one of its codes is. */
function among(
  layout: RowLayout,
  slot: number,
  wanted: readonly (string | number | boolean)[],
  ifSo: typeof TRUE | typeof FALSE,
): Question {
  const { values } = layout;
  const otherwise = ifSo === TRUE ? FALSE : TRUE;
  const kind = layout.kinds[slot];
  if (kind === 'code' || kind === 'codes') {
    const names = layout.codeNames[slot] ?? [];
    const has = Uint8Array.from(names, (code) => (wanted.includes(code) ? 1 : 0));
    if (kind === 'code') {
      return () => {
        const value = values[slot] as number;
        if (Number.isNaN(value)) return UNKNOWN;
        return has[value] === 1 ? ifSo : otherwise;
      };
    }
    const held = layout.codes[slot] ?? new Int32Array(0);
    return () => {
      const count = values[slot] as number;
      if (Number.isNaN(count)) return UNKNOWN;
      for (let i = 0; i < count; i++) if (has[held[i] as number] === 1) return ifSo;
      return otherwise;
    };
  }
  const numbers = new Set(
    wanted.map((value) => (typeof value === 'string' ? dayOfText(value) : Number(value))),
  );
  return () => {
    const value = comparable(layout, slot, values[slot] as number);
    if (Number.isNaN(value)) return UNKNOWN;
    return numbers.has(value) ? ifSo : otherwise;
  };
}

function between(layout: RowLayout, slot: number, { min, max }: Matcher): Question {
  const { values } = layout;
  const low = min === undefined ? -Infinity : boundOf(min);
  const high = max === undefined ? Infinity : boundOf(max);
  return () => {
    const value = comparable(layout, slot, values[slot] as number);
    if (Number.isNaN(value)) return UNKNOWN;
    return value >= low && value <= high ? TRUE : FALSE;
  };
}

export function boundOf(bound: number | string): number {
  return typeof bound === 'number' ? bound : dayOfText(bound);
}

/** Bounds of time are days, so a moment is compared by its day. */
export function comparable(layout: RowLayout, slot: number, value: number): number {
  return layout.kinds[slot] === 'moment' ? dayOfMoment(value) : value;
}
