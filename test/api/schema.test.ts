/** The conventions of the printed schema, which every check compares with the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, visit } from 'graphql';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

const schema = parse(readFileSync(join(packageRoot, 'schema', 'schema.graphql'), 'utf8'));

test('every type, field, argument and member of a list of names says what it is', () => {
  const silent: string[] = [];
  let looked = 0;
  const way: string[] = [];
  visit(schema, {
    enter(node) {
      if (!('name' in node) || !('description' in node) || node.name?.kind !== Kind.NAME) return;
      way.push(node.name.value);
      looked++;
      if ((node.description?.value ?? '').trim() === '') silent.push(way.join('.'));
    },
    leave(node) {
      if ('name' in node && 'description' in node && node.name?.kind === Kind.NAME) way.pop();
    },
  });
  expect(looked).toBeGreaterThan(400);
  expect(silent).toEqual([]);
});

test('what is deprecated says since when and what to use', () => {
  const undated: string[] = [];
  visit(schema, {
    Directive(directive) {
      const [reason] = directive.arguments ?? [];
      if (directive.name.value !== 'deprecated') return;
      const text = reason?.value.kind === Kind.STRING ? reason.value.value : '';
      if (!/^Since \d{4}-\d{2}-\d{2}: /.test(text)) undated.push(text);
    },
  });
  expect(undated).toEqual([]);
});

test('lists of rows are pages, and no argument is a predicate of the caller’s own making', () => {
  const wrong: string[] = [];
  visit(schema, {
    FieldDefinition(field) {
      const names = new Set((field.arguments ?? []).map(({ name }) => name.value));
      const type = field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type;
      const paged = type.kind === Kind.NAMED_TYPE && type.name.value.endsWith('Connection');
      if (paged !== (names.has('first') && names.has('after'))) wrong.push(field.name.value);
    },
    InputObjectTypeDefinition({ name, fields }) {
      const loose = (fields ?? []).filter((field) =>
        /^(sql|filter|order|operator|expression)$/i.test(field.name.value),
      );
      if (loose.length > 0) wrong.push(name.value);
    },
  });
  expect(wrong).toEqual([]);
});
