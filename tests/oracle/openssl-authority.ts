/** An authority whose register, OCSP answers and revocation lists are OpenSSL's; its certificates are the lab's. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { listen } from '#tests/lab/net/listen.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { privatePem } from '#tests/lab/pki/keys.ts';
import { output } from './foreign.ts';
import { Files } from './openssl-verify.ts';

/** What the register says: valid, or since when it is not, in the words of `openssl ca`. */
export type Register = 'valid' | { readonly revokedAt: Date; readonly reason?: string };

export class OpensslAuthority {
  readonly #files = new Files();
  readonly #issuer: Certificate;
  readonly #register: string;
  #made = 0;

  /** @param register what it says about each of these certificates; others are not in it */
  constructor(issuer: Certificate, register: readonly (readonly [Certificate, Register])[]) {
    this.#issuer = issuer;
    this.#register = this.#files.write('index.txt', register.map((row) => registerLine(...row)).join(''));
  }

  /**
   * The answer of `openssl ocsp` to a request.
   * @param signer a delegate, if it is not the issuer
   * @param options more for the command line
   */
  async answer(request: Uint8Array, signer = this.#issuer, options: readonly string[] = []): Promise<Buffer> {
    const files = this.#files;
    const answer = files.file(`${++this.#made}.response`);
    const own = ['-index', this.#register, '-CA', files.pem(this.#issuer)];
    const key = files.write(`${++this.#made}.key`, privatePem(signer.key));
    const by = ['-rsigner', files.pem(signer), '-rkey', key];
    const about = ['-reqin', files.der(request), '-respout', answer];
    await output('openssl', ['ocsp', ...own, ...by, ...about, ...(options.length === 0 ? ['-ndays', '1'] : options)]);
    return readFile(answer);
  }

  /** The list that `openssl ca` makes of the register, as DER. */
  async list(options: readonly string[] = ['-crldays', '1']): Promise<Buffer> {
    const files = this.#files;
    const config = `[ca]\ndefault_ca = it\n[it]\ndatabase = ${this.#register}\ndefault_md = sha256\ncrl_extensions = crl\n[crl]\nauthorityKeyIdentifier = keyid\n`;
    const setting = ['-config', files.write('ca.conf', config)];
    const by = ['-cert', files.pem(this.#issuer), '-keyfile', files.write('ca.key', privatePem(this.#issuer.key))];
    const text = await output('openssl', ['ca', '-gencrl', ...setting, ...by, ...options]);
    const der = files.file('list.der');
    await output('openssl', ['crl', '-outform', 'DER', '-out', der], text);
    return readFile(der);
  }

  /**
   * Serves both on a port of the loopback interface until the test ends: OpenSSL's own responder would listen to the whole world.
   * A question may come with GET below any path, or with POST; `/list` is the list.
   */
  async serve(): Promise<number> {
    const server = createServer(async (request, response) => {
      const list = request.url === '/list';
      const body = list ? await this.list() : await this.answer(await this.#questionOf(request));
      response.setHeader('Content-Type', list ? 'application/pkix-crl' : 'application/ocsp-response').end(body);
    });
    const listening = await listen(server, '127.0.0.1', 0);
    onTestFinished(() => void listening.stop());
    return listening.port;
  }

  async #questionOf(request: IncomingMessage): Promise<Buffer> {
    if (request.method === 'POST') return buffer(request);
    const base64 = decodeURIComponent(request.url?.split('/').slice(2).join('/') ?? '');
    const file = this.#files.file(`${++this.#made}.request`);
    await output('openssl', ['base64', '-d', '-A', '-out', file], base64);
    return readFile(file);
  }
}

/** status, end, since when revoked, serial number, file, name. */
function registerLine({ serial }: Certificate, register: Register): string {
  const status = register === 'valid' ? 'V' : 'R';
  const revoked = register === 'valid' ? '' : [utcTime(register.revokedAt), register.reason].filter(Boolean).join(',');
  const digits = Buffer.from(serial).toString('hex').toUpperCase();
  return `${[status, '351231235959Z', revoked, digits, 'unknown', `/CN=${digits}`].join('\t')}\n`;
}

const utcTime = (date: Date): string =>
  `${date
    .toISOString()
    .replaceAll(/[-:T]|\.\d+/g, '')
    .slice(2, 14)}Z`;
