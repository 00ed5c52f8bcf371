import type { Operation, Role } from '../access-policy.ts';
import type { Contracts } from '../contracts.ts';
import { purposesOf } from '../lookup.ts';
import { type Problem, problem } from '../problem.ts';

/** A role that is bound to a county reaches no other, and every name that the policy uses is there. */
export function checkAccessPolicy(contracts: Contracts): Problem[] {
  const { roles, operations } = contracts.accessPolicy;
  return [
    ...[...roles.values()].flatMap((role) => unknownPurposes(contracts, role)),
    ...[...operations.values()].flatMap((operation) => operationProblems(contracts, operation)),
  ];
}

function operationProblems(contracts: Contracts, operation: Operation): Problem[] {
  const { roles } = contracts.accessPolicy;
  const wrong = (message: string): Problem =>
    problem('REFERENCE', operation.place, `${operation.name}: ${message}`);
  const reach = [...operation.reach].flatMap(([name, reach]) => {
    const role = roles.get(name);
    if (role === undefined) return [wrong(`no role is named ${name}`)];
    const found: Problem[] = [];
    if (reach === 'own' && role.boundTo !== 'county') found.push(wrong(`${name} is held for no county`));
    if (reach === 'agency' && role.boundTo !== 'agency') found.push(wrong(`${name} is held for no agency`));
    if (name === 'public' && operation.kind === 'mutation') found.push(wrong('the public changes nothing'));
    if (
      operation.purposes.length > 0 &&
      !operation.purposes.some((purpose) => role.purposes.includes(purpose))
    )
      found.push(wrong(`${name} has none of its purposes, and so could never ask it`));
    return found;
  });
  const exact = operation.exact
    .filter((name) => !operation.reach.has(name))
    .map((name) => wrong(`${name} is to see it exactly, but may not ask it`));
  return [...unknownPurposes(contracts, operation), ...reach, ...exact];
}

function unknownPurposes(contracts: Contracts, item: Role | Operation): Problem[] {
  const known = purposesOf(contracts);
  return item.purposes
    .filter((purpose) => !known.has(purpose))
    .map((purpose) => problem('REFERENCE', item.place, `${item.name}: no purpose is named ${purpose}`));
}
