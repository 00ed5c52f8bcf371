/** A way in which a certificate fails; `cells` names what it fails for. */
export interface Finding {
  readonly code:
    | 'POLICY_DIFFERS'
    | 'UNKNOWN_CELL'
    | 'SMALL_CELL_SHOWN'
    | 'PUBLIC_CELL_HIDDEN'
    | 'FIGURE_SHOWN'
    | 'ZERO_HIDDEN'
    | 'TABLE_IMPOSSIBLE'
    | 'LINE_RULE'
    | 'NOT_PROTECTED';
  readonly cells: readonly string[];
}

export function found(code: Finding['code'], cells: readonly string[]): Finding[] {
  return cells.length === 0 ? [] : [{ code, cells }];
}
