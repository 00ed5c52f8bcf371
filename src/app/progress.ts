/** Progress as people like it: one moving line on a terminal, a line now and then when piped, nothing for programs. */

export interface Progress {
  update(text: string): void;
  end(): void;
}

const secondsBetweenLines = 10;

export function openProgress(out: NodeJS.WriteStream = process.stderr): Progress {
  if (out.isTTY) {
    return {
      update: (text) => void out.write(`\r\u001b[2K${text.slice(0, Math.max(20, out.columns - 1))}`),
      end: () => void out.write('\r\u001b[2K'),
    };
  }
  let last = Date.now();
  return {
    update(text) {
      if (Date.now() - last < secondsBetweenLines * 1000) return;
      last = Date.now();
      out.write(`${text}\n`);
    },
    end() {},
  };
}

export function silent(): Progress {
  return { update() {}, end() {} };
}
