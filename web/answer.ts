/** What a page answers with; the server adds the headers. */
export interface Answer {
  readonly status: number;
  readonly type: 'html' | 'svg' | 'csv' | 'text';
  readonly body: string;
  /** Offered as a file of this name. */
  readonly file?: string;
}

export function html(body: string, status = 200): Answer {
  return { status, type: 'html', body };
}
