/** Mail by the site's own relay, to whomever: nothing in a message is fetched or read from a file. */
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { Relay } from '../schedule/schedule-file.ts';

const WAIT_MS = 10_000;

export interface Message {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  send(message: Message): Promise<void>;
  close(): void;
}

export function openMailer({ url, from, passwordFile }: Relay): Mailer {
  const secure = url.protocol === 'smtps:';
  const transport = createTransport({
    host: url.hostname,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password never crosses a line that anybody can read.
    requireTLS: !secure && passwordFile !== undefined,
    connectionTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    ...(passwordFile === undefined
      ? {}
      : {
          auth: {
            user: decodeURIComponent(url.username),
            pass: readFileSync(passwordFile, 'utf8').trim(),
          },
        }),
  });
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({
        from,
        to: [...to],
        subject,
        text,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transport.close(),
  };
}
