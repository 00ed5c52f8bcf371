/**
 * Asks questions as people do: at moments that do not wait for the answers before. Latency counts from the moment at
 * which a question was due, so that a slow answer makes those behind it late too. Runs in a process of its own.
 */
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Question {
  readonly name: string;
  readonly body: string;
  readonly token: string;
}

export interface Load {
  readonly url: string;
  readonly questions: readonly Question[];
  /** Questions each second at random moments; or, with `together`, as many as that many askers get answered. */
  readonly perSecond?: number;
  readonly together?: number;
  readonly seconds: number;
}

export interface Answered {
  /** Milliseconds, by the name of the question. */
  readonly latencies: Readonly<Record<string, readonly number[]>>;
  readonly failed: number;
  readonly seconds: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

process.on('message', (load: Load) => {
  void answer(load).then((answered) => process.send?.(answered));
});

async function answer(load: Load): Promise<Answered> {
  const latencies: Record<string, number[]> = Object.fromEntries(
    load.questions.map(({ name }) => [name, []]),
  );
  let failed = 0;
  const put = async (question: Question, due: number): Promise<void> => {
    if (await ask(load.url, question)) latencies[question.name]?.push(performance.now() - due);
    else failed++;
  };
  const begun = performance.now();
  if (load.perSecond === undefined) await inTurn(load, put);
  else await atRandom(load, load.perSecond, put);
  return { latencies, failed, seconds: (performance.now() - begun) / 1000 };
}

type Put = (question: Question, due: number) => Promise<void>;

async function atRandom({ questions, seconds }: Load, perSecond: number, put: Put): Promise<void> {
  const start = performance.now();
  const under = new Set<Promise<void>>();
  let due = start;
  for (let at = 0; due < start + seconds * 1000; at++) {
    while (performance.now() < due) await sleep(Math.max(1, due - performance.now()));
    const asked = put(questions[at % questions.length] as Question, due);
    under.add(asked);
    void asked.then(() => under.delete(asked));
    due += (-Math.log(1 - Math.random()) * 1000) / perSecond;
  }
  await Promise.all(under);
}

async function inTurn({ questions, seconds, together = 1 }: Load, put: Put): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let at = 0;
  const asker = async (): Promise<void> => {
    while (performance.now() < end)
      await put(questions[at++ % questions.length] as Question, performance.now());
  };
  await Promise.all(Array.from({ length: together }, asker));
}

function ask(url: string, { body, token }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = request(
      url,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${token}`,
        },
      },
      (response) => {
        let length = 0;
        let head = '';
        response.on('data', (chunk: Buffer) => {
          if (length === 0) head = chunk.subarray(0, 40).toString();
          length += chunk.length;
        });
        response.on('end', () => resolve(response.statusCode === 200 && head.startsWith('{"data":{')));
        response.on('error', () => resolve(false));
      },
    );
    asking.on('error', () => resolve(false));
    asking.end(body);
  });
}
