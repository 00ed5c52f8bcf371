import type { SharedWatch } from '../../runs/share-watch.ts';

/** What the server does for the API outside a database: take deliveries, begin jobs, tell news of the ledger. */
export interface JobsPort {
  /** Opens a delivery; undefined where the server takes none. */
  readonly beginUpload:
    | ((
        agency: string,
        manifest: Uint8Array,
      ) => Promise<{ readonly id: string; readonly address: string; readonly begun: boolean }>)
    | undefined;
  /** A job was asked for. */
  readonly jobAsked: () => void;
  readonly follow: SharedWatch['follow'];
}
