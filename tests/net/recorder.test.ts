/** What is kept of an exchange: tokens of every sign-in method are hidden, and what an administrator needs to see is not. */
import { describe, expect, test } from 'vitest';
import { limits } from '#lib/net/limits.ts';
import { type Recorded, record } from '#lib/net/recorder.ts';
import { carriesSecret, secretsIn, withoutSecrets, withoutTokens } from '#lib/net/secrets-in-http.ts';
import type { ExchangeEvidence, Header } from '#lib/result/evidence.ts';

interface Seen extends Partial<Omit<Recorded, 'responseBody'>> {
  readonly answer?: string;
}

function recorded({ answer = '', ...more }: Seen): ExchangeEvidence {
  const usual: Recorded = {
    method: 'POST',
    url: 'https://login.example.test/token',
    address: '192.0.2.1',
    connection: 'port 51234',
    requestHeaders: [],
    requestBody: '',
    status: 200,
    responseHeaders: [],
    responseBody: Buffer.from(answer),
    binary: false,
    timings: { connectMs: 1, tlsMs: 1, firstByteMs: 1, totalMs: 1 },
  };
  return record({ ...usual, ...more }, (text) => text.replaceAll('the password', '[scrubbed]'));
}

/** Everything that evidence shows, as one text. */
const shown = (seen: Seen): string => JSON.stringify(recorded(seen));

const TYPE_2 = 'TlRMTVNTUAACAAAAHgAeADgAAAA1gori1CEifyE0ovkAAAAAAAAAAJgAmABWAAAA';

describe('a challenge', () => {
  test.each<[string, string, string]>([
    ['www-authenticate', `NTLM ${TYPE_2}`, 'NTLM [hidden, 64 characters]'],
    ['WWW-Authenticate', `negotiate  ${TYPE_2}==`, 'negotiate  [hidden, 66 characters]'],
    ['Proxy-Authenticate', `NTLM ${TYPE_2}`, 'NTLM [hidden, 64 characters]'],
    [
      'WWW-Authenticate',
      `Negotiate ${TYPE_2}, NTLM ${TYPE_2},Basic realm="mail.contoso.example.test"`,
      'Negotiate [hidden, 64 characters], NTLM [hidden, 64 characters],Basic realm="mail.contoso.example.test"',
    ],
    ['Authentication-Info', `Negotiate ${TYPE_2}`, 'Negotiate [hidden, 64 characters]'],
    ['Proxy-Authentication-Info', 'nextnonce="abcdef"', 'nextnonce=[hidden, 8 characters]'],
  ])('%s: %s', (name, value, expected) => {
    expect(recorded({ responseHeaders: [[name, value]] }).responseHeaders).toEqual([[name, expected]]);
  });

  test.each([
    'NTLM',
    'Negotiate, NTLM, Basic realm="a realm of more than sixteen letters"',
    'Negotiate oQcwBaADCgEB',
    'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", token_types="app_asserted_user_v1", authorization_uri="https://login.example.test/common/oauth2/authorize"',
    'Digest realm="mail.example.test", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", qop="auth"',
  ])('without a token is shown as it came: %s', (value) => {
    const headers: Header[] = [['WWW-Authenticate', value]];
    expect(recorded({ responseHeaders: headers }).responseHeaders).toEqual(headers);
  });

  test('of any length is cleaned before it is cut', () => {
    const long = `NTLM ${'A'.repeat(60_000)}`;
    expect(withoutTokens('WWW-Authenticate', long)).toBe('NTLM [hidden, 60000 characters]');
    expect(shown({ responseHeaders: [['WWW-Authenticate', `${'x'.repeat(1_980)} ${long}`]] })).not.toContain('AAAA');
  });
});

describe('a request for a token', () => {
  const form = [
    'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code',
    'client_id=the-client',
    'device_code=GmRh%2BmAn%3D%3D',
    'client_secret=s3cr3t',
    'refresh_token=refresh-me',
    'code=authorized',
    'password=the-form-s-password',
    'scope=openid+offline_access',
  ].join('&');

  test('shows what was asked for, and none of its secrets', () => {
    const { requestBody } = recorded({ requestBody: form });
    expect(requestBody).toMatch(
      /^grant_type=urn%3Aietf[^&]*device_code&client_id=the-client&device_code=\[hidden, 16 /,
    );
    expect(requestBody).toMatch(/&scope=openid\+offline_access$/);
    for (const name of ['device_code', 'client_secret', 'refresh_token', 'code', 'password'])
      expect(requestBody).toMatch(new RegExp(`&${name}=\\[hidden, \\d+ characters\\]`));
    expect(requestBody).not.toMatch(/GmRh|s3cr3t|refresh-me|authorized|the-form-s/);
  });

  test('and of what comes back: its own secrets are hidden there as well, however they are written', () => {
    const answer = JSON.stringify({
      error: 'invalid_grant',
      error_description: 'GmRh+mAn== of the-client: GmRh%2BmAn%3D%3D',
    });
    const { responseBody } = recorded({ requestBody: form, answer });
    expect(responseBody).toContain('"error_description":"[hidden] of the-client: [hidden]"');
  });

  test('as bytes shows its size', () => {
    expect(recorded({ requestBody: Buffer.from(form) }).requestBody).toBe(`[${form.length} bytes]`);
  });
});

describe('an answer', () => {
  test('with tokens shows which, and for how long', () => {
    const answer = `{"token_type":"Bearer","expires_in":3599,"access_token":"eyJ0.eyJh.c2ln","refresh_token" : "0.AX\\"Y-z",
      "id_token":"eyJ0","scope":"EWS.AccessAsUser.All"}`;
    const { responseBody } = recorded({ answer });
    expect(responseBody).toContain('"token_type":"Bearer","expires_in":3599,"access_token":"[hidden, 14 characters]"');
    expect(responseBody).toContain('"scope":"EWS.AccessAsUser.All"');
    expect(responseBody).not.toMatch(/eyJ|AX|Y-z/);
    expect(() => JSON.parse(responseBody)).not.toThrow();
  });

  test('with a code for the person hides it wherever it stands', () => {
    const answer = JSON.stringify({
      user_code: 'WDJB-MJHT',
      device_code: 'GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS',
      verification_uri: 'https://login.example.test/device',
      verification_uri_complete: 'https://login.example.test/device?user_code=WDJB-MJHT',
      message: 'Open https://login.example.test/device and enter the code WDJB-MJHT.',
    });
    const { responseBody } = recorded({ answer, responseHeaders: [['X-Code', 'WDJB-MJHT']] });
    expect(responseBody).not.toMatch(/WDJB|GmRh/);
    expect(responseBody).toContain('"verification_uri":"https://login.example.test/device"');
    expect(responseBody).toContain('enter the code [hidden].');
  });

  test('that names an error by its code keeps it', () => {
    const answer = '{"error":{"code":"ErrorAccessDenied","message":"no"}}';
    expect(recorded({ answer }).responseBody).toBe(answer);
  });

  test('never holds what the request was authorized with', () => {
    const token = 'eyJ0eXAi.payload.signature';
    const seen = shown({
      requestHeaders: [['Authorization', `Bearer ${token}`]],
      answer: `<p>Not for you: ${token}</p>`,
      responseHeaders: [['X-Echo', token]],
    });
    expect(seen).not.toContain('payload');
    expect(seen).toContain('Not for you: [hidden]');
  });

  test('that sends on with a code hides it, in the address and in what was asked', () => {
    const location = 'https://app.example.test/back?state=1&code=0.AXsecret&scope=a#id_token=eyJ0';
    const { responseHeaders, url } = recorded({ responseHeaders: [['Location', location]], url: location });
    expect(responseHeaders[0]?.[1]).toBe(url);
    expect(url).toBe(
      'https://app.example.test/back?state=1&code=[hidden, 10 characters]&scope=a#id_token=[hidden, 4 characters]',
    );
  });

  test('is scrubbed of the run’s own secret besides', () => {
    expect(recorded({ answer: 'you said the password' }).responseBody).toBe('you said [scrubbed]');
    // Where something else could hide a piece of it, too.
    const answer = '{"password":"the password","text":"?password=the password"}';
    expect(recorded({ answer }).responseBody).toBe(
      '{"password":"[hidden, 10 characters]","text":"?password=[hidden, 10 characters]"}',
    );
    expect(shown({ responseHeaders: [['WWW-Authenticate', `NTLM ${'x'.repeat(20)} the password`]] })).toContain(
      '[scrubbed]',
    );
    expect(shown({ url: '/?code=the password', responseHeaders: [['X', '?code=the password']] })).not.toMatch(
      /password/,
    );
  });

  test.each([
    '{"access_token":"eyJ0.never-closed',
    '{"access_token":"eyJ0\\',
    '{"access_token":12345, "id_token":null}',
  ])('that is no sound JSON is cleaned all the same: %s', (answer) =>
    expect(recorded({ answer }).responseBody).not.toMatch(/eyJ|12345/),
  );

  test('does not show a token that lies across the place where it is cut', () => {
    const answer = `${'x'.repeat(limits.evidenceBytes - 20)}{"access_token":"${'y'.repeat(20_000)}"}`;
    expect(recorded({ answer }).responseBody).not.toContain('yy');
  });
});

test.each([
  ['"code":"'.repeat(200_000), 'openings'],
  [`"access_token"${' '.repeat(2_000_000)}`, 'spaces'],
  ['"access_token":'.repeat(200_000), 'names'],
  [`"id_token":"${'\\"'.repeat(1_000_000)}`, 'escapes'],
  ['&code='.repeat(300_000), 'parameters'],
  ['"access_token":"abcd" '.repeat(100_000), 'tokens'],
  ['NTLM  '.repeat(300_000), 'schemes'],
])('%# is read in one go, whatever comes', (text) => {
  expect(withoutSecrets(text, secretsIn([], [text])).length).toBeGreaterThan(0);
  expect(withoutTokens('WWW-Authenticate', text).length).toBeGreaterThan(0);
});

test.each<[Header[], string | Uint8Array, boolean]>([
  [[['Content-Type', 'text/xml']], '<a/>', false],
  [[['X-Authorization', 'no']], 'a=b', false],
  [[['AUTHORIZATION', 'Basic eA==']], '', true],
  [[], 'grant_type=x&device_code=abc', true],
  [[], '{"password":"x"}', true],
  [[], '<password>', false],
])('%j with %j carries something secret: %s', (headers, body, expected) => {
  expect(carriesSecret(headers, body)).toBe(expected);
});
