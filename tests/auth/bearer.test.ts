/** Sign-in services and where they describe themselves, tokens and what they say, and secrets that come up during a run. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Authority, isIssuerOf, readAuthority } from '#lib/auth/bearer/authority.ts';
import { RunSecrets, tokenScrubber } from '#lib/auth/bearer/run-secrets.ts';
import { bearerAuthorization, readToken } from '#lib/auth/bearer/token.ts';
import { TokenBudget } from '#lib/auth/bearer/token-budget.ts';
import { passwordHashSpellings } from '#lib/auth/ntlm/traces.ts';
import { Secret } from '#lib/auth/secret.ts';

const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const OTHER = '11111111-2222-3333-4444-555555555555';

function authority(written: string): Authority {
  const read = readAuthority(written);
  if (!read.ok) throw new Error(read.reason);
  return read.authority;
}

describe('where a sign-in service describes itself', () => {
  test.each([
    ['https://login.windows.net/common/oauth2/authorize', 'https://login.microsoftonline.com/common/v2.0'],
    [
      `https://login.microsoftonline.com/${TENANT}/oauth2/authorize`,
      `https://login.microsoftonline.com/${TENANT}/v2.0`,
    ],
    [
      'https://login.microsoftonline.com/contoso.example/v2.0',
      'https://login.microsoftonline.com/contoso.example/v2.0',
    ],
    ['https://login.microsoftonline.com', 'https://login.microsoftonline.com/common/v2.0'],
    ['https://LOGIN.chinacloudapi.cn/common/oauth2/authorize', 'https://login.partner.microsoftonline.cn/common/v2.0'],
    ['https://adfs.contoso.example/adfs/oauth2/authorize', 'https://adfs.contoso.example/adfs'],
    ['https://adfs.contoso.example/adfs/oauth2/authorize/', 'https://adfs.contoso.example/adfs'],
    ['https://ADFS.contoso.example/adfs/OAuth2/Authorize?resource=x', 'https://adfs.contoso.example/adfs'],
    ['https://kc.example.test/realms/mail/protocol/openid-connect/auth', 'https://kc.example.test/realms/mail'],
    ['https://sts.example.test:8443/auth', 'https://sts.example.test:8443'],
    ['https://sts.example.test/a/.well-known/openid-configuration', 'https://sts.example.test/a'],
    ['https://sts.example.test/my-own-auth', 'https://sts.example.test/my-own-auth'],
    [' https://sts.example.test/ ', 'https://sts.example.test'],
  ])('%s', (written, issuer) => {
    const found = authority(written);
    expect(found.issuer).toBe(issuer);
    expect(`https://${new URL(issuer).host}${found.path}`).toBe(`${issuer}/.well-known/openid-configuration`);
    expect([found.host, found.port]).toEqual([new URL(issuer).hostname, Number(new URL(issuer).port || 443)]);
  });

  test.each([
    ['', 'its address is malformed'],
    ['login.windows.net/common', 'its address is malformed'],
    ['https://', 'its address is malformed'],
    ['http://adfs.contoso.example/adfs/oauth2/authorize', 'its address is not encrypted (http)'],
    ['javascript:alert(1)', 'its address is malformed'],
    ['ftp://sts.example.test/', 'nothing can be asked over "ftp:"'],
    ['https://admin:secret@sts.example.test/', 'its address carries a user name'],
    ['https://sts.example.test:0/', 'its address is malformed'],
    [`https://sts.example.test/${'a'.repeat(2_000)}`, 'its address has more than 2000 characters'],
  ])('%s names none', (written, reason) => {
    expect(readAuthority(written)).toEqual({ ok: false, reason });
  });
});

describe('the issuer that a description names', () => {
  const shared = 'https://login.windows.net/common/oauth2/authorize';
  const own = `https://login.microsoftonline.com/${TENANT}/oauth2/authorize`;
  test.each([
    ['https://adfs.contoso.example/adfs/oauth2/authorize', 'https://adfs.contoso.example/adfs', true],
    ['https://adfs.contoso.example/adfs/oauth2/authorize', 'https://ADFS.contoso.example/adfs/', true],
    ['https://adfs.contoso.example/adfs/oauth2/authorize', 'http://adfs.contoso.example/adfs', false],
    ['https://adfs.contoso.example/adfs/oauth2/authorize', 'https://adfs.contoso.example', false],
    ['https://adfs.contoso.example/adfs/oauth2/authorize', 'https://adfs.contoso.example.evil.test/adfs', false],
    ['https://sts.example.test/auth', 'not an address', false],
    [shared, 'https://login.microsoftonline.com/{tenantid}/v2.0', true],
    [shared, `https://login.microsoftonline.com/${TENANT}/v2.0`, true],
    [shared, 'https://login.microsoftonline.com/common/v2.0', false],
    [shared, `https://sts.windows.net/${TENANT}/`, false],
    [own, `https://login.microsoftonline.com/${TENANT.toUpperCase()}/v2.0`, true],
    [own, `https://login.microsoftonline.com/${OTHER}/v2.0`, false],
    [own, 'https://login.microsoftonline.com/{tenantid}/v2.0', false],
    [
      'https://login.microsoftonline.com/contoso.example/v2.0',
      `https://login.microsoftonline.com/${TENANT}/v2.0`,
      true,
    ],
    [shared, 'https://login.microsoftonline.com/%/v2.0', false],
  ])('%s, %s: %s', (written, issuer, fits) => {
    expect(isIssuerOf(authority(written), issuer)).toBe(fits);
  });
});

describe('what a token says', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = (claims: object): Secret => Secret.of(`${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`);

  test('is shown without the person', () => {
    const claims = {
      ...{ aud: 'https://outlook.office365.com', iss: `https://sts.windows.net/${TENANT}/`, exp: 1_800_000_000 },
      ...{ scp: 'EWS.AccessAsUser.All profile', roles: ['full_access_as_app'], tid: TENANT, appid: OTHER, ver: '1.0' },
      ...{ upn: 'alice@contoso.example', name: 'Alice', oid: OTHER, sub: 'alice', ipaddr: '192.0.2.1' },
    };
    const facts = readToken(jwt(claims));
    expect(facts).toMatchObject({
      opaque: false,
      audience: ['https://outlook.office365.com'],
      expiresAt: 1_800_000_000_000,
      scopes: ['EWS.AccessAsUser.All', 'profile'],
      roles: ['full_access_as_app'],
    });
    expect(facts.claims).toContainEqual({ name: 'exp', value: '2027-01-15T08:00:00.000Z' });
    expect(facts.claims.map(({ name }) => name)).toEqual(['aud', 'iss', 'exp', 'scp', 'roles', 'appid', 'tid', 'ver']);
    expect(JSON.stringify(facts)).not.toMatch(/alice|Alice|192\.0\.2/);
  });

  test.each<[string, object, object]>([
    [
      'claims of strange types',
      { aud: { a: 1 }, exp: '1', nbf: -1, scp: 7, roles: null },
      { audience: [], expiresAt: null },
    ],
    ['times beyond every calendar', { exp: 1e300, nbf: 1e16 }, { expiresAt: null, validFrom: null }],
    ['several audiences', { aud: ['a', 3, null, 'b'] }, { audience: ['a', '3', 'b'] }],
    ['the scope of RFC 9068', { scope: 'mail  read' }, { scopes: ['mail', 'read'] }],
    ['an ID token', { aud: OTHER, at_hash: 'x' }, { isIdToken: true }],
  ])('%s', (_what, claims, facts) => {
    expect(readToken(jwt(claims))).toMatchObject(facts);
  });

  test('hundreds of audiences are cut', () => {
    const facts = readToken(jwt({ aud: Array.from({ length: 300 }, (_, at) => `https://a${at}.test`) }));
    expect(facts.audience).toHaveLength(20);
    expect(facts.claims.every(({ value }) => value.length <= 500)).toBe(true);
  });

  test.each([
    ['nothing', '', 'it is empty'],
    ['a line end in it', 'eyJ.\r\nX-Evil: 1', 'it holds characters that no token has'],
    ['one MiB', 'a'.repeat(1024 * 1024), 'it is longer than web servers take'],
  ])('%s cannot be sent', (_what, text, unfit) => {
    expect(readToken(Secret.of(text))).toMatchObject({ unfit, opaque: true, claims: [] });
  });

  test('goes into one header', () => {
    expect(bearerAuthorization(Secret.of('abc.def'))).toBe('Bearer abc.def');
  });
});

describe('secrets that come up during a run', () => {
  const TOKEN = Array.from({ length: 90 }, (_, at) => `k${at}Zq-${(at * 7919) % 997}`).join('.');
  const secrets = new RunSecrets('alice', Secret.of('pass phrase'));
  for (const value of ['WDJB-MJHT', 'GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS', TOKEN]) secrets.keep(Secret.of(value));

  test.each([
    ['the code to type', 'go to /device?user_code=WDJB-MJHT now', 'go to /device?user_code=[hidden] now'],
    ['the device code', '"GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS"', '"[hidden]"'],
    ['the token', `Bearer ${TOKEN}, realm="x"`, 'Bearer [hidden], realm="x"'],
    ['the beginning of a token', `<b>${TOKEN.slice(0, 40)}…</b>`, '<b>[hidden]…</b>'],
    ['a piece out of its middle', `"${TOKEN.slice(101, 140)}"`, '"[hidden]"'],
    ['two of them', `${TOKEN} ${TOKEN.slice(50)}`, '[hidden] [hidden]'],
    ['the token in Base64', Buffer.from(TOKEN).toString('base64'), '[hidden]'],
    ['the token and more in Base64', Buffer.from(`Bearer ${TOKEN}, x`).toString('base64'), '[hidden]'],
    ['the token in a form', `a=1&t=${encodeURIComponent(TOKEN)}&b=2`, 'a=1&[hidden]&b=2'],
    ['the password of the run', 'no pass phrase', 'no [hidden]'],
    ['nothing else', 'invalid_token: the audience is wrong', 'invalid_token: the audience is wrong'],
  ])('%s', (_what, text, clean) => {
    expect(secrets.hide(text)).toBe(clean);
  });

  test.each<[string, Buffer]>([
    ['a password', Buffer.from('pass phrase')],
    ['a password in UTF-16', Buffer.from('pass phrase', 'utf16le')],
    ['the hash of a password', Buffer.from(passwordHashSpellings(Secret.of('pass phrase'))[0] ?? '', 'hex')],
    ['a device code', Buffer.from('code-of-some-length')],
    ['a token', Buffer.from(TOKEN)],
  ])('%s is hidden as bytes, too', (_what, bytes) => {
    const secrets = new RunSecrets('alice', Secret.of('pass phrase'));
    secrets.keep(Secret.of('code-of-some-length'));
    secrets.keep(Secret.of(TOKEN));
    for (const before of ['', 'x', 'xy'])
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const written = Buffer.concat([Buffer.from(before), bytes]).toString(encoding);
        expect(secrets.hide(`it was ${written} there`), written).toBe('it was [hidden] there');
      }
  });

  test('are hidden in one go, however many they are', () => {
    const many = new RunSecrets('', null);
    const spellings = Array.from({ length: 20_000 }, (_, at) => createHash('md5').update(`${at}`).digest('hex'));
    many.keepSpellings(spellings);
    const started = performance.now();
    expect(many.hide(`${spellings.at(0)} ${'0123456789abcdef,'.repeat(10_000)} ${spellings.at(-1)}`)).toMatch(
      /^\[hidden\] 0123.*,\s\[hidden\]$/,
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('take time in proportion to the text, whoever made both', () => {
    const scrub = tokenScrubber(`b${'a'.repeat(16_000)}`);
    const started = performance.now();
    for (const text of ['a'.repeat(200_000), `${'a'.repeat(15)} `.repeat(12_000)]) scrub(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('tokens of a run', () => {
  test('the first to want one asks, the others get the same', async () => {
    const budget = new TokenBudget();
    const [first, second, elsewhere] = [budget.turn('a'), budget.turn('a'), budget.turn('b')];
    expect([first.first, second.first, elsewhere.first]).toEqual([true, false, true]);
    const token = Secret.of('token');
    if (first.first) first.done(token);
    expect(second.first ? null : await second.token).toBe(token);
  });

  test('services without end are not asked: somebody would have to type each code', async () => {
    const budget = new TokenBudget();
    const turns = ['a', 'b', 'c', 'd'].map((issuer) => budget.turn(issuer));
    expect(turns.map(({ first }) => first)).toEqual([true, true, true, false]);
    const last = budget.turn('d');
    expect(last.first ? 'asked' : await last.token).toBeNull();
  });

  test('refused once, a token is not used again; those who wait learn it', async () => {
    const budget = new TokenBudget();
    const first = await budget.permit();
    const second = budget.permit();
    if (first.granted) first.settle('refused');
    expect([first.granted, (await second).granted, (await budget.permit()).granted]).toEqual([true, false, false]);
  });

  test('accepted, it is for everybody; untold, the next one tries', async () => {
    const budget = new TokenBudget();
    const first = await budget.permit();
    if (first.granted) first.settle('unknown');
    const second = await budget.permit();
    const third = budget.permit();
    if (second.granted) second.settle('accepted');
    const fourth = await budget.permit();
    if (fourth.granted) fourth.settle('refused');
    expect([second.granted, (await third).granted, (await budget.permit()).granted]).toEqual([true, true, true]);
  });
});
