/** A secret shows itself to nobody who does not ask by name, and is hidden wherever a server sends it back. */
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { basicAuthorization } from '#lib/auth/basic.ts';
import { handOver, takeOver } from '#lib/auth/handover.ts';
import { scrubber } from '#lib/auth/scrub.ts';
import { NO_CONFIDENCES, Secret } from '#lib/auth/secret.ts';

const PASSWORD = 'Grüße: Lab&<1>"';
const secret = Secret.of(PASSWORD);

describe('a secret', () => {
  test.each<[string, () => string]>([
    ['String()', () => String(secret)],
    ['a template', () => `${secret}`],
    ['a joined list', () => [secret, secret].join()],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspection', () => inspect({ secret }, { depth: 9, showHidden: true })],
    ['inspection without its own say', () => inspect(secret, { customInspect: false, showHidden: true })],
    ['a structured clone', () => inspect(structuredClone({ secret }), { showHidden: true })],
    ['spreading', () => JSON.stringify({ ...secret })],
    ['its keys', () => JSON.stringify([Reflect.ownKeys(secret), Object.entries(secret)])],
    ['an error', () => inspect(new Error(`failed with ${secret}`, { cause: secret }))],
  ])('does not show in %s', (_name, shown) => {
    expect(shown()).not.toContain('Lab');
  });

  test('does not show on the console', () => {
    const written: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const log = vi.spyOn(console, 'log').mockImplementation((...parts) => process.stdout.write(inspect(parts)));
    console.log('signing in with', secret, { secret });
    log.mockRestore();
    write.mockRestore();
    expect(written.join('')).toContain('[secret]');
    expect(written.join('')).not.toContain('Lab');
  });

  test('crosses a process border by hand-over alone', () => {
    const sent = handOver({ password: secret, token: Secret.of('eyJ0.Kanarie'), file: null });
    const crossed: unknown = JSON.parse(JSON.stringify({ secret, sent }));
    expect(crossed).toEqual({ secret: '[secret]', sent: { password: PASSWORD, token: 'eyJ0.Kanarie', file: null } });
    const { password, token } = takeOver(sent);
    expect([password?.reveal(), token?.reveal()]).toEqual([PASSWORD, 'eyJ0.Kanarie']);
    expect(takeOver(handOver(NO_CONFIDENCES))).toEqual(NO_CONFIDENCES);
  });
});

describe('Basic', () => {
  test.each([
    // RFC 7617 2 and 2.1
    ['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    ['test', '123£', 'Basic dGVzdDoxMjPCow=='],
    ['alice@example.test', '', 'Basic YWxpY2VAZXhhbXBsZS50ZXN0Og=='],
  ])('%s with %s', (user, password, expected) => {
    expect(basicAuthorization(user, Secret.of(password))).toBe(expected);
  });
});

describe('scrubbing', () => {
  const scrub = scrubber('alice', secret);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  test.each([
    ['plain', PASSWORD],
    ['in a URL', encodeURIComponent(PASSWORD)],
    [
      'in a URL, in small letters',
      encodeURIComponent(PASSWORD).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ],
    ['in a form', new URLSearchParams({ p: PASSWORD }).toString().slice(2)],
    ['as the header sent it', base64(`alice@example.test:${PASSWORD}`)],
    ['in Base64', base64(PASSWORD)],
    ['in JSON', JSON.stringify(PASSWORD).slice(1, -1)],
    ['in XML', 'Grüße: Lab&amp;&lt;1&gt;&quot;'],
    ['in XML text', 'Grüße: Lab&amp;&lt;1&gt;"'],
  ])('hides it %s', (_name, form) => {
    expect(scrub(`before ${form} between ${form} after`)).toBe('before [hidden] between [hidden] after');
  });

  test('leaves everything else, user name included', () => {
    const text = 'alice@example.test: Grüße, Lab <1>';
    expect(scrub(text)).toBe(text);
  });

  test('does not take three letters out of every text', () => {
    expect(scrubber('alice', Secret.of('the'))('the others')).toBe('the others');
  });

  test('has nothing to do without a secret', () => {
    expect(scrubber('alice', null)('as it is')).toBe('as it is');
  });

  test('takes a secret that means something in a pattern literally', () => {
    expect(scrubber('alice', Secret.of('a.*b$&'))('aXXb and a.*b$&')).toBe('aXXb and [hidden]');
  });
});
