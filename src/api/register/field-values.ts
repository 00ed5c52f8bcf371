import { loadContracts } from '../../contracts/contracts.ts';
import { type Content, kindNamed, offeredBy } from '../../register/content.ts';
import type { FieldValueType } from './register.type.ts';

/** What an entry says, in the order of its kind's fields and with labels for codes. */
export function fieldValues(kindName: string, content: Content): FieldValueType[] {
  const contracts = loadContracts();
  return kindNamed(contracts, kindName).fields.flatMap((field) => {
    const value = content[field.name];
    if (value === undefined) return [];
    const values = (Array.isArray(value) ? value : [value]).map(String);
    const offered = offeredBy(contracts, field);
    return [{ name: field.name, values, labels: values.map((text) => offered?.get(text) ?? text) }];
  });
}
