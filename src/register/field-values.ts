import type { Contracts } from '../contracts/contracts.ts';
import type { RegisterField } from '../contracts/register.ts';
import { type Content, kindNamed, offeredBy } from './content.ts';

export interface FieldValue {
  readonly name: string;
  readonly values: readonly string[];
  /** The same for people: labels in the place of codes. */
  readonly labels: readonly string[];
}

/** What an entry says, in the order of its kind's fields. */
export function fieldValues(contracts: Contracts, kindName: string, content: Content): FieldValue[] {
  return valuesOf(contracts, kindNamed(contracts, kindName).fields, content);
}

export function valuesOf(
  contracts: Contracts,
  fields: readonly RegisterField[],
  content: Content,
): FieldValue[] {
  return fields.flatMap((field) => {
    const value = content[field.name];
    if (value === undefined) return [];
    const values = (Array.isArray(value) ? value : [value]).map(String);
    const offered = offeredBy(contracts, field);
    return [{ name: field.name, values, labels: values.map((text) => offered?.get(text) ?? text) }];
  });
}
