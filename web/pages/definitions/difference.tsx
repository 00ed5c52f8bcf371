import type { VNode } from 'preact';

type Piece = { readonly kind: 'same' | 'gone' | 'new'; readonly words: string };

/** What changed between two wordings, word by word: the longest common subsequence stays. */
export function differences(before: string, after: string): readonly Piece[] {
  const [a, b] = [before.split(/\s+/), after.split(/\s+/)];
  const common = Array.from({ length: a.length + 1 }, () => b.map(() => 0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = common[i] as number[];
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pieces: { kind: Piece['kind']; words: string[] }[] = [];
  const add = (kind: Piece['kind'], word: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.words.push(word);
    else pieces.push({ kind, words: [word] });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i] as string);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1)))
      add('gone', a[i++] as string);
    else add('new', b[j++] as string);
  }
  return pieces.map(({ kind, words }) => ({ kind, words: words.join(' ') }));
}

export function Difference({ before, after }: { readonly before: string; readonly after: string }): VNode {
  return (
    <p class="difference" lang="en">
      {differences(before, after).map((piece, at) => [
        at === 0 ? '' : ' ',
        piece.kind === 'same' ? (
          piece.words
        ) : piece.kind === 'gone' ? (
          <del>{piece.words}</del>
        ) : (
          <ins>{piece.words}</ins>
        ),
      ])}
    </p>
  );
}
