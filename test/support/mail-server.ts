/** A server that takes any mail and lets nobody encrypt the line. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly url: URL;
  /** As they came, headers and all. */
  readonly mails: readonly string[];
  readonly close: () => Promise<void>;
}

export async function mailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: new URL(`smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`),
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
