import { Arg, Args, Query, Resolver } from 'type-graphql';
import type { CodeList } from '../../contracts/code-list.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import type { Term, TermVersion } from '../../contracts/term.ts';
import { type Connection, PageArgs, pageOfNamed } from '../connection.ts';
import { wordsOf } from '../enums.ts';
import {
  CodeListConnection,
  type CodeListType,
  NeedConnection,
  type NeedType,
  TermConnection,
  type TermType,
  type TermVersionType,
} from './contracts.type.ts';

@Resolver()
export class ContractsResolver {
  @Query(() => TermConnection, { description: wordsOf('terms') })
  terms(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('name', () => String, { nullable: true, description: 'One term by its name.' }) name?: string | null,
  ): Connection<TermType> {
    const terms = [...loadContracts().terms.values()].filter((term) => !name || term.name === name);
    return pageOfNamed(terms.map(termOf), page, (term) => term.name);
  }

  @Query(() => CodeListConnection, { description: wordsOf('codeLists') })
  codeLists(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('name', () => String, { nullable: true, description: 'One list by its name.' }) name?: string | null,
  ): Connection<CodeListType> {
    const lists = [...loadContracts().codeLists.values()].filter((list) => !name || list.name === name);
    return pageOfNamed(lists.map(listOf), page, (list) => list.name);
  }

  @Query(() => NeedConnection, { description: wordsOf('needs') })
  needs(@Args(() => PageArgs) page: PageArgs): Connection<NeedType> {
    const nodes = [...loadContracts().needs.nodes.values()].map((need) => ({
      ...need,
      parent: need.parent ?? null,
      heldAs: need.heldAs ?? null,
    }));
    return pageOfNamed(nodes, page, (need) => need.code);
  }
}

function termOf(term: Term): TermType {
  return {
    name: term.name,
    title: term.title,
    versions: [
      ...term.versions.map((version) => versionOf(version, null)),
      ...term.local.map((version) => versionOf(version, version.county)),
    ],
  };
}

function versionOf(version: TermVersion, county: string | null): TermVersionType {
  const { effectiveTo, authority, ...rest } = version;
  return { ...rest, effectiveTo: effectiveTo ?? null, authority: authority.citation, county };
}

function listOf(list: CodeList): CodeListType {
  return { ...list, codes: list.codes.map((code) => ({ ...code, validTo: code.validTo ?? null })) };
}
