/** An SFTP server that serves a folder for reading, with the protocol's own library. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import ssh2, { type Attributes, type ParsedKey, type SFTPWrapper } from 'ssh2';

const { STATUS_CODE } = ssh2.utils.sftp;

export interface SftpServer {
  readonly port: number;
  /** As the schedule names it. */
  readonly hostKey: string;
  /** How many connections were begun. */
  readonly visits: () => number;
  readonly close: () => Promise<void>;
}

export async function sftpServer(folder: string, clientKey: string): Promise<SftpServer> {
  const hostKeyPem = pem();
  const allowed = ssh2.utils.parseKey(clientKey) as ParsedKey;
  let visits = 0;
  const server = new ssh2.Server({ hostKeys: [hostKeyPem] }, (client) => {
    visits++;
    client.on('error', () => {});
    client.on('authentication', (context) => {
      const isOurs = context.method === 'publickey' && context.key.data.equals(allowed.getPublicSSH());
      if (!isOurs) return context.reject(['publickey']);
      if (context.method === 'publickey' && context.signature !== undefined) {
        const verified = allowed.verify(context.blob as Buffer, context.signature, context.hashAlgo);
        return verified ? context.accept() : context.reject();
      }
      context.accept();
    });
    client.on('ready', () => {
      client.on('session', (accept) => accept().on('sftp', (open) => serveFolder(open(), folder)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = ssh2.utils.parseKey(hostKeyPem) as ParsedKey;
  const print = createHash('sha256').update(host.getPublicSSH()).digest('base64');
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: `SHA256:${print.replace(/=+$/, '')}`,
    visits: () => visits,
    close: async () => void server.close(),
  };
}

export function pem(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;
}

function serveFolder(sftp: SFTPWrapper, folder: string): void {
  const open = new Map<number, { readonly fd?: number; names?: string[]; readonly path: string }>();
  let next = 0;
  const path = (name: string): string => join(folder, join('/', name));
  const handle = (of: { fd?: number; names?: string[]; path: string }): Buffer => {
    const id = Buffer.alloc(4);
    id.writeUInt32BE(++next);
    open.set(next, of);
    return id;
  };
  const found = (id: Buffer) => open.get(id.readUInt32BE());
  const guard = (request: number, work: () => void): void => {
    try {
      work();
    } catch {
      sftp.status(request, STATUS_CODE.NO_SUCH_FILE);
    }
  };
  sftp.on('OPENDIR', (request, name) =>
    guard(request, () => sftp.handle(request, handle({ names: readdirSync(path(name)), path: path(name) }))),
  );
  sftp.on('READDIR', (request, id) => {
    const folderOpen = found(id);
    const names = folderOpen?.names ?? [];
    if (folderOpen === undefined || names.length === 0) return sftp.status(request, STATUS_CODE.EOF);
    folderOpen.names = [];
    sftp.name(
      request,
      names.map((filename) => ({
        filename,
        longname: filename,
        attrs: attributes(statSync(join(folderOpen.path, filename))),
      })),
    );
  });
  sftp.on('OPEN', (request, name) =>
    guard(request, () => sftp.handle(request, handle({ fd: openSync(path(name), 'r'), path: path(name) }))),
  );
  sftp.on('READ', (request, id, offset, length) => {
    const fd = found(id)?.fd;
    if (fd === undefined) return sftp.status(request, STATUS_CODE.FAILURE);
    const buffer = Buffer.alloc(length);
    const read = readSync(fd, buffer, 0, length, offset);
    if (read === 0) sftp.status(request, STATUS_CODE.EOF);
    else sftp.data(request, buffer.subarray(0, read));
  });
  sftp.on('FSTAT', (request, id) => {
    const fd = found(id)?.fd;
    if (fd === undefined) sftp.status(request, STATUS_CODE.FAILURE);
    else sftp.attrs(request, attributes(fstatSync(fd)));
  });
  const tell = (request: number, name: string): void =>
    guard(request, () => sftp.attrs(request, attributes(statSync(path(name)))));
  sftp.on('STAT', tell);
  sftp.on('LSTAT', tell);
  sftp.on('CLOSE', (request, id) => {
    const fd = found(id)?.fd;
    if (fd !== undefined) closeSync(fd);
    sftp.status(request, STATUS_CODE.OK);
  });
}

function attributes({
  mode,
  size,
  uid,
  gid,
  atimeMs,
  mtimeMs,
}: ReturnType<typeof statSync> & object): Attributes {
  return {
    mode: Number(mode),
    size: Number(size),
    uid: Number(uid),
    gid: Number(gid),
    atime: Math.floor(Number(atimeMs) / 1000),
    mtime: Math.floor(Number(mtimeMs) / 1000),
  };
}
