/** The report as one page that needs nothing else: fonts, pictures and style are in it, and no script. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { packageRoot } from '../../../src/package-root.ts';
import type { Block, Column, Figure, Inline, Report, Table, Words } from '../../blocks/block.ts';
import { PAGE_FONT } from '../../fonts.ts';

const here = join(packageRoot, 'reports/formats/html');
let style: string | undefined;

export function htmlFile(report: Report): Uint8Array {
  return Buffer.from(`<!doctype html>\n${renderToString(<Page report={report} />)}\n`);
}

function Page({ report }: { readonly report: Report }): VNode {
  const { language, title, subtitle, author, day, madeUp, running, contents, short, cover, blocks } = report;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="author" content={author} />
        <meta name="date" content={day} />
        <title>{`${title} – ${subtitle}`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own file, not text of a report */}
        <style dangerouslySetInnerHTML={{ __html: styleSheet() }} />
      </head>
      <body>
        <header>
          {madeUp !== undefined && <p class="made-up">{madeUp}</p>}
          <h1>{title}</h1>
          <p class="subtitle">{subtitle}</p>
        </header>
        <main>
          <Blocks blocks={cover} />
          {!short && <Contents title={contents} blocks={blocks} />}
          <Blocks blocks={blocks} />
        </main>
        <footer>
          <p>
            {running}
            {madeUp !== undefined && ` · ${madeUp}`}
          </p>
        </footer>
      </body>
    </html>
  );
}

function Contents({ title, blocks }: { readonly title: string; readonly blocks: readonly Block[] }): VNode {
  return (
    <nav aria-labelledby="contents">
      <h2 id="contents">{title}</h2>
      <ul>
        {blocks.map((block) =>
          block.kind === 'heading' && block.level === 1 ? (
            <li key={block.id}>
              <a href={`#${block.id}`}>{block.text}</a>
            </li>
          ) : null,
        )}
      </ul>
    </nav>
  );
}

function Blocks({ blocks }: { readonly blocks: readonly Block[] }): VNode {
  return (
    <>
      {blocks.map((block, at) => (
        <OneBlock key={at} block={block} />
      ))}
    </>
  );
}

function OneBlock({ block }: { readonly block: Block }): VNode | null {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? <h2 id={block.id}>{block.text}</h2> : <h3 id={block.id}>{block.text}</h3>;
    case 'paragraph':
      return (
        <p>
          <Said words={block.words} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((words, at) => (
            <li key={at}>
              <Said words={words} />
            </li>
          ))}
        </ul>
      );
    case 'callout':
      return (
        <div class="callout">
          <p>
            <strong>{block.title}</strong>
          </p>
          <p>
            <Said words={block.words} />
          </p>
        </div>
      );
    case 'footnote':
      return (
        <p class="footnote">
          {block.mark} <Said words={block.words} />
        </p>
      );
    case 'figure':
      return <Pictured figure={block} />;
    case 'table':
      return <Tabled table={block} />;
    case 'page-break':
      return null;
  }
}

/** The charts escape every word that they are given. */
function Pictured({ figure }: { readonly figure: Figure }): VNode {
  return (
    <figure id={figure.id}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by reports/charts */}
      <div class="picture" dangerouslySetInnerHTML={{ __html: figure.svg }} />
      <figcaption>
        <Said words={figure.caption} />
      </figcaption>
    </figure>
  );
}

function Tabled({ table }: { readonly table: Table }): VNode {
  const { id, caption, columns, rows } = table;
  return (
    <div class="table" role="region" aria-label={caption} tabIndex={0}>
      <table id={id}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col" class={side(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((words, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    <Said words={words} />
                  </th>
                ) : (
                  <td key={at} class={side(columns[at])}>
                    <Said words={words} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function side(column: Column | undefined): string | undefined {
  return column?.numeric === true ? 'number' : undefined;
}

function Said({ words }: { readonly words: Words }): VNode {
  return (
    <>
      {words.map((word, at) => (
        <Piece key={at} word={word} />
      ))}
    </>
  );
}

/** A number carries its place in the release, so that whoever doubts it can trace it. */
function Piece({ word }: { readonly word: Inline }): VNode {
  if (typeof word === 'string') return <>{word}</>;
  if (word.kind === 'foreign') return <span lang={word.language}>{word.text}</span>;
  return (
    <data
      value={word.value === null ? '' : String(word.value)}
      data-cell={word.address}
      data-part={word.part}
    >
      {word.text}
    </data>
  );
}

function styleSheet(): string {
  style ??= readFileSync(join(here, 'report.css'), 'utf8').replace('FONT', () =>
    readFileSync(PAGE_FONT).toString('base64'),
  );
  return style;
}
