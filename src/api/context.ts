import type { DataSource } from 'typeorm';

/** What a resolver may use: connections that can read protected releases and governance rows, and nothing else. */
export interface ApiContext {
  readonly database: DataSource;
  readonly requestId: string;
}
