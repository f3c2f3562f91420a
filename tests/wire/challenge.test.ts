/** WWW-Authenticate as servers really write it. RFC 9110 11.6.1 */
import { describe, expect, test } from 'vitest';
import { type Challenge, decodeChallenges, offers } from '#lib/wire/http/challenge.ts';

const challenge = (scheme: string, params: Record<string, string> = {}, token: string | null = null): Challenge => ({
  scheme,
  token,
  params,
});

describe('challenges', () => {
  test.each<[string, string[], Challenge[]]>([
    ['one scheme alone', ['Negotiate'], [challenge('Negotiate')]],
    ['one per header', ['Negotiate', 'NTLM'], [challenge('Negotiate'), challenge('NTLM')]],
    [
      'several in one header',
      ['Negotiate, NTLM ,Basic realm="x"'],
      [challenge('Negotiate'), challenge('NTLM'), challenge('Basic', { realm: 'x' })],
    ],
    [
      'commas inside quotes',
      ['Basic realm="a, Bearer b=c", NTLM'],
      [challenge('Basic', { realm: 'a, Bearer b=c' }), challenge('NTLM')],
    ],
    ['escaped quotes', ['Basic realm="say \\"hi\\" \\\\"'], [challenge('Basic', { realm: 'say "hi" \\' })]],
    [
      'several parameters, names in any case',
      ['Digest Realm = "r" , NONCE="n", stale=TRUE'],
      [challenge('Digest', { realm: 'r', nonce: 'n', stale: 'TRUE' })],
    ],
    [
      'a parameter and then a scheme',
      ['Bearer client_id="1", trusted_issuers="2@*", Basic realm="x"'],
      [challenge('Bearer', { client_id: '1', trusted_issuers: '2@*' }), challenge('Basic', { realm: 'x' })],
    ],
    [
      'token68',
      ['NTLM TlRMTVNTUAAC+/==, Negotiate oYG2'],
      [challenge('NTLM', {}, 'TlRMTVNTUAAC+/=='), challenge('Negotiate', {}, 'oYG2')],
    ],
    ['an empty realm', ['Basic realm=""'], [challenge('Basic', { realm: '' })]],
    ['a realm without quotes', ['Basic realm=mail.example.test'], [challenge('Basic', { realm: 'mail.example.test' })]],
    ['empty list elements', [', ,Basic realm="x",,NTLM,'], [challenge('Basic', { realm: 'x' }), challenge('NTLM')]],
  ])('%s', (_title, lines, expected) => {
    expect(decodeChallenges(lines)).toEqual(expected);
  });

  test.each([
    ['', []],
    ['"Basic"', []],
    ['realm="x"', []],
    ['Basic realm="never closed', ['Basic']],
    ['Basic realm="x" ???, NTLM', ['Basic']],
    // A word of an unquoted realm is no scheme: a made-up NTLM would pass for the mark of a mail system.
    ['Basic realm=Contoso NTLM', ['Basic']],
    ['Basic realm="x" NTLM', ['Basic']],
  ])('nothing is invented out of %j', (line, schemes) => {
    expect(decodeChallenges([line]).map(({ scheme }) => scheme)).toEqual(schemes);
  });

  test('one bad line does not spoil the next', () => {
    expect(decodeChallenges(['???', 'NTLM'])).toEqual([challenge('NTLM')]);
  });

  test('are offered whatever their case', () => {
    const all = decodeChallenges(['BASIC realm="x", ntlm']);
    expect(offers(all, 'Basic')).toEqual([challenge('BASIC', { realm: 'x' })]);
    expect(offers(all, 'Negotiate')).toEqual([]);
  });
});

describe('hostile headers', () => {
  const flood = Array.from({ length: 1000 }, (_, at) => `s${at}`);

  test('a thousand schemes in one line, or one in each of a thousand lines, give no more than a server would send', () => {
    expect(decodeChallenges(flood)).toHaveLength(50);
    expect(decodeChallenges([flood.join(', ')])).toHaveLength(50);
  });

  test('a flood does not hide what clients know', () => {
    const kept = decodeChallenges([...flood, 'ntlm', 'Basic realm="x"', 'Digest', 'Bearer', 'NEGOTIATE']).slice(50);
    expect(kept.map(({ scheme }) => scheme)).toEqual(['ntlm', 'Basic', 'Bearer', 'NEGOTIATE']);
    expect(decodeChallenges([...flood, ...Array.from({ length: 900 }, () => 'Basic')])).toHaveLength(100);
  });

  const long = 16_000;
  test.each([
    ['an open quote', `Basic realm="${'a'.repeat(long)}`],
    ['backslashes', `Basic realm="${'\\'.repeat(long)}`],
    ['commas', `Basic ${','.repeat(long)}`],
    ['blanks before nothing', `Basic a${' '.repeat(long)}`],
    ['blanks before an equals sign', `Basic ${'a '.repeat(long / 2)}=`],
    ['equals signs', `Basic ${'='.repeat(long)}`],
    ['a long token and no end', `Basic ${'a'.repeat(long)}"`],
    ['blanks and commas by turns', `Basic ${' ,'.repeat(long / 2)}"`],
    ['quotes by turns', `Basic ${'a="'.repeat(long / 3)}`],
  ])('%s are read in linear time', (_title, line) => {
    const started = performance.now();
    decodeChallenges(Array.from({ length: 50 }, () => line));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
